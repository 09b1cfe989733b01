import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import type { Plan, SimulationChoice } from '../plan';
import { replicaAccelerators, workloadLayout } from '../inference/workload-layout';
import type { LengthDistribution } from '../simulation/lengths';
import { drawRequests } from '../simulation/run-service';
import { prepareService, type PreparedService, type ServiceLoad } from '../simulation/service-load';
import { fleetSteps } from '../simulation/simulate-fleet';
import { summarise, type SimulationSummary } from '../simulation/summary';
import type { RequestStream } from '../simulation/types';

export const usualSimulation: SimulationChoice = {
  requests: 50_000,
  seed: 1,
  arrivals: 'steady',
  hasFailedNode: false,
};

/** Answers that end by themselves: deviation of their lengths over the mean. */
const answerVariation = 1;
const bursty = { kind: 'two-state', busyFactor: 2, busyShare: 0.2, spellSeconds: 60 } as const;
const outageSeconds = 600;

/** A service of a plan as the simulation takes it, or what stands in the way. */
export type PlannedLoad =
  | { readonly isReady: true; readonly load: ServiceLoad }
  | { readonly isReady: false; readonly problem: string };

/** What a simulated service may have beside its replicas. */
interface PlannedExtras {
  readonly trace?: RequestStream | null;
  /** replicas among those needed that only process prompts */
  readonly promptReplicas?: number;
}

/**
 * The load of a service at its peak on the replicas that the plan needs: prompts of one length, answers of exponentially
 * varying length, requests at random, in bursts of twice the mean for a fifth of the time, or over a day; a node may stop for
 * ten minutes halfway.
 */
export function plannedLoad(
  plan: Plan,
  workloadId: string,
  replicasNeeded: number | null,
  catalogue: Catalogue,
  choice: SimulationChoice,
  { trace = null, promptReplicas = 0 }: PlannedExtras = {},
): PlannedLoad {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'inference') {
    return {
      isReady: false,
      problem: 'The service cannot be simulated: the checks say what is missing.',
    };
  }
  const { workload, on, model } = found;
  if (replicasNeeded === null || replicasNeeded < 1) {
    return {
      isReady: false,
      problem: 'The plan has no replica to simulate: the checks say what to relax.',
    };
  }
  const peak = (workload.concurrentUsers.value * workload.requestsPerUserHour.value) / 3600;
  const peakToMean = Math.min(2, 1 / workload.meanLoadFraction.value);
  const requestsPerSecond = choice.arrivals === 'daily' ? peak / peakToMean : peak;
  const perNode = on.system.acceleratorsPerNode.value / replicaAccelerators(workload);
  const replicas = replicasNeeded - promptReplicas;
  const lost = Math.min(replicas, Math.max(1, Math.floor(perNode)));
  const fixed = (tokens: number): LengthDistribution => ({ kind: 'fixed', tokens });
  return {
    isReady: true,
    load: {
      model,
      accelerator: on.accelerator,
      system: on.system,
      software: 'current',
      tensorParallel: workload.tensorParallel,
      layout: workloadLayout(workload, catalogue.assumptions),
      weightPrecision: workload.weightPrecision,
      keyValuePrecision: workload.keyValuePrecision,
      replicas,
      policy: 'chunked prefill',
      tokenBudget: null,
      reservedAnswer: null,
      largestBatch: null,
      router: 'power of two',
      queueLimit: Infinity,
      prefillReplicas: promptReplicas,
      autoscaling: null,
      outages: choice.hasFailedNode
        ? [
            {
              at: (trace?.arrival.at(-1) ?? choice.requests / requestsPerSecond) / 2,
              seconds: outageSeconds,
              firstReplica: 0,
              replicas: lost,
            },
          ]
        : [],
      requestsPerSecond,
      arrivals:
        choice.arrivals === 'bursty'
          ? bursty
          : choice.arrivals === 'daily'
            ? { kind: 'daily', peakToMean }
            : { kind: 'poisson' },
      input: fixed(workload.inputTokens.value),
      output: {
        kind: 'lognormal',
        mean: workload.outputTokens.value,
        variation: answerVariation,
      },
      targets: {
        timeToFirstTokenSeconds: workload.timeToFirstTokenTargetMs.value / 1e3,
        timePerOutputTokenSeconds: workload.timePerOutputTokenTargetMs.value / 1e3,
      },
    },
  };
}

/** What a worker is asked to simulate: plain data. */
export interface SimulationRequest {
  readonly plan: Plan;
  readonly workloadId: string;
  readonly replicas: number | null;
  /** those among them that only process prompts; absent: none */
  readonly promptReplicas?: number;
  readonly choice: SimulationChoice;
  /** requests of a trace in place of drawn ones */
  readonly trace: RequestStream | null;
}

export type SimulationAnswer =
  | { readonly isReady: true; readonly summary: SimulationSummary; readonly replicas: number }
  | { readonly isReady: false; readonly problem: string };

/** Share of the requests that are answered so far. */
export interface SimulationProgress {
  readonly share: number;
}

function prepared(
  { plan, workloadId, replicas, choice, trace, promptReplicas = 0 }: SimulationRequest,
  catalogue: Catalogue,
): { load: ServiceLoad; service: Extract<PreparedService, { isReady: true }> } | string {
  const planned = plannedLoad(plan, workloadId, replicas, catalogue, choice, {
    trace,
    promptReplicas,
  });
  if (!planned.isReady) return planned.problem;
  const service = prepareService(planned.load, catalogue);
  return service.isReady ? { load: planned.load, service } : service.problem;
}

/** Simulates a service of a plan in pieces, so that it can be watched and stopped. */
export function* simulationSteps(
  request: SimulationRequest,
  catalogue: Catalogue,
): Generator<() => SimulationProgress, SimulationAnswer, void> {
  const ready = prepared(request, catalogue);
  if (typeof ready === 'string') return { isReady: false, problem: ready };
  const { load, service } = ready;
  const { requests, seed } = request.choice;
  const stream = request.trace ?? drawRequests(load, requests, seed);
  const steps = fleetSteps(service.fleet(seed), stream);
  let step = steps.next(true);
  while (step.done !== true) {
    const share = step.value;
    yield () => ({ share });
    step = steps.next(true);
  }
  return {
    isReady: true,
    summary: summarise(stream, step.value, load.targets),
    replicas: load.replicas + load.prefillReplicas,
  };
}

/** The same at once, for a report. */
export function simulatePlan(request: SimulationRequest, catalogue: Catalogue): SimulationAnswer {
  const steps = simulationSteps(request, catalogue);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
