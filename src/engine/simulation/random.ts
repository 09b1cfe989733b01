/** A seeded stream of random numbers: the same seed always gives the same numbers. */
export interface RandomStream {
  /** uniform in [0, 1) */
  readonly uniform: () => number;
  /** exponential with mean 1 */
  readonly exponential: () => number;
  /** normal with mean 0 and deviation 1 */
  readonly normal: () => number;
  /** gamma with mean 1 and the given squared coefficient of variation */
  readonly gamma: (squaredVariation: number) => number;
}

/**
 * The small fast counting generator with 32-bit words, its three words of state spread from the seed.
 *
 * Source: Doty-Humphrey, PractRand, sfc32 (from memory).
 */
export function randomStream(seed: number): RandomStream {
  let a = 0x9e3779b9 ^ seed;
  let b = 0x243f6a88 ^ Math.imul(seed, 0x85ebca6b);
  let c = 0xb7e15162;
  let counter = 1;
  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 16; round += 1) word();
  const uniform = (): number => word() / 4_294_967_296;
  const exponential = (): number => -Math.log(1 - uniform());
  const normal = (): number =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return {
    uniform,
    exponential,
    normal,
    gamma: (square) => gamma(1 / square, uniform, normal) * square,
  };
}

/**
 * Gamma variate of shape k and scale 1, by squeeze and rejection; shapes below one are raised by one and scaled back.
 *
 * Source: Marsaglia and Tsang 2000, A simple method for generating gamma variables, https://doi.org/10.1145/358407.358414
 * (from memory).
 */
function gamma(shape: number, uniform: () => number, normal: () => number): number {
  if (shape < 1) return gamma(shape + 1, uniform, normal) * (1 - uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
