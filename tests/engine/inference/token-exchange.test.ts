import { describe, expect, test } from 'vitest';
import {
  allGatherSeconds,
  allReduceSeconds,
  reduceScatterSeconds,
} from '@engine/hardware/collective';
import { expertSeconds } from '@engine/inference/experts';
import { tensorParallelSeconds } from '@engine/inference/serving';
import { replicaOf } from '../../fixtures/serving-fixture';

const setup = { modelId: 'deepseek-v3', acceleratorId: 'h200-sxm', tensorParallel: 8 };
const grouped = { ...setup, attentionGroups: 8 };
const rows = 16_384;
const bytes = 2 * rows * 7168;

describe('tokens of groups that attend for themselves', () => {
  test('are gathered on all ranks of a server and scattered after the experts', () => {
    const serving = replicaOf(grouped);
    const { link } = serving;
    expect(tensorParallelSeconds(serving, rows)).toBeCloseTo(
      58 * (allGatherSeconds(bytes, 8, link) + reduceScatterSeconds(bytes, 8, link)),
      12,
    );
  });

  test('are added up twice where an engine gathers by all-reduces, as tensor ranks do', () => {
    const serving = replicaOf({ ...grouped, constants: { gathersByReduction: 1 } });
    expect(tensorParallelSeconds(serving, rows)).toBeCloseTo(
      58 * 2 * allReduceSeconds(bytes, 8, serving.link),
      12,
    );
  });

  test('are gathered in 4 bits by parts that multiply in them, by no other', () => {
    const narrow = { ...grouped, weightPrecision: 'fp4', acceleratorId: 'b200-sxm' } as const;
    const serving = replicaOf({ ...narrow, constants: { gathersByReduction: 1 } });
    expect(tensorParallelSeconds(serving, rows)).toBeCloseTo(
      58 *
        (allGatherSeconds((0.5625 / 2) * bytes, 8, serving.link) +
          reduceScatterSeconds(bytes, 8, serving.link)),
      12,
    );
    const instinct = replicaOf({ ...narrow, acceleratorId: 'mi355x' });
    expect(tensorParallelSeconds(instinct, rows)).toBeCloseTo(
      58 *
        (allGatherSeconds(bytes, 8, instinct.link) + reduceScatterSeconds(bytes, 8, instinct.link)),
      12,
    );
  });

  test('are sent to their experts where such kernels were chosen, and over more ranks than a server has', () => {
    expect(replicaOf(grouped).gathersTokens).toBe(true);
    expect(replicaOf({ ...grouped, sendsTokens: true }).gathersTokens).toBe(false);
    expect(replicaOf({ ...grouped, constants: { gathersTokens: 0 } }).gathersTokens).toBe(false);
    const wide = { ...grouped, tensorParallel: 16, attentionGroups: 16 };
    expect(replicaOf(wide).gathersTokens).toBe(false);
    expect(replicaOf(setup).gathersTokens).toBe(false);
  });

  test('find whole experts over all ranks, unless these are cut and the tokens gathered', () => {
    expect(replicaOf(grouped).expertParallel).toBe(8);
    expect(replicaOf({ ...grouped, expertParallel: 1 }).expertParallel).toBe(1);
    expect(replicaOf({ ...grouped, expertParallel: 1, sendsTokens: true }).expertParallel).toBe(8);
  });
});

describe('weights of groups that attend for themselves', () => {
  const heldBy = (changes = {}) => replicaOf({ ...grouped, ...changes }).weightBytesPerAccelerator;

  test('are whole on every rank but for experts where tokens are sent', () => {
    // One shared expert in 58 layers, dense blocks in 3, in 8 bits; norms and the router are little.
    const whole = 3 * 7168 * (58 * 2048 + 3 * 18_432);
    const more = heldBy({ sendsTokens: true }) - heldBy();
    expect(more / ((7 / 8) * whole)).toBeGreaterThan(1);
    expect(more / ((7 / 8) * whole)).toBeLessThan(1.05);
  });

  test('come with copies of what widens a latent cache, in 16 bits', () => {
    const { parameters, weightBytes } = replicaOf(grouped);
    const experts = parameters.expertLayers * parameters.routedExperts;
    const attention = 61 * parameters.attentionPerLayer + 2 * parameters.embedding;
    const cut = weightBytes - experts - attention;
    const copies = 2 * 61 * 512 * 128 * (128 + 128);
    expect(heldBy()).toBeCloseTo((experts + cut) / 8 + attention + copies, -3);
  });
});

describe('choices of experts that other ranks hold', () => {
  const secondsOf = (writesForeignRows: number, changes = {}) =>
    expertSeconds(replicaOf({ ...grouped, ...changes, constants: { writesForeignRows } }), rows);

  test('take memory traffic where kernels write zeros for them, less than all of it', () => {
    const choices = rows * 8 * (7 / 8);
    const moved = (choices * (7 * 2048 + 4 * 7168)) / 4.8e12;
    const longer = secondsOf(1) - secondsOf(0);
    expect(longer).toBeGreaterThan(0.5 * moved);
    expect(longer).toBeLessThan(2 * moved);
  });

  test('are none where tokens are sent or every rank holds a part of all experts', () => {
    expect(secondsOf(1, { sendsTokens: true })).toBe(secondsOf(0, { sendsTokens: true }));
    expect(secondsOf(1, { expertParallel: 1 })).toBe(secondsOf(0, { expertParallel: 1 }));
  });
});
