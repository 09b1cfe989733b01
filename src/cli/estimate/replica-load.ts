import { assumptionValue } from '@engine/catalogue/assumption';
import type { Architecture, Catalogue, ServingBenchmark } from '@engine/catalogue/types';
import type { ReplicaLoad } from '@engine/inference/loaded-replica';
import type { RequestShape } from '@engine/inference/operating-point';
import type { CaseServing } from './case';
import type { Machine } from './case-hardware';
import type { Load } from './load';
import { servingSoftware } from './serving-software';

/** Everything that one serving case says, read. */
export interface Subject {
  readonly given: CaseServing;
  readonly architecture: Architecture;
  readonly machine: Machine;
  readonly catalogue: Catalogue;
  readonly shape: RequestShape;
  readonly load: Load;
  readonly benchmark: ServingBenchmark | null;
}

/** One replica's share of the load: a benchmark's server scenario runs at its latency target, other unknown loads as full as possible. */
export function replicaLoad(
  { given, catalogue, load, benchmark }: Subject,
  replicas: number,
): ReplicaLoad {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  if (load.kind === 'requests in flight') {
    return { kind: 'closed loop', users: Math.max(1, load.requests / replicas) };
  }
  if (load.kind === 'request rate') {
    return {
      kind: 'open loop',
      requestsPerSecond: load.requestsPerSecond / replicas,
      requests: (load.requests ?? known('serving.finiteRun')) / replicas,
    };
  }
  if (given.mode === 'latency') return { kind: 'closed loop', users: 1 };
  if (given.mode !== 'server') return { kind: 'queued' };
  const isInteractive = /interactive/i.test(given.mlperf_scenario ?? '');
  const targets = isInteractive ? benchmark?.interactive : benchmark?.server;
  const ofSoftware = `serving.serverWaitSteps.${servingSoftware(given)}`;
  const waitKey = ofSoftware in catalogue.assumptions ? ofSoftware : 'serving.serverWaitSteps';
  const perToken = targets?.timePerOutputToken.value ?? Infinity;
  const first = targets?.timeToFirstToken.value ?? Infinity;
  return {
    kind: 'at target',
    timePerOutputTokenSeconds: perToken * 1e-3 * known('serving.targetMargin'),
    timeToFirstTokenSeconds: first * 1e-3 * known('serving.firstTokenMargin'),
    waitSteps: known(waitKey),
    share: known('serving.serverShare'),
  };
}
