import { describe, expect, it } from 'vitest';
import { torusShare } from '@engine/training/torus-links';

describe('links of a torus that a group of ranks has', () => {
  it.each([
    // a pod of 16 × 16: all of it, one of its two rings, a line of four along a side
    [256, 2, 256, 1, 1],
    [256, 2, 16, 1, 2 / 4],
    [256, 2, 16, 16, 2 / 4],
    [256, 2, 4, 1, 1 / 4],
    // what tensor ranks of four leave of it: a ring and a line
    [256, 2, 64, 4, 3 / 4],
    // slices of 2 × 2, 2 × 4 and 8 × 8 are grids without joined ends
    [4, 2, 4, 1, 2 / 4],
    [8, 2, 8, 1, 2 / 4],
    [64, 2, 64, 1, 2 / 4],
    // cubes of four: every side is a ring
    [64, 3, 64, 1, 1],
    [512, 3, 8, 1, 2 / 6],
    [128, 3, 4, 1, 2 / 6],
    [128, 3, 32, 4, 4 / 6],
    // 2 × 2 × 4 is less than a cube
    [16, 3, 16, 1, 3 / 6],
  ])('%i chips, %i dimensions, %i ranks %i apart: %f', (chips, sides, ranks, stride, share) => {
    expect(torusShare(chips, sides, ranks, stride)).toBeCloseTo(share);
  });

  it('is never more than all, and never none', () => {
    for (const dimensions of [2, 3]) {
      for (let chips = 2; chips <= 2048; chips *= 2) {
        for (let ranks = 2; ranks <= chips; ranks *= 2) {
          for (let stride = 1; stride * ranks <= chips; stride *= 2) {
            const share = torusShare(chips, dimensions, ranks, stride);
            expect(share).toBeLessThanOrEqual(1);
            expect(share).toBeGreaterThanOrEqual(1 / (2 * dimensions));
          }
        }
      }
    }
  });

  it('is all where no side divides the group', () => {
    expect(torusShare(256, 2, 3, 1)).toBe(1);
  });
});
