import type { Plan, SimulationChoice } from '@engine/plan';
import { usualSimulation, type SimulationAnswer } from '@engine/service/plan-simulation';
import type { RequestStream } from '@engine/simulation/types';
import { readTrace } from '@shared/trace/read-trace';
import { create } from 'zustand';
import { serviceSimulation } from '../../workers/service-simulation';

type Phase = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';

interface LoadedTrace {
  readonly name: string;
  readonly stream: RequestStream;
}

interface SimulationState {
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
    trace?.name,
  ]);
}

export function chooseSimulation(change: Partial<SimulationChoice>): void {
  set(({ choice }) => ({ choice: { ...choice, ...change } }));
}

export async function readTraceFile(file: File | null): Promise<void> {
  if (file === null) {
    set({ trace: null, traceProblem: null });
    return;
  }
  const read = readTrace(await file.text());
  if (read.isTrace) {
    set({ trace: { name: file.name, stream: read.stream }, traceProblem: null });
    return;
  }
  const where = read.line === null ? '' : `, line ${String(read.line)}`;
  const traceProblem = `${file.name}${where}: ${read.problem} A trace has rows of time, input and output tokens.`;
  set({ trace: null, traceProblem });
}

export function startSimulation(plan: Plan, workloadId: string, replicas: number | null): void {
  const { choice, trace } = useServiceSimulation.getState();
  const subject = simulationSubject(plan, workloadId, { choice, trace });
  set({ phase: 'running', message: '', share: 0, subject, answer: null });
  serviceSimulation.start(
    { plan, workloadId, replicas, choice, trace: trace?.stream ?? null },
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
