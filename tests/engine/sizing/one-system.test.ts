import { describe, expect, test } from 'vitest';
import type { Accelerator } from '@engine/catalogue/types';
import { hourlyCost } from '@engine/sizing/cluster-cost';
import type { Demand, InferenceDemand, SystemAnswer, TrainingDemand } from '@engine/sizing/demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { chooseLayout } from '@engine/search/choose-layout';
import { countParameters } from '@engine/model/parameters';
import { describeDevice } from '@engine/hardware/device';
import { readTrainingConstants } from '@engine/training/constants';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, architectureOf, systemOf } from '../../fixtures/engine-fixture';

const { assumptions } = catalogue;

/** What one system of a catalogue, which may be changed, makes of a demand. */
function answer(
  demand: Demand,
  systemId: string,
  changed: readonly Accelerator[] = [],
): SystemAnswer {
  const accelerators = new Map(catalogue.accelerators);
  for (const part of changed) accelerators.set(part.id, part);
  const systems = new Map([[systemId, systemOf(systemId)]]);
  const sized = sizeDemand(demand, { ...catalogue, systems, accelerators }, 'buy', 'accelerators');
  const met = sized.ranked.find((row) => row.systemId === systemId);
  if (met) return { isMet: true, nodes: met.nodes, solution: met.solution };
  const refused = sized.rejected.find((row) => row.systemId === systemId);
  return { isMet: false, reason: refused?.reason ?? 'not named' };
}

describe('one system', () => {
  const run: TrainingDemand = {
    kind: 'training',
    modelId: 'llama-3.1-70b',
    tokens: 2e12,
    sequenceLength: 8192,
    globalBatchSequences: 1024,
    deadlineDays: 45,
    precision: 'bf16',
  };
  const chat: InferenceDemand = {
    kind: 'inference',
    modelId: 'llama-3.1-70b',
    concurrentUsers: 3_000,
    requestsPerUserHour: 12,
    inputTokens: 1_000,
    outputTokens: 300,
    timeToFirstTokenTargetMs: 1_500,
    timePerOutputTokenTargetMs: 40,
    weightPrecision: null,
  };
  test('trains in time with the nodes it names, and misses the date with half of them', () => {
    const sized = answer(run, 'dgx-h100');
    if (!sized.isMet || sized.solution.kind !== 'training') throw new Error('Not met.');
    expect(sized.solution.days).toBeLessThanOrEqual(45);
    const architecture = architectureOf('llama-3.1-70b');
    const half = chooseLayout(
      {
        architecture,
        parameters: countParameters(architecture),
        precision: 'bf16',
        sequenceLength: 8192,
        globalBatch: 1024,
        accelerators: (sized.nodes / 2) * 8,
      },
      describeDevice(acceleratorOf('h100-sxm'), systemOf('dgx-h100'), assumptions),
      readTrainingConstants(assumptions),
    );
    const steps = 2e12 / (1024 * 8192);
    const effective = assumptions['training.effectiveTimeFraction']?.value ?? Number.NaN;
    const days = ((half?.stepSeconds ?? Infinity) * steps) / effective / 86_400;
    expect(days).toBeGreaterThan(45);
  });

  test('says how long the fastest run takes when no number of nodes is enough', () => {
    const sized = answer({ ...run, deadlineDays: 0.5, globalBatchSequences: 8 }, 'dgx-h100');
    expect(sized.isMet).toBe(false);
    if (!sized.isMet) expect(sized.reason).toMatch(/fastest run takes|No layout fits/);
  });

  test('refuses a format that it cannot compute', () => {
    const without = { ...acceleratorOf('h100-sxm'), peakDense: {} };
    expect(answer(run, 'dgx-h100', [without])).toEqual({
      isMet: false,
      reason: 'No arithmetic for BF16.',
    });
    const served = answer({ ...chat, weightPrecision: 'fp8' }, 'dgx-h100', [without]);
    expect(served).toEqual({ isMet: false, reason: 'No arithmetic for FP8 weights.' });
  });

  test('serves in 8 bits where it can and in 16 where it cannot', () => {
    const hopper = answer(chat, 'dgx-h100');
    const ampere = answer(chat, 'dgx-a100-80');
    if (!hopper.isMet || hopper.solution.kind !== 'inference') throw new Error('Not met.');
    if (!ampere.isMet || ampere.solution.kind !== 'inference') throw new Error('Not met.');
    expect(hopper.solution.weightPrecision).toBe('fp8');
    expect(ampere.solution.weightPrecision).toBe('bf16');
    expect(ampere.nodes).toBeGreaterThan(hopper.nodes);
  });

  test('names the memory, the first token or the next one as what is missing', () => {
    const first = answer({ ...chat, timeToFirstTokenTargetMs: 1 }, 'dgx-h100');
    const next = answer({ ...chat, timePerOutputTokenTargetMs: 0.5 }, 'dgx-h100');
    const large = answer({ ...chat, modelId: 'kimi-k2', weightPrecision: 'fp32' }, 'dgx-h100');
    expect(first).toMatchObject({ isMet: false });
    expect(JSON.stringify(first)).toContain('time to first token');
    expect(JSON.stringify(next)).toContain('time per output token');
    expect(JSON.stringify(large)).toContain('does not fit into the memory');
  });
});

describe('the cost of an hour', () => {
  test('grows with the nodes, and is unknown without a price', () => {
    const system = systemOf('dgx-h100');
    const one = hourlyCost(catalogue, system, 1);
    const ten = hourlyCost(catalogue, system, 10);
    expect((ten.ownUsdPerHour ?? 0) / (one.ownUsdPerHour ?? 1)).toBeCloseTo(10, 9);
    expect((ten.rentUsdPerHour ?? 0) / (one.rentUsdPerHour ?? 1)).toBeCloseTo(10, 9);
    const unpriced = hourlyCost(catalogue, { ...system, price: null }, 1);
    expect(unpriced.ownUsdPerHour).toBeNull();
    const unquoted = hourlyCost(catalogue, { ...system, acceleratorId: 'nobody' }, 1);
    expect(unquoted.rentUsdPerHour).toBeNull();
  });

  test('of owning is between straight-line depreciation alone and twice all yearly costs', () => {
    const system = systemOf('dgx-h100');
    const price = system.price?.value ?? Number.NaN;
    const years = assumptions['cost.horizonYears']?.value ?? Number.NaN;
    const { ownUsdPerHour } = hourlyCost(catalogue, system, 1);
    const straight = (price * 0.7) / (years * 8760);
    expect(ownUsdPerHour).toBeGreaterThan(straight);
    expect(ownUsdPerHour).toBeLessThan(3 * straight);
  });
});
