import { describe, expect, test } from 'vitest';
import { describeDevice, type Device } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { chooseLayout, type LayoutQuestion } from '@engine/search/choose-layout';
import { chunkChoices } from '@engine/search/chunks';
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
    const { tensorParallel, pipelineParallel, contextParallel } = layout;
    expect(tensorParallel * pipelineParallel * contextParallel * dataParallel).toBe(count);
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
