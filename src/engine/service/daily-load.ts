/** One moment of a day. */
export interface DayPoint {
  readonly hour: number;
  readonly requestsPerSecond: number;
  /** null where the service has no operating point */
  readonly replicasNeeded: number | null;
}

/** The mean of ((1 + sin) / 2)^p over a turn; the midpoint rule is exact enough for a smooth periodic function. */
function meanOfPower(power: number): number {
  const points = 96;
  let sum = 0;
  for (let index = 0; index < points; index += 1) {
    sum += ((1 + Math.sin((2 * Math.PI * (index + 0.5)) / points)) / 2) ** power;
  }
  return sum / points;
}

/** The exponent at which the mean is u: it falls as the exponent grows. */
function exponentFor(meanLoadFraction: number): number {
  let [low, high] = [0, 1];
  while (meanOfPower(high) > meanLoadFraction && high < 1e6) high *= 2;
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (meanOfPower(middle) > meanLoadFraction) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Load at an hour of the day over that of the peak; the formula is that of dailyLoad. */
export function dailyShape(meanLoadFraction: number): (hour: number) => number {
  const power = meanLoadFraction < 0.5 ? exponentFor(meanLoadFraction) : 1;
  return (hour) => {
    const wave = Math.sin((2 * Math.PI * (hour - 14)) / 24);
    return meanLoadFraction < 0.5
      ? ((1 + wave) / 2) ** power
      : meanLoadFraction + (1 - meanLoadFraction) * wave;
  };
}

/**
 * Load over a day whose peak and mean are known: one peak in the evening, one trough in the morning.
 *
 *   λ(h) = λ_peak · (u + (1 − u) · w(h))            where u ≥ ½,   w(h) = sin(2π · (h − 14) / 24)
 *   λ(h) = λ_peak · ((1 + w(h)) / 2)^p               else, p such that the mean over the day is u · λ_peak
 *
 * h hour of the day [h] · λ_peak requests per second at the peak, at 20:00 [1/s] · u mean over peak [1]
 *
 * Leaves out: weekdays, seasons, a second peak; the hours are a shape, not a forecast. Source: definition; the time of the
 * peak is from memory.
 */
export function dailyLoad(
  peakRequestsPerSecond: number,
  meanLoadFraction: number,
  replicasAt: ((requestsPerSecond: number) => number) | null,
): DayPoint[] {
  const shape = dailyShape(meanLoadFraction);
  return Array.from({ length: 25 }, (_, hour) => {
    const requestsPerSecond = peakRequestsPerSecond * shape(hour);
    return {
      hour,
      requestsPerSecond,
      replicasNeeded: replicasAt?.(requestsPerSecond) ?? null,
    };
  });
}
