import type { Accelerator, Fact, Precision } from './types';

function times(fact: Fact, share: number): Fact {
  const scaled = { ...fact, value: fact.value * share };
  return {
    ...scaled,
    ...(fact.low === undefined ? {} : { low: fact.low * share }),
    ...(fact.high === undefined ? {} : { high: fact.high * share }),
  };
}

function allTimes(
  rates: Accelerator['peakDense'],
  share: number,
): Partial<Record<Precision, Fact>> {
  return Object.fromEntries(
    Object.entries(rates).map(([precision, fact]) => [precision, times(fact, share)]),
  );
}

/**
 * Some dies of a package that software sees as several devices, such as one of the two of an MI250X.
 *
 *   x' = x · k / n
 *
 * x a rate, a capacity, a bandwidth or the power of the package · k dies that are meant, n dies of the package [1]
 *
 * Leaves out: that the dies of one package share a faster link than those of two. Source: definition.
 */
export function withDies(part: Accelerator, dies: number): Accelerator {
  const all = part.dies?.value ?? 1;
  if (dies >= all) return part;
  const share = dies / all;
  return {
    ...part,
    name: `${part.name}, ${dies} of ${all} dies`,
    memoryCapacity: times(part.memoryCapacity, share),
    memoryBandwidth: times(part.memoryBandwidth, share),
    peakDense: allTimes(part.peakDense, share),
    matmulCeiling: allTimes(part.matmulCeiling, share),
    scaleUpBandwidth: part.scaleUpBandwidth && times(part.scaleUpBandwidth, share),
    scaleUpDomain: times(part.scaleUpDomain, 1 / share),
    power: times(part.power, share),
  };
}

/** Dies that a name means where it counts them: 'MI250X (1 GCD)', 'Max 1550, 1 tile', 'per GCD'; null where it does not. */
export function namedDies(text: string): number | null {
  const counted = /\b(\d+)(?: of \d+)? ?(?:x ?)?(?:gcd|die|tile|stack)s?\b/i.exec(text)?.[1];
  if (counted !== undefined) return Number(counted);
  return /\b(?:per|one|single|a)[ -](?:gcd|die|tile|stack)\b|\bgcd\b/i.test(text) ? 1 : null;
}

/** Cores that a name means where it counts them or their threads: '(8 threads)', '16 vCPU', '64 cores'; null where it does not. */
export function namedCores(text: string, part: Accelerator): number | null {
  const found = /\b(\d+)[ -]?(threads?|cores?|vcpus?)\b(?![ -]?(?:gpu|processor))/i.exec(text);
  if (found?.[1] === undefined) return null;
  const counted = Number(found[1]);
  // A virtual processor is one of the two threads of a core, on Arm a whole core.
  const isHalf = /^vcpu/i.test(found[2] ?? '') && ['Intel', 'AMD'].includes(part.vendor);
  return Math.max(1, isHalf ? Math.round(counted / 2) : counted);
}
