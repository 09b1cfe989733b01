import { describe, expect, it } from 'vitest';
import type { Demand, InferenceDemand } from '@engine/sizing/demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { everySystem } from '@engine/sizing/stand-in-system';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { chatDemand, runDemand as run } from './demands';

const chat: InferenceDemand = { ...chatDemand, modelId: 'llama-3.1-70b' };

function reasonOn(systemId: string, demand: Demand): string | undefined {
  const { rejected } = sizeDemand(demand, catalogue, demand.kind === 'inference' ? 'rent' : 'buy');
  return rejected.find((row) => row.systemId === systemId)?.reason;
}

describe('a system that cannot meet a demand says why', () => {
  it.each<[string, string, Demand, RegExp]>([
    [
      'the weights are larger than four of its domains',
      'dgx-h100',
      { ...chat, modelId: 'kimi-k2', weightPrecision: 'fp32' },
      /does not fit into the memory/,
    ],
    [
      'the first token comes too late',
      'dgx-a100-80',
      { ...chat, timeToFirstTokenTargetMs: 1 },
      /^The time to first token is .* ms at best; the target is 1 ms\.$/,
    ],
    [
      'the next token comes too late',
      'dgx-h100',
      { ...chat, timePerOutputTokenTargetMs: 0.1 },
      /^The time per output token is .* ms at best; the target is 0\.1 ms\.$/,
    ],
    [
      'it has no arithmetic for the format',
      'vr200-nvl72',
      { ...run, precision: 'fp64' },
      /^No arithmetic for FP64\.$/,
    ],
    [
      'the deadline is too near',
      'dgx-h100',
      { ...run, globalBatchSequences: 64, deadlineDays: 0.25 },
      /^The fastest run takes .* days with up to .* nodes; the deadline is 0\.25 days\.$/,
    ],
    [
      'the batch cannot be divided over its accelerators',
      'dgx-h100',
      { ...run, modelId: 'llama-3.1-405b', globalBatchSequences: 1, deadlineDays: 1e6 },
      /nodes/,
    ],
  ])('%s (%s)', (_why, systemId, demand, reason) => {
    expect(reasonOn(systemId, demand)).toMatch(reason);
  });

  it('and the time it names is below no target that another system meets', () => {
    const { ranked } = sizeDemand(chat, catalogue, 'rent');
    for (const { solution } of ranked) {
      if (solution.kind !== 'inference') throw new Error('This is no service.');
      expect(solution.timeToFirstTokenMs).toBeLessThanOrEqual(chat.timeToFirstTokenTargetMs);
      expect(solution.timePerOutputTokenMs).toBeLessThanOrEqual(chat.timePerOutputTokenTargetMs);
    }
  });
});

describe('every system is either ranked or refused', () => {
  it.each<[string, Demand]>([
    ['a chat', chat],
    ['a chat in 16 bits', { ...chat, weightPrecision: 'bf16' }],
    ['a chat in 4 bits', { ...chat, weightPrecision: 'fp4' }],
    ['a chat that nobody uses', { ...chat, concurrentUsers: 0 }],
    ['a run', run],
    ['a run in 8 bits', { ...run, precision: 'fp8' }],
    ['a hurried run', { ...run, deadlineDays: 1 }],
  ])('for %s, once', (_what, demand) => {
    for (const how of ['buy', 'rent'] as const) {
      const { ranked, rejected } = sizeDemand(demand, catalogue, how);
      const named = [...ranked, ...rejected].map(({ systemId }) => systemId);
      expect(named.toSorted()).toEqual(
        everySystem(catalogue)
          .map(({ id }) => id)
          .toSorted(),
      );
      for (const { reason } of [...ranked, ...rejected]) expect(reason).toMatch(/^[A-Z0-9].*\.$/);
      for (const row of ranked) expect(row.nodes).toBeGreaterThanOrEqual(1);
    }
  });
});
