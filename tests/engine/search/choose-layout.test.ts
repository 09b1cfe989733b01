import { describe, expect, test } from 'vitest';
import { describeDevice, type Device } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { chooseLayout, type LayoutQuestion } from '@engine/search/choose-layout';
import { chunkChoices } from '@engine/search/chunks';
import { hourlyCost } from '@engine/search/cluster-cost';
import { sizeInference } from '@engine/search/size-inference';
import { sizeTraining } from '@engine/search/size-training';
import type { InferenceDemand, TrainingDemand } from '@engine/search/demand';
import { readTrainingConstants } from '@engine/training/constants';
import { trainingMemory } from '@engine/training/memory';
import { stepTime } from '@engine/training/step-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const { assumptions } = catalogue;
const constants = readTrainingConstants(assumptions);

function row<Row>(rows: ReadonlyMap<string, Row>, id: string): Row {
  const found = rows.get(id);
  if (found === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return found;
}

function machine(systemId: string) {
  const system = row(catalogue.systems, systemId);
  return { system, accelerator: row(catalogue.accelerators, system.acceleratorId) };
}

function device(systemId: string): Device {
  const { system, accelerator } = machine(systemId);
  return describeDevice(accelerator, system, assumptions);
}

function question(modelId: string, changes: Partial<LayoutQuestion> = {}): LayoutQuestion {
  const { architecture } = row(catalogue.models, modelId);
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 8192,
    globalBatch: 512,
    accelerators: 256,
    ...changes,
  };
}

describe('chunks per stage', () => {
  test('need a pipeline and whole rounds of micro-batches', () => {
    expect(chunkChoices(80, 1, 64)).toEqual([1]);
    expect(chunkChoices(80, 8, 12)).toEqual([1]);
  });

  test('divide the layers of a stage, up to eight', () => {
    expect(chunkChoices(80, 8, 16)).toEqual([1, 5]);
    expect(chunkChoices(96, 4, 16)).toEqual([1, 8]);
    expect(chunkChoices(7, 7, 14)).toEqual([1]);
  });

  // Llama 3 405B: 126 layers on 16 stages, of which the first and the last hold fewer.
  test('round the layers of a stage up', () => {
    expect(chunkChoices(126, 16, 16)).toEqual([1, 8]);
  });
});

describe('the chosen layout', () => {
  test.each([
    ['llama-3.1-8b', 'dgx-h100', 64],
    ['llama-3.1-70b', 'dgx-h100', 256],
    ['llama-3.1-70b', 'dgx-a100-80', 512],
    ['mixtral-8x22b', 'dgx-b200', 128],
    ['deepseek-v3', 'hgx-h800', 2048],
  ])('of %s on %s fits, uses all %i accelerators and divides the batch', (model, system, count) => {
    const asked = question(model, { accelerators: count, globalBatch: 2048 });
    const chosen = chooseLayout(asked, device(system), constants);
    if (chosen === null) throw new Error('No layout was found.');
    const { layout, dataParallel, stepSeconds, memoryBytes } = chosen;
    const { tensorParallel, pipelineParallel } = layout;
    expect(tensorParallel * pipelineParallel * dataParallel).toBe(count);
    expect(2048 % dataParallel).toBe(0);
    expect(asked.architecture.heads % tensorParallel).toBe(0);
    expect(tensorParallel).toBeLessThanOrEqual(8);
    expect(memoryBytes).toBeLessThanOrEqual(device(system).memoryBytes);
    const job = { ...asked, layout, dataParallel };
    expect(stepSeconds).toBe(stepTime(job, device(system), constants).total);
    expect(memoryBytes).toBe(trainingMemory(job, constants).total);
  });

  test('is no slower than plain data parallelism or eight-way tensor parallelism', () => {
    const asked = question('llama-3.1-8b', { accelerators: 64 });
    const chosen = chooseLayout(asked, device('dgx-h100'), constants);
    for (const tensorParallel of [2, 4, 8]) {
      const layout = {
        tensorParallel,
        pipelineParallel: 1,
        virtualStages: 1,
        contextParallel: 1,
        expertParallel: 1,
        microBatch: 1,
        recompute: 'selective',
        zeroStage: 1,
      } as const;
      const job = { ...asked, layout, dataParallel: 64 / tensorParallel };
      if (trainingMemory(job, constants).total > device('dgx-h100').memoryBytes) continue;
      const other = stepTime(job, device('dgx-h100'), constants).total;
      expect(chosen?.stepSeconds).toBeLessThanOrEqual(other);
    }
  });

  test('does not exist when the model cannot fit, or the batch has too few sequences', () => {
    const large = question('llama-3.1-405b', { accelerators: 8 });
    expect(chooseLayout(large, device('dgx-h100'), constants)).toBeNull();
    const odd = question('llama-3.1-8b', { accelerators: 56, globalBatch: 1 });
    expect(chooseLayout(odd, device('dgx-a100-80'), constants)).toBeNull();
  });
});

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
  const model = row(catalogue.models, 'llama-3.1-70b');

  function train(demand: TrainingDemand, systemId: string) {
    const { system, accelerator } = machine(systemId);
    return sizeTraining(demand, system, accelerator, model, assumptions);
  }

  function serve(demand: InferenceDemand, systemId: string) {
    const { system, accelerator } = machine(systemId);
    return sizeInference(demand, system, accelerator, model, assumptions);
  }

  test('trains in time with the nodes it names, and misses the date with half of them', () => {
    const answer = train(run, 'dgx-h100');
    if (!answer.isMet || answer.solution.kind !== 'training') throw new Error('Not met.');
    expect(answer.solution.days).toBeLessThanOrEqual(45);
    const half = chooseLayout(
      question('llama-3.1-70b', {
        globalBatch: 1024,
        accelerators: (answer.nodes / 2) * 8,
      }),
      device('dgx-h100'),
      constants,
    );
    const steps = 2e12 / (1024 * 8192);
    const effective = assumptions['training.effectiveTimeFraction']?.value ?? Number.NaN;
    const days = ((half?.stepSeconds ?? Infinity) * steps) / effective / 86_400;
    expect(days).toBeGreaterThan(45);
  });

  test('says how long the fastest run takes when no number of nodes is enough', () => {
    const answer = train({ ...run, deadlineDays: 0.5, globalBatchSequences: 8 }, 'dgx-h100');
    expect(answer.isMet).toBe(false);
    if (!answer.isMet) expect(answer.reason).toMatch(/fastest run takes|No layout fits/);
  });

  test('refuses a format that it cannot compute', () => {
    const fp64Only = { ...row(catalogue.accelerators, 'h100-sxm'), peakDense: {} };
    const { system } = machine('dgx-h100');
    const answer = sizeTraining(run, system, fp64Only, model, assumptions);
    expect(answer).toEqual({ isMet: false, reason: 'No arithmetic for BF16.' });
    const served = sizeInference(
      { ...chat, weightPrecision: 'fp8' },
      system,
      fp64Only,
      model,
      assumptions,
    );
    expect(served.isMet).toBe(false);
  });

  test('serves in 8 bits where it can and in 16 where it cannot', () => {
    const hopper = serve(chat, 'dgx-h100');
    const ampere = serve(chat, 'dgx-a100-80');
    if (!hopper.isMet || hopper.solution.kind !== 'inference') throw new Error('Not met.');
    if (!ampere.isMet || ampere.solution.kind !== 'inference') throw new Error('Not met.');
    expect(hopper.solution.weightPrecision).toBe('fp8');
    expect(ampere.solution.weightPrecision).toBe('bf16');
    expect(ampere.nodes).toBeGreaterThan(hopper.nodes);
  });

  test('names the memory, the first token or the next one as what is missing', () => {
    const first = serve({ ...chat, timeToFirstTokenTargetMs: 1 }, 'dgx-h100');
    const next = serve({ ...chat, timePerOutputTokenTargetMs: 0.5 }, 'dgx-h100');
    const { system, accelerator } = machine('dgx-h100');
    const huge = row(catalogue.models, 'kimi-k2');
    const large = sizeInference(chat, system, accelerator, huge, assumptions);
    expect(first).toMatchObject({ isMet: false });
    expect(JSON.stringify(first)).toContain('time to first token');
    expect(JSON.stringify(next)).toContain('time per output token');
    expect(JSON.stringify(large)).toContain('does not fit into the memory');
  });
});

describe('the cost of an hour', () => {
  test('grows with the nodes, and is unknown without a price', () => {
    const { system } = machine('dgx-h100');
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
    const { system } = machine('dgx-h100');
    const price = system.price?.value ?? Number.NaN;
    const years = assumptions['cost.horizonYears']?.value ?? Number.NaN;
    const { ownUsdPerHour } = hourlyCost(catalogue, system, 1);
    const straight = (price * 0.7) / (years * 8760);
    expect(ownUsdPerHour).toBeGreaterThan(straight);
    expect(ownUsdPerHour).toBeLessThan(3 * straight);
  });
});
