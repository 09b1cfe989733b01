import type { RequestShape } from './request-shape';

/**
 * Share of the answers that run to the length at which they are cut off, given their mean, where the others end by themselves evenly over its second
 * half.
 *
 *   p = 1 − 4 · (1 − O / L)
 *
 * O mean, L longest answer [tokens]; none where the mean is below three quarters of the longest [1]
 *
 * Leaves out: short answers. Source: definition; lengths beside which answers were cut off are printed by few.
 */
export function cutShare({ outputTokens, longestAnswer }: RequestShape): number {
  if (longestAnswer === undefined) return 1;
  return Math.min(1, Math.max(0, 1 - 4 * (1 - outputTokens / longestAnswer)));
}
