import type { RandomStream } from './random';

/** How long prompts or answers are, in tokens. */
export type LengthDistribution =
  | { readonly kind: 'fixed'; readonly tokens: number }
  /** mean, and deviation over mean */
  | { readonly kind: 'lognormal'; readonly mean: number; readonly variation: number }
  /** so many requests of each length */
  | {
      readonly kind: 'histogram';
      readonly rows: readonly { readonly tokens: number; readonly weight: number }[];
    };

/** Mean of a distribution, in tokens. */
export function meanTokens(distribution: LengthDistribution): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.tokens;
    case 'lognormal':
      return distribution.mean;
    case 'histogram': {
      const whole = distribution.rows.reduce((sum, { weight }) => sum + weight, 0);
      return (
        distribution.rows.reduce((sum, { tokens, weight }) => sum + tokens * weight, 0) / whole
      );
    }
  }
}

/**
 * Lengths drawn from a distribution, whole and at least 1, at most `longest`.
 *
 *   lognormal: exp(μ + σ · z),   σ² = ln(1 + v²),   μ = ln(m) − σ² / 2
 *
 * m mean [tokens] · v deviation over mean [1] · z standard normal
 *
 * Source: definition of the lognormal distribution.
 */
export function drawLengths(
  distribution: LengthDistribution,
  requests: number,
  longest: number,
  random: RandomStream,
): Int32Array {
  const draw = drawer(distribution, random);
  const lengths = new Int32Array(requests);
  for (let request = 0; request < requests; request += 1) {
    lengths[request] = Math.max(1, Math.min(longest, Math.round(draw())));
  }
  return lengths;
}

function drawer(distribution: LengthDistribution, random: RandomStream): () => number {
  switch (distribution.kind) {
    case 'fixed':
      return () => distribution.tokens;
    case 'lognormal': {
      const square = Math.log(1 + distribution.variation ** 2);
      const centre = Math.log(distribution.mean) - square / 2;
      const deviation = Math.sqrt(square);
      return () => Math.exp(centre + deviation * random.normal());
    }
    case 'histogram': {
      const whole = distribution.rows.reduce((sum, { weight }) => sum + weight, 0);
      return () => {
        let left = random.uniform() * whole;
        for (const { tokens, weight } of distribution.rows) {
          left -= weight;
          if (left < 0) return tokens;
        }
        return distribution.rows.at(-1)?.tokens ?? 1;
      };
    }
  }
}
