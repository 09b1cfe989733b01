import type { KeptTrace, Plan, SimulationChoice } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { usualSimulation, type SimulationAnswer } from '@engine/service/plan-simulation';
import type { RequestStream } from '@engine/simulation/types';
import { keptTrace, requestsOf } from '@shared/trace/kept-trace';
import { readTrace } from '@shared/trace/read-trace';
import { create } from 'zustand';
import { serviceSimulation } from '../../workers/service-simulation';

type Phase = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';

interface LoadedTrace {
  readonly name: string;
  readonly stream: RequestStream;
  /** as the plan would keep it; null where it has more requests than a plan keeps */
  readonly kept: KeptTrace | null;
  /** tells it from another file of the same name */
  readonly loaded: number;
}

interface SimulationState {
  /** without a trace, which stands beside it */
  readonly choice: SimulationChoice;
  readonly trace: LoadedTrace | null;
  /** why the last trace file could not be used */
  readonly traceProblem: string | null;
  readonly phase: Phase;
  readonly message: string;
  readonly share: number;
  /** what the answer belongs to: it is stale once this differs */
  readonly subject: string;
  readonly answer: Extract<SimulationAnswer, { isReady: true }> | null;
}

export const useServiceSimulation = create<SimulationState>(() => ({
  choice: usualSimulation,
  trace: null,
  traceProblem: null,
  phase: 'idle',
  message: '',
  share: 0,
  subject: '',
  answer: null,
}));

const set = useServiceSimulation.setState;

/** All that a simulation depends on; the choice stored in the plan is not part of it. */
export function simulationSubject(
  plan: Plan,
  workloadId: string,
  { choice, trace }: Pick<SimulationState, 'choice' | 'trace'>,
): string {
  const workload = plan.workloads.find(({ id }) => id === workloadId);
  return JSON.stringify([
    plan.clusters,
    workload && { ...workload, simulation: null },
    choice,
    trace?.loaded,
  ]);
}

export function chooseSimulation(change: Partial<SimulationChoice>): void {
  set(({ choice }) => ({ choice: { ...choice, ...change } }));
}

let filesLoaded = 0;

function loadedTrace(name: string, stream: RequestStream): LoadedTrace {
  filesLoaded += 1;
  return { name, stream, kept: keptTrace(name, stream), loaded: filesLoaded };
}

/** What a run shows, as the plan would keep it; null where its trace is too long for that. */
export function chosenSimulation({
  choice,
  trace,
}: Pick<SimulationState, 'choice' | 'trace'>): SimulationChoice | null {
  if (trace === null) return choice;
  return trace.kept && { ...choice, requests: trace.stream.arrival.length, trace: trace.kept };
}

/** Takes up the simulation that a plan keeps, with its trace. */
export function takeUpSimulation({ trace, ...choice }: SimulationChoice): void {
  set({
    choice,
    trace: trace ? loadedTrace(trace.name, requestsOf(trace)) : null,
    traceProblem: null,
  });
}

export async function readTraceFile(file: File | null): Promise<void> {
  if (file === null) {
    set({ trace: null, traceProblem: null });
    return;
  }
  const read = readTrace(await file.text());
  if (read.isTrace) {
    set({ trace: loadedTrace(file.name, read.stream), traceProblem: null });
    return;
  }
  const where = read.line === null ? '' : `, line ${String(read.line)}`;
  const traceProblem = `${file.name}${where}: ${read.problem} A trace has rows of time, input and output tokens.`;
  set({ trace: null, traceProblem });
}

export function startSimulation(plan: Plan, result: InferenceReport): void {
  const { workloadId } = result;
  const replicas = result.replicasNeeded.value;
  const promptReplicas = result.promptReplicas.value ?? 0;
  const { choice, trace } = useServiceSimulation.getState();
  const subject = simulationSubject(plan, workloadId, { choice, trace });
  set({ phase: 'running', message: '', share: 0, subject, answer: null });
  serviceSimulation.start(
    { plan, workloadId, replicas, promptReplicas, choice, trace: trace?.stream ?? null },
    {
      onPartial: ({ share }) => set({ share }),
      onDone: (answer) =>
        answer.isReady
          ? set({ phase: 'done', share: 1, answer })
          : set({ phase: 'failed', message: answer.problem }),
      onFailed: (message) => set({ phase: 'failed', message }),
    },
  );
}

export function cancelSimulation(): void {
  serviceSimulation.cancel();
  set({ phase: 'cancelled' });
}
