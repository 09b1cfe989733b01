import type { RandomStream } from './random';

/** How requests come. */
export type ArrivalPattern =
  | { readonly kind: 'poisson' }
  /** independent gaps with a squared coefficient of variation above 1 */
  | { readonly kind: 'gamma'; readonly squaredVariation: number }
  /** calm and busy spells that change at random */
  | {
      readonly kind: 'two-state';
      readonly busyFactor: number;
      readonly busyShare: number;
      readonly spellSeconds: number;
    }
  /** a day: a sine between its trough and its peak, whose mean is the given rate */
  | { readonly kind: 'daily'; readonly peakToMean: number };

const daySeconds = 86_400;

/**
 * Arrival times at a mean rate.
 *
 *   Poisson: gaps exponential · gamma: gaps gamma with variation c² · two-state: Poisson at λ_b for a share p of the time, at
 *   λ_c = λ (1 − p · f) / (1 − p) else, spells exponential (a Markov-modulated Poisson process) · daily: Poisson at
 *   λ · (1 + (k − 1) · sin(2π · t / day − π / 2)), by thinning
 *
 * λ mean rate [1/s] · f busy rate over the mean [1] · p share of the time that is busy [1] · k peak over the mean, 1–2 [1]
 *
 * Leaves out: weeks, holidays.
 * Source: Lewis and Shedler 1979, https://doi.org/10.1002/nav.3800260304 (thinning); Fischer and Meier-Hellstern 1993,
 * https://doi.org/10.1016/0166-5316(93)90035-S (modulated Poisson); both from memory.
 */
export function arrivalTimes(
  pattern: ArrivalPattern,
  requestsPerSecond: number,
  requests: number,
  random: RandomStream,
): Float64Array {
  const times = new Float64Array(requests);
  const next = gapMaker(pattern, requestsPerSecond, random);
  let time = 0;
  for (let request = 0; request < requests; request += 1) {
    time = next(time);
    times[request] = time;
  }
  return times;
}

function gapMaker(
  pattern: ArrivalPattern,
  rate: number,
  random: RandomStream,
): (time: number) => number {
  switch (pattern.kind) {
    case 'poisson':
      return (time) => time + random.exponential() / rate;
    case 'gamma':
      return (time) => time + random.gamma(pattern.squaredVariation) / rate;
    case 'daily': {
      const swing = Math.min(1, Math.max(0, pattern.peakToMean - 1));
      const most = rate * (1 + swing);
      const at = (time: number): number =>
        rate * (1 + swing * Math.sin((2 * Math.PI * time) / daySeconds - Math.PI / 2));
      return (from) => {
        let time = from;
        do time += random.exponential() / most;
        while (random.uniform() * most > at(time));
        return time;
      };
    }
    case 'two-state':
      return twoState(pattern, rate, random);
  }
}

function twoState(
  pattern: Extract<ArrivalPattern, { kind: 'two-state' }>,
  rate: number,
  random: RandomStream,
): (time: number) => number {
  const { busyShare, busyFactor, spellSeconds } = pattern;
  const busyRate = rate * Math.min(busyFactor, 1 / busyShare);
  const calmRate = Math.max(0, (rate - busyShare * busyRate) / (1 - busyShare));
  let isBusy = false;
  let spellEnd = random.exponential() * spellSeconds * (1 - busyShare);
  return (from) => {
    let time = from;
    for (;;) {
      const gap = random.exponential() / (isBusy ? busyRate : calmRate);
      if (time + gap <= spellEnd) return time + gap;
      time = spellEnd;
      isBusy = !isBusy;
      spellEnd += random.exponential() * spellSeconds * (isBusy ? busyShare : 1 - busyShare);
    }
  };
}
