import { allowedTensorParallel } from '@engine/inference/findings';
import { isSingleUserSoftware } from '@engine/inference/software';
import { CaseError, type CaseServing } from './case';
import type { Subject } from './replica-load';
import { servingSoftware } from './serving-software';

/** How a replica is laid out over its accelerators. */
export interface Layout {
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  readonly attentionGroups: number;
}

/** Layouts that a case states, or those that are usual where it leaves them open. */
export function layouts({ given, architecture, machine, load }: Subject): Layout[] {
  const hasExperts = architecture.mixtureOfExperts !== null;
  const pipelineParallel = given.pp ?? 1;
  const isThroughput = given.mode !== 'latency' && load.kind !== 'requests in flight';
  // The threads of one process run on every socket of a server, and so does what answers one request.
  const isWhole = splitsLayers(given) || given.mode === 'latency' || isOfOne(load);
  const sockets = machine.device.family === 'cpu' && isWhole ? machine.count / machine.units : 1;
  if (!given.tp && !given.pp && splitsLayers(given))
    return [
      {
        tensorParallel: sockets,
        pipelineParallel: machine.count / sockets,
        attentionGroups: 1,
      },
    ];
  const expertGroup = hasExperts ? Math.max(given.ep ?? 1, given.dp ?? 1) : 1;
  if (given.tp || hasStages(given) || expertGroup > 1) {
    const tensorParallel = Math.max((given.tp ?? 1) * sockets, expertGroup);
    const stated =
      hasExperts && (given.dp ?? 1) > 1 ? Math.min(given.dp ?? 1, tensorParallel) : null;
    // Requests that come at a rate are served as launched, and engines attend in groups only when told to.
    const isFree = isThroughput && (load.kind !== 'request rate' || Boolean(given.mlperf_scenario));
    const isOpen = hasExperts && given.dp === null && isFree && tensorParallel > 1;
    const groups = stated !== null ? [stated] : isOpen ? [1, tensorParallel] : [1];
    return groups.map((attentionGroups) => ({ tensorParallel, pipelineParallel, attentionGroups }));
  }
  const isWide = hasExperts && machine.count > machine.device.scaleUp.domain && isThroughput;
  const most = isWide
    ? Math.min(machine.count, 64)
    : Math.min(machine.count, machine.device.scaleUp.domain, 16);
  const degrees = allowedTensorParallel(architecture.heads, Math.max(1, most));
  const found = degrees.length > 0 ? degrees : [1];
  return found.flatMap((tensorParallel) =>
    (hasExperts && isThroughput && tensorParallel > 1 ? [1, tensorParallel] : [1]).map(
      (attentionGroups) => ({ tensorParallel, pipelineParallel, attentionGroups }),
    ),
  );
}

/**
 * Refuses layouts that a case states over more accelerators than it counts. A part of one replica is told only of fleets whose phases
 * stand apart, of which a source may publish one node; software of TPUs counts their cores.
 */
export function refuseTooFew(
  { given, architecture, machine }: Subject,
  laidOut: readonly Layout[],
): void {
  const { count, accelerator } = machine;
  if (given.mode === 'disaggregated' || given.phase || accelerator.kind === 'tpu') return;
  const sizes = laidOut.map((layout) => layout.tensorParallel * layout.pipelineParallel);
  const least = Math.min(...sizes);
  if (least <= count) return;
  const { tp, ep, dp } = given;
  const isOfExperts = architecture.mixtureOfExperts && Math.max(ep ?? 1, dp ?? 1) > (tp ?? 1);
  const group = isOfExperts ? ((ep ?? 1) >= (dp ?? 1) ? 'ep' : 'dp') : (tp ?? 1) > 1 ? 'tp' : null;
  const fields = [group, hasStages(given) ? 'pp' : null].filter((field) => field !== null);
  throw new CaseError(
    `serving.${fields.join(' × ')}: one replica takes ${least} accelerators, and hardware.count is ${count}. Lower the degrees or count all accelerators of a replica.`,
  );
}

/**
 * Layouts over more accelerators than the usual ones, by the degrees that a case leaves open: stages, and tensor ranks within the
 * domain of the fast links, beyond it only where the case says that there are no stages.
 */
export function widerLayouts({ given, architecture, machine }: Subject): Layout[] {
  const { tp, pp, ep, dp } = given;
  const { count } = machine;
  const expertGroup = architecture.mixtureOfExperts ? Math.max(ep ?? 1, dp ?? 1) : 1;
  const domain = Math.min(count, machine.device.scaleUp.domain);
  const ranks = tp
    ? [Math.max(tp, expertGroup)]
    : allowedTensorParallel(architecture.heads, pp ? count : domain);
  const deepest = Math.min(count, architecture.layers);
  const stages = pp ? [pp] : Array.from({ length: deepest }, (_, index) => index + 1);
  return ranks
    .filter((tensorParallel) => tensorParallel % expertGroup === 0)
    .flatMap((tensorParallel) =>
      stages
        .filter((depth) => count % (tensorParallel * depth) === 0)
        .map((pipelineParallel) => ({
          tensorParallel,
          pipelineParallel,
          attentionGroups: architecture.mixtureOfExperts ? (dp ?? 1) : 1,
        })),
    );
}

function isOfOne(load: Subject['load']): boolean {
  return load.kind === 'requests in flight' && load.requests <= 1;
}

/** A case that only says that there is no pipeline leaves the tensor-parallel degree open. */
export function hasStages({ pp }: CaseServing): boolean {
  return (pp ?? 1) > 1;
}

/** Single-user engines put whole layers on each part unless told otherwise. */
function splitsLayers(given: CaseServing): boolean {
  return isSingleUserSoftware(servingSoftware(given)) || /exllama|exl2/i.test(given.engine ?? '');
}
