import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { describeDevice, peakFlopPerSecond } from '@engine/hardware/device';
import { cacheBytesOf } from '@engine/inference/attention';
import { maximumBatch, servingMemory } from '@engine/inference/capacity';
import { decodeStep } from '@engine/inference/decode';
import { expertsTouched } from '@engine/inference/experts';
import { operatingPoint } from '@engine/inference/operating-point';
import { prefillSeconds } from '@engine/inference/prefill';
import { usdPerMillionOutputTokens } from '@engine/inference/service';
import { replicasFor } from '@engine/inference/staffing';
import { prepareServing, readServingConstants, type Serving } from '@engine/inference/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { architectureOf, systemOf, acceleratorOf } from '../../fixtures/engine-fixture';

interface Setup {
  readonly systemId: string;
  readonly modelId: string;
  readonly precision: Precision;
  readonly tensorParallel: number;
}

function servingOf({ systemId, modelId, precision, tensorParallel }: Setup): Serving {
  const system = systemOf(systemId);
  const accelerator = acceleratorOf(system.acceleratorId);
  return prepareServing(
    {
      device: describeDevice(accelerator, system, catalogue.assumptions),
      architecture: architectureOf(modelId),
      weightPrecision: precision,
      keyValuePrecision: precision,
      tensorParallel,
      pipelineParallel: 1,
    },
    readServingConstants(catalogue.assumptions),
  );
}

const anySetup: fc.Arbitrary<Setup> = fc.record({
  systemId: fc.constantFrom(...catalogue.systems.keys()),
  modelId: fc.constantFrom(...catalogue.models.keys()),
  precision: fc.constantFrom<Precision>('bf16', 'fp8'),
  tensorParallel: fc.constantFrom(1, 2, 4, 8),
});
const anyBatch = fc.integer({ min: 1, max: 512 });
const anyLength = fc.integer({ min: 16, max: 32_768 });
/** Equal but for rounding. */
const slack = 1 + 1e-9;

describe('decoding on any system', () => {
  it('is never faster than reading the weights of one layer pass that every request needs', () => {
    fc.assert(
      fc.property(anySetup, anyLength, (setup, context) => {
        const serving = servingOf(setup);
        const { multipliedPerToken } = serving.parameters;
        const bytes = (multipliedPerToken * serving.elementBytes.weight) / setup.tensorParallel;
        const least = bytes / serving.device.memoryBytesPerSecond;
        expect(decodeStep(serving, 1, context).total * slack).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  it('is never faster than its arithmetic at the peak', () => {
    fc.assert(
      fc.property(anySetup, anyBatch, anyLength, (setup, batch, context) => {
        const serving = servingOf(setup);
        const flop = 2 * serving.parameters.multipliedPerToken * batch;
        // The output head is computed in 16 bits whatever the weights are stored in.
        const peak = peakFlopPerSecond(serving.device, setup.precision) * setup.tensorParallel;
        expect(decodeStep(serving, batch, context).total * slack).toBeGreaterThanOrEqual(
          flop / peak,
        );
      }),
    );
  });

  it('never speeds up with more requests or longer contexts', () => {
    fc.assert(
      fc.property(anySetup, anyBatch, anyLength, (setup, batch, context) => {
        const serving = servingOf(setup);
        const step = decodeStep(serving, batch, context).total;
        expect(decodeStep(serving, batch + 1, context).total * slack).toBeGreaterThanOrEqual(step);
        expect(decodeStep(serving, batch, 2 * context).total * slack).toBeGreaterThanOrEqual(step);
      }),
    );
  });

  it('is the sum of its parts, none of them negative', () => {
    fc.assert(
      fc.property(anySetup, anyBatch, anyLength, (setup, batch, context) => {
        const { total, ...parts } = decodeStep(servingOf(setup), batch, context);
        const values = [parts.matmul, parts.cache, parts.collective, parts.overhead];
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        expect(values.reduce((sum, part) => sum + part, 0) / total).toBeCloseTo(1, 9);
      }),
    );
  });

  it('talks to nobody alone', () => {
    fc.assert(
      fc.property(anySetup, anyBatch, (setup, batch) => {
        const alone = servingOf({ ...setup, tensorParallel: 1 });
        expect(decodeStep(alone, batch, 1_000).collective).toBe(0);
      }),
    );
  });
});

describe('a prompt on any system', () => {
  it('takes longer the longer it is, and never less than its arithmetic', () => {
    fc.assert(
      fc.property(anySetup, anyLength, (setup, length) => {
        const serving = servingOf(setup);
        const seconds = prefillSeconds(serving, 1, length);
        expect(prefillSeconds(serving, 1, 2 * length) * slack).toBeGreaterThanOrEqual(seconds);
        const { multipliedPerToken, outputHead } = serving.parameters;
        const flop = 2 * (multipliedPerToken - outputHead) * length;
        const peak = peakFlopPerSecond(serving.device, setup.precision) * setup.tensorParallel;
        expect(seconds * slack).toBeGreaterThanOrEqual(flop / peak);
      }),
    );
  });
});

describe('an operating point on any system', () => {
  it('conserves tokens: requests per second times answer is tokens per second', () => {
    fc.assert(
      fc.property(anySetup, anyBatch, anyLength, anyLength, (setup, batch, input, output) => {
        const shape = { inputTokens: input, outputTokens: output };
        const point = operatingPoint(servingOf(setup), shape, batch);
        expect((point.requestsPerSecond * output) / point.tokensPerSecond).toBeCloseTo(1, 9);
        // Little's law: those that decode are the rate of tokens times the wait for the next, at most all in flight.
        const decoding = point.tokensPerSecond * point.timePerOutputToken;
        expect(decoding).toBeGreaterThan(0);
        expect(decoding).toBeLessThanOrEqual(batch * slack);
      }),
    );
  });
});

describe('memory on any system', () => {
  it('is weights, workspace and cache, within what the engine may fill', () => {
    fc.assert(
      fc.property(anySetup, (setup) => {
        const serving = servingOf(setup);
        const { usable, weights, workspace, cache } = servingMemory(serving);
        expect(weights + workspace + cache).toBeCloseTo(usable, 0);
        expect(usable).toBeLessThan(serving.device.memoryBytes);
        expect(weights * setup.tensorParallel).toBeCloseTo(serving.weightBytes, 0);
      }),
    );
  });

  it('holds no more requests the longer they are, and never overflows', () => {
    fc.assert(
      fc.property(anySetup, anyLength, (setup, context) => {
        const serving = servingOf(setup);
        const batch = maximumBatch(serving, context);
        expect(maximumBatch(serving, 2 * context)).toBeLessThanOrEqual(batch);
        const held = batch * cacheBytesOf(serving, context);
        if (batch > 0) expect(held).toBeLessThanOrEqual(servingMemory(serving).cache);
      }),
    );
  });

  it('holds no fewer requests on more accelerators', () => {
    fc.assert(
      fc.property(anySetup, anyLength, (setup, context) => {
        const batches = [1, 2, 4, 8].map((tensorParallel) =>
          maximumBatch(servingOf({ ...setup, tensorParallel }), context),
        );
        expect(batches).toEqual(batches.toSorted((first, second) => first - second));
      }),
    );
  });
});

/** Expected number of distinct experts under uniform routing: E (1 − (1 − K / E)^R). */
describe('experts touched', () => {
  it.each([
    [8, 2, 1, 2],
    [8, 2, 2, 3.5],
    [8, 8, 1, 8],
    [256, 8, 1, 8],
    [256, 8, 32, 163.3],
    [256, 8, 1_000, 256],
    [128, 4, 0, 0],
  ])('of %i with %i to a token, by %i tokens, are %d', (experts, each, rows, expected) => {
    expect(expertsTouched(experts, each, rows)).toBeCloseTo(expected, 1);
  });

  it('never exceed all of them, nor fall with more tokens, nor fall below those of one token', () => {
    const experts = fc.integer({ min: 1, max: 512 });
    fc.assert(
      fc.property(experts, fc.nat(511), fc.integer({ min: 1, max: 4_096 }), (all, part, rows) => {
        const each = 1 + (part % all);
        const touched = expertsTouched(all, each, rows);
        expect(touched).toBeLessThanOrEqual(all);
        expect(touched * slack).toBeGreaterThanOrEqual(each);
        expect(expertsTouched(all, each, rows + 1) * slack).toBeGreaterThanOrEqual(touched);
      }),
    );
  });
});

describe('replicas and price', () => {
  it.each([
    [0, 10, 0],
    [1, 10, 1],
    [10, 10, 1],
    [10.001, 10, 2],
    [30, 10, 3],
    // Three tenths over one tenth is a hair above three in binary.
    [0.3, 0.1, 3],
  ])('%d requests/s at %d per replica need %i', (peak, each, expected) => {
    expect(replicasFor(peak, each)).toBe(expected);
  });

  it.each([
    // One GPU at 3.6 USD an hour making 1,000 tokens/s: a thousandth of a dollar a second.
    [3.6, 1, 1_000, 1, 1],
    [3.6, 1, 1_000, 0.5, 2],
    [2, 8, 2_000, 1, 2.222_222],
    [0, 8, 2_000, 1, 0],
  ])(
    '%d USD/h on %i GPUs at %i tokens/s and load %d cost %d a million',
    (rent, gpus, rate, load, usd) => {
      expect(usdPerMillionOutputTokens(rent, gpus, rate, load)).toBeCloseTo(usd, 5);
    },
  );
});
