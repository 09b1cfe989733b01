import { describe, expect, it } from 'vitest';
import { readTrainingConstants } from '@engine/training/constants';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { chooseLayout, type LayoutQuestion } from '@engine/search/choose-layout';
import { hourlyCost } from '@engine/search/cluster-cost';
import type { InferenceDemand, SizedCluster, TrainingDemand } from '@engine/search/demand';
import { sizeDemand } from '@engine/search/size-demand';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, architectureOf, systemOf } from '../../fixtures/engine-fixture';

const chat: InferenceDemand = {
  kind: 'inference',
  modelId: 'llama-3.1-8b',
  concurrentUsers: 10_000,
  requestsPerUserHour: 12,
  inputTokens: 512,
  outputTokens: 256,
  timeToFirstTokenTargetMs: 2_000,
  timePerOutputTokenTargetMs: 100,
  weightPrecision: null,
};

const run: TrainingDemand = {
  kind: 'training',
  modelId: 'llama-3.1-8b',
  tokens: 1e11,
  sequenceLength: 4_096,
  globalBatchSequences: 1_024,
  deadlineDays: 60,
  precision: 'bf16',
};

describe('a ranking', () => {
  it.each([
    ['of a bought service', chat, 'buy'],
    ['of a rented service', chat, 'rent'],
    ['of a bought training run', run, 'buy'],
    ['of a rented training run', run, 'rent'],
  ] as const)(
    '%s names the cheapest first and compares the others with it',
    (_name, demand, how) => {
      const { ranked } = sizeDemand(demand, catalogue, how);
      const [first, ...others] = ranked;
      const costOf = (row: SizedCluster): number => row.usdTotal ?? row.usdPerHour;
      if (!first) throw new Error('Nothing meets the demand.');
      expect(first.reason).toBe('Lowest cost of all that meet the demand.');
      for (const row of others) {
        expect(row.reason).toContain(`times the cost of ${first.systemName}.`);
        const stated = Number(/^[\d.,]+/.exec(row.reason)?.[0].replaceAll(',', ''));
        expect(stated / (costOf(row) / costOf(first))).toBeCloseTo(1, 2);
      }
    },
  );

  it('does not depend on the order of the catalogue', () => {
    const systems = new Map([...catalogue.systems].toReversed());
    const reversed = sizeDemand(chat, { ...catalogue, systems });
    const straight = sizeDemand(chat, catalogue);
    const ids = (rows: readonly { systemId: string }[]): string[] =>
      rows.map(({ systemId }) => systemId);
    expect(ids(reversed.ranked)).toEqual(ids(straight.ranked));
    expect(ids(reversed.rejected).toSorted()).toEqual(ids(straight.rejected).toSorted());
  });

  it.each(['buy', 'rent'] as const)('by %s prices an hour as it is asked for', (how) => {
    for (const row of sizeDemand(chat, catalogue, how).ranked) {
      const price = how === 'buy' ? row.ownUsdPerHour : row.rentUsdPerHour;
      expect(row.usdPerHour, row.systemId).toBe(price);
    }
  });

  it('of an unknown model is empty', () => {
    expect(sizeDemand({ ...chat, modelId: 'nowhere' }, catalogue)).toEqual({
      ranked: [],
      rejected: [],
    });
  });

  it('says of a system whose accelerator is unknown that there is no data', () => {
    const accelerators = new Map([...catalogue.accelerators].filter(([id]) => id !== 'h100-sxm'));
    const { rejected } = sizeDemand(chat, { ...catalogue, accelerators });
    const reason = rejected.find(({ systemId }) => systemId === 'dgx-h100')?.reason;
    expect(reason).toBe('The catalogue has no data on its accelerator.');
  });

  it.each([
    ['more users', { concurrentUsers: 40_000 }],
    ['longer answers', { outputTokens: 1_024 }],
    ['a tighter target', { timePerOutputTokenTargetMs: 25 }],
    ['busier users', { requestsPerUserHour: 48 }],
  ])('never needs fewer nodes for %s', (_what, change) => {
    const nodes = new Map(
      sizeDemand(chat, catalogue).ranked.map((row) => [row.systemId, row.nodes]),
    );
    for (const row of sizeDemand({ ...chat, ...change }, catalogue).ranked) {
      expect(row.nodes, row.systemId).toBeGreaterThanOrEqual(nodes.get(row.systemId) ?? 1);
    }
  });
});

describe('an hour of nodes', () => {
  it.each([...catalogue.systems.values()].map((system) => [system.id, system] as const))(
    'of %s costs in proportion to their number, rented and owned',
    (_id, system) => {
      const [one, ten] = [hourlyCost(catalogue, system, 1), hourlyCost(catalogue, system, 10)];
      expect((one.ownUsdPerHour === null) === (system.price === null)).toBe(true);
      if (one.ownUsdPerHour !== null) {
        expect((ten.ownUsdPerHour ?? 0) / one.ownUsdPerHour).toBeCloseTo(10, 9);
      }
      if (one.rentUsdPerHour !== null) {
        expect((ten.rentUsdPerHour ?? 0) / one.rentUsdPerHour).toBeCloseTo(10, 9);
      }
    },
  );
});

describe('the layout chosen', () => {
  const constants = readTrainingConstants(catalogue.assumptions);
  const device = describeDevice(
    acceleratorOf('h100-sxm'),
    systemOf('dgx-h100'),
    catalogue.assumptions,
  );

  function question(modelId: string, accelerators: number, globalBatch: number): LayoutQuestion {
    const architecture = architectureOf(modelId);
    return {
      architecture,
      parameters: countParameters(architecture),
      precision: 'bf16',
      sequenceLength: 4_096,
      globalBatch,
      accelerators,
    };
  }

  it.each([
    ['llama-3.1-8b', 8, 128],
    ['llama-3.1-8b', 256, 512],
    ['llama-3.1-70b', 256, 1_024],
    ['mixtral-8x7b', 128, 512],
    ['deepseek-v3', 2_048, 15_360],
  ])('for %s on %i GPUs divides heads, layers, GPUs, experts and batch', (id, gpus, batch) => {
    const chosen = chooseLayout(question(id, gpus, batch), device, constants);
    if (!chosen) throw new Error('Nothing fits.');
    const { tensorParallel, pipelineParallel, expertParallel } = chosen.layout;
    const { heads, layers, mixtureOfExperts } = architectureOf(id);
    expect(heads % tensorParallel).toBe(0);
    expect(pipelineParallel).toBeLessThanOrEqual(layers);
    expect(tensorParallel * pipelineParallel * chosen.dataParallel).toBe(gpus);
    expect(batch % chosen.dataParallel).toBe(0);
    expect((mixtureOfExperts?.experts ?? 1) % expertParallel).toBe(0);
    expect(chosen.memoryBytes).toBeLessThanOrEqual(device.memoryBytes);
  });

  it('is never slower with more memory, and never faster with less', () => {
    const of = (share: number): number =>
      chooseLayout(
        question('llama-3.1-70b', 256, 1_024),
        { ...device, memoryBytes: share * device.memoryBytes },
        constants,
      )?.stepSeconds ?? Number.POSITIVE_INFINITY;
    const times = [0.6, 0.8, 1, 1.5, 3].map(of);
    expect(times).toEqual(times.toSorted((first, second) => second - first));
  });

  it('takes longer for a larger batch on the same GPUs', () => {
    const of = (batch: number): number =>
      chooseLayout(question('llama-3.1-8b', 64, batch), device, constants)?.stepSeconds ?? 0;
    expect(of(2_048)).toBeGreaterThan(of(1_024));
    expect(of(2_048)).toBeLessThanOrEqual(2 * of(1_024) * (1 + 1e-9));
  });
});
