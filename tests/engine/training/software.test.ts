import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { calibratedDevice } from '@engine/training/calibrated-device';
import { dataParallelTime } from '@engine/training/communication';
import { readTrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { trainingMemory } from '@engine/training/memory';
import { keepsScores, softwareOf, usualSoftware } from '@engine/training/software';
import { stepTime } from '@engine/training/step-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(catalogue.assumptions);

function deviceOf(id: string) {
  const accelerator = catalogue.accelerators.get(id);
  if (accelerator === undefined) throw new Error(id);
  const systems = [...catalogue.systems.values()];
  const system = systems.find(({ acceleratorId }) => acceleratorId === id) ?? null;
  return describeDevice(accelerator, system, catalogue.assumptions);
}

function architectureOf(id: string): Architecture {
  const model = catalogue.models.get(id);
  if (model === undefined) throw new Error(id);
  return model.architecture;
}

function jobOf(architecture: Architecture, changes: Partial<TrainingJob> = {}): TrainingJob {
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 4096,
    globalBatch: 64,
    dataParallel: 8,
    layout: {
      tensorParallel: 4,
      pipelineParallel: 1,
      virtualStages: 1,
      contextParallel: 1,
      expertParallel: 1,
      microBatch: 1,
      recompute: 'none',
      zeroStage: 1,
    },
    ...changes,
  };
}

const seconds = (job: TrainingJob, id = 'h100-sxm') => stepTime(job, deviceOf(id), constants).total;
const bytes = (job: TrainingJob) => trainingMemory(job, constants).total;

describe('software generations', () => {
  test('the newest there is for the part, unless stated', () => {
    const job = jobOf(architectureOf('llama-3.1-8b'));
    expect(softwareOf(job, deviceOf('a100-sxm-80gb')).generation).toBe('fused');
    expect(softwareOf(job, deviceOf('h100-sxm')).generation).toBe('current');
    expect(softwareOf(job, deviceOf('tpu-v3')).generation).toBe('early');
    expect(softwareOf(job, deviceOf('tpu-v7-ironwood')).generation).toBe('current');
    const early = { ...job, software: usualSoftware('early') };
    expect(softwareOf(early, deviceOf('h100-sxm')).generation).toBe('early');
  });

  test('older software is slower and, with scores in memory, needs more of it', () => {
    const job = jobOf(architectureOf('llama-2-13b'));
    const of = (generation: 'early' | 'fused' | 'current') =>
      jobOf(architectureOf('llama-2-13b'), { software: usualSoftware(generation) });
    expect(seconds(of('early'))).toBeGreaterThan(seconds(of('fused')));
    expect(seconds(of('fused'))).toBeGreaterThan(seconds(of('current')));
    expect(bytes(of('early'))).toBeGreaterThan(bytes(job));
    expect(keepsScores(usualSoftware('early'))).toBe(true);
    expect(keepsScores(usualSoftware('current'))).toBe(false);
  });

  test('of 2023 has no FlashAttention 2 for a bias on the scores, that of today does', () => {
    const plain = architectureOf('llama-2-13b');
    const biased = { ...plain, hasPositionBias: true };
    expect(architectureOf('mpt-7b').hasPositionBias).toBe(true);
    expect(usualSoftware('fused', plain).attention).toBe('flash 2');
    expect(usualSoftware('fused', biased).attention).toBe('flash 1');
    expect(usualSoftware('current', biased).attention).toBe('flash 3');
    const a100 = deviceOf('a100-sxm-80gb');
    expect(softwareOf(jobOf(biased), a100).attention).toBe('flash 1');
    expect(softwareOf(jobOf(plain), a100).attention).toBe('flash 2');
  });

  test('without sequence parallelism norms are whole on every tensor rank', () => {
    const software = { ...usualSoftware('current'), hasSequenceParallel: false };
    const architecture = architectureOf('llama-2-13b');
    expect(bytes(jobOf(architecture, { software }))).toBeGreaterThan(bytes(jobOf(architecture)));
    expect(seconds(jobOf(architecture, { software }))).toBeGreaterThan(
      seconds(jobOf(architecture)),
    );
  });
});

describe('gradients that are summed by kernels of their own', () => {
  const architecture = architectureOf('llama-2-13b');
  const early = usualSoftware('early');
  const apart = { ...early, sumsGradientsApart: true };
  const more = (changes: Partial<TrainingJob>) =>
    seconds(jobOf(architecture, { ...changes, software: apart }), 'a100-sxm-80gb') -
    seconds(jobOf(architecture, { ...changes, software: early }), 'a100-sxm-80gb');

  test('pass ten bytes per parameter through memory for every micro-batch', () => {
    const device = deviceOf('a100-sxm-80gb');
    const bandwidth = device.memoryBytesPerSecond * device.constants.streamFraction;
    const held = countParameters(architecture).total / 4;
    const microBatches = 64 / 8;
    const waits = constants.softwareOverhead + constants.waitingPerDoubling * Math.log2(32);
    const expected = (microBatches * 10 * held * (1 + waits)) / bandwidth;
    expect(more({})).toBeGreaterThan(0.97 * expected);
    expect(more({})).toBeLessThan(1.03 * expected);
  });

  test('cost as much per micro-batch, however many tokens it has', () => {
    expect(more({ sequenceLength: 2048 })).toBeCloseTo(more({ sequenceLength: 4096 }), 9);
    expect(more({ globalBatch: 128 })).toBeCloseTo(2 * more({ globalBatch: 64 }), 9);
  });

  test('are none where only adapters are trained', () => {
    expect(more({ trainsAdaptersOnly: true })).toBe(0);
  });
});

describe('modules that predict tokens further ahead', () => {
  const architecture = architectureOf('llama-3.1-8b');
  const withModules = (predictionModules: number) => jobOf({ ...architecture, predictionModules });

  test('take as long as a layer and the output head each', () => {
    const [none, one, two] = [0, 1, 2].map((modules) => seconds(withModules(modules)));
    const share = ((one ?? 0) - (none ?? 0)) / (none ?? 1);
    // One of 33 layers, and a head of 0.53 of 7.5 billion parameters.
    expect(share).toBeGreaterThan(1 / 40 + 0.04);
    expect(share).toBeLessThan(1 / 30 + 0.12);
    expect((two ?? 0) - (one ?? 0)).toBeCloseTo((one ?? 0) - (none ?? 0), 9);
  });

  test('are not trained where only adapters are', () => {
    const adapters = (modules: number) => ({ ...withModules(modules), trainsAdaptersOnly: true });
    expect(seconds(adapters(2))).toBe(seconds(adapters(0)));
  });

  test('hold the last stage of a pipeline up', () => {
    const piped = (modules: number) => {
      const job = withModules(modules);
      const layout = { ...job.layout, tensorParallel: 1, pipelineParallel: 4 };
      return seconds({ ...job, layout });
    };
    const alone = (modules: number) => {
      const job = withModules(modules);
      return seconds({ ...job, layout: { ...job.layout, tensorParallel: 1 } });
    };
    expect(piped(1) / piped(0)).toBeGreaterThan(alone(1) / alone(0));
  });
});

describe('what a case may say beyond its layout', () => {
  test('adapters need no weight gradients, no exchange and little optimizer memory', () => {
    const full = jobOf(architectureOf('llama-3.1-8b'));
    const adapters = { ...full, trainsAdaptersOnly: true };
    expect(seconds(adapters)).toBeLessThan(0.8 * seconds(full));
    expect(bytes(adapters)).toBeLessThan(bytes(full));
  });

  test('a sliding window saves attention, a state-space share more', () => {
    const architecture = architectureOf('llama-3.1-8b');
    const long = (changed: Partial<Architecture>) =>
      seconds(jobOf({ ...architecture, ...changed }, { sequenceLength: 32_768, globalBatch: 8 }));
    const windowed = long({ slidingWindow: { tokens: 1024, layerShare: 0.5 } });
    expect(windowed).toBeLessThan(long({}));
    expect(long({ attentionLayerShare: 0.2 })).toBeLessThan(windowed);
  });

  test('a width that no tile fits is slower than a wider one that does', () => {
    const architecture = architectureOf('gpt-3-175b');
    const wide = (hidden: number) => {
      const changed = { ...architecture, hidden, ffn: 4 * hidden, heads: 96, headDim: hidden / 96 };
      const layout = { ...jobOf(changed).layout, tensorParallel: 8 };
      return seconds(jobOf({ ...changed, keyValueHeads: 96 }, { layout }), 'a100-sxm-80gb');
    };
    expect(wide(14_400)).toBeGreaterThan(wide(14_848));
  });

  test('experts split over tensor ranks need less memory', () => {
    const mixtral = architectureOf('mixtral-8x7b');
    const split = jobOf(mixtral, { expertTensorParallel: 4 });
    expect(bytes(split)).toBeLessThan(bytes(jobOf(mixtral)));
  });
});

describe('calibration', () => {
  test('never lifts a rate above the peak, and keeps what it does not touch', () => {
    for (const id of catalogue.accelerators.keys()) {
      const device = deviceOf(id);
      const calibrated = calibratedDevice(device, constants);
      expect(calibrated.memoryBytesPerSecond).toBe(device.memoryBytesPerSecond);
      for (const rate of Object.values(calibrated.rates)) {
        expect(rate.achievableFlopPerSecond).toBeLessThanOrEqual(rate.peakFlopPerSecond);
      }
    }
  });

  test('faster parts never train slower: memory, links, matrix rate', () => {
    const factor = fc.double({ min: 1, max: 8, noNaN: true });
    fc.assert(
      fc.property(
        factor,
        fc.constantFrom('llama-3.1-8b', 'mixtral-8x7b', 'deepseek-v3', 'gpt-oss-20b'),
        (times, model) => {
          const job = jobOf(architectureOf(model), {
            layout: { ...jobOf(architectureOf(model)).layout, expertParallel: 4 },
          });
          const device = deviceOf('h100-sxm');
          const base = stepTime(job, device, constants).total;
          const faster = [
            { ...device, memoryBytesPerSecond: device.memoryBytesPerSecond * times },
            {
              ...device,
              scaleUp: {
                ...device.scaleUp,
                bytesPerSecond: device.scaleUp.bytesPerSecond * times,
              },
            },
            {
              ...device,
              scaleOut: { bytesPerSecond: device.scaleOut.bytesPerSecond * times },
            },
          ];
          for (const part of faster) {
            const total = stepTime(job, part, constants).total;
            expect(total).toBeLessThanOrEqual(base * (1 + 1e-12));
            expect(Number.isFinite(total)).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('parts from before every fused attention kernel keep their scores, whatever the software is named', () => {
  const job = jobOf(architectureOf('llama-2-13b'));
  expect(softwareOf(job, deviceOf('v100-sxm2-32gb')).attention).toBe('fused softmax');
  expect(softwareOf(job, deviceOf('a100-sxm-80gb')).attention).toBe('flash 2');
  const stated = { ...job, software: { ...usualSoftware('fused'), attention: 'flash 2' as const } };
  expect(softwareOf(stated, deviceOf('v100-sxm2-32gb')).attention).toBe('flash 2');
});

describe('states that software keeps in fewer bits, or in the host', () => {
  const architecture = architectureOf('llama-2-13b');
  const base = jobOf(architecture);
  const whole = { ...base, layout: { ...base.layout, tensorParallel: 1, zeroStage: 3 as const } };
  const fused = usualSoftware('fused');
  const held = countParameters(architecture).total;
  const stateOf = (job: TrainingJob) => trainingMemory(job, constants);

  test('without a master weights and gradients take two bytes each, and the step moves eight less', () => {
    const narrow = { ...base, software: { ...fused, keepsNoMaster: true } };
    const wide = { ...base, software: fused };
    expect(stateOf(narrow).gradients).toBeCloseTo(stateOf(wide).gradients / 2, -3);
    expect(stateOf(wide).optimizer - stateOf(narrow).optimizer).toBeCloseTo(held / 8, -6);
    expect(seconds(narrow)).toBeLessThan(seconds(wide));
  });

  test('weights in the host leave two layers here, and cross the bus for every micro-batch', () => {
    const inHost = {
      ...whole,
      layout: { ...whole.layout, offloadsWeights: true },
      software: fused,
    };
    const here = { ...whole, software: fused };
    expect(stateOf(here).weights - stateOf(inHost).weights).toBeCloseTo((2 * held) / 8, -6);
    expect(stateOf(inHost).gradients).toBe(0);
    const device = deviceOf('h100-sxm');
    const more =
      dataParallelTime(inHost, device).perMicroBatch - dataParallelTime(here, device).perMicroBatch;
    const expected = (6 * held) / 8 / device.hostBytesPerSecond;
    expect(more).toBeCloseTo(expected, 3);
  });

  test('only fully sharded weights can be in the host', () => {
    const one = { ...base, layout: { ...base.layout, offloadsWeights: true }, software: fused };
    expect(stateOf(one)).toEqual(stateOf({ ...base, software: fused }));
  });
});
