import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PipelineSchedule, TrainingLayout } from '@engine/plan';
import { bubbleSeconds } from '@engine/training/pipeline-bubble';
import { stepTime } from '@engine/training/step-time';
import { constants, jobOf, partOf } from './ideal-device';

function layout(stages: number, schedule?: PipelineSchedule, virtualStages = 1): TrainingLayout {
  return jobOf('llama-3.1-8b', { pipelineParallel: stages, virtualStages, schedule }).layout;
}

/** Forward, gradients of inputs and gradients of weights take one second each. */
const thirds = { whole: 3, forward: 1, weightGradients: 1 };

describe('bubbles, with forward, input and weight gradients of one second each', () => {
  it('of eight stages are 21 s, over three chunks 7 s, as Narayanan et al. count', () => {
    expect(bubbleSeconds(layout(8), thirds)).toBe(21);
    expect(bubbleSeconds(layout(8, undefined, 3), thirds)).toBe(7);
  });

  it('of ZB-H1 are a third of those of one forward, one backward, as Qi et al. say', () => {
    expect(bubbleSeconds(layout(8, 'zero-bubble'), thirds)).toBe(7);
  });

  it('of DualPipe are (p / 2 − 1) · (F&B + B − 3 W), as the table of DeepSeek-V3 says', () => {
    // F&B = 3, B = 2, W = 1
    expect(bubbleSeconds(layout(8, 'dualpipe'), thirds)).toBe(3 * (3 + 2 - 3));
  });

  it('are nothing in one stage, never negative, and never more than in the plain schedule', () => {
    const positive = fc.double({ min: 0.01, max: 10, noNaN: true });
    const passes = fc.tuple(positive, positive).map(([forward, weightGradients]) => ({
      forward,
      weightGradients,
      whole: forward + 2 * weightGradients,
    }));
    fc.assert(
      fc.property(passes, fc.integer({ min: 2, max: 64 }), (pass, stages) => {
        const plain = bubbleSeconds(layout(stages), pass);
        for (const schedule of ['zero-bubble', 'dualpipe'] as const) {
          expect(bubbleSeconds(layout(1, schedule), pass)).toBe(0);
          const bubble = bubbleSeconds(layout(stages, schedule), pass);
          expect(bubble).toBeGreaterThanOrEqual(0);
          expect(bubble).toBeLessThanOrEqual(plain * (1 + 1e-9));
        }
      }),
    );
  });
});

describe('a step', () => {
  const device = partOf('h100-sxm');
  const seconds = (change: Partial<TrainingLayout>) =>
    stepTime(
      jobOf(
        'deepseek-v3',
        { pipelineParallel: 16, expertParallel: 64, recompute: 'selective', ...change },
        { dataParallel: 128, globalBatch: 15_360, precision: 'fp8' },
      ),
      device,
      constants,
    );

  it('of DeepSeek-V3 gets shorter without bubbles, and shortest from both ends', () => {
    const plain = seconds({}).total;
    const zero = seconds({ schedule: 'zero-bubble' }).total;
    expect(zero).toBeLessThan(plain);
    expect(seconds({ schedule: 'dualpipe' }).total).toBeLessThan(zero);
  });

  it('from both ends hides the exchange of experts behind the computation', () => {
    const { expertParallel } = seconds({ schedule: 'dualpipe' });
    expect(expertParallel).toBeLessThan(seconds({}).expertParallel);
  });

  it('recomputes what share of the layers it is told', () => {
    const recomputed = (recomputedLayers?: number) => {
      const change = { recompute: 'full', pipelineParallel: 1, recomputedLayers } as const;
      return stepTime(jobOf('llama-3.1-8b', change), device, constants).recompute;
    };
    expect(recomputed(8) / recomputed()).toBeCloseTo(8 / 32, 9);
    expect(recomputed(0)).toBe(0);
    expect(recomputed(32)).toBe(recomputed());
  });

  it('with dropped tokens waits for no routing', () => {
    const dropless = seconds({});
    const dropping = seconds({ capacityFactor: constants.expertImbalance });
    expect(dropping.matmul).toBeLessThan(dropless.matmul);
    expect(seconds({ capacityFactor: 2 }).expertParallel).toBeGreaterThan(dropping.expertParallel);
  });

  it('updates narrow moments faster and offloaded ones slower', () => {
    const optimizer = (change: Partial<TrainingLayout>) =>
      stepTime(jobOf('llama-3.1-8b', change), device, constants).optimizer;
    expect(optimizer({ momentPrecision: '16-bit' }) / optimizer({})).toBeCloseTo(
      (constants.optimizerTrafficBytes - 8) / constants.optimizerTrafficBytes,
      9,
    );
    expect(optimizer({ offloadsOptimizer: true })).toBeGreaterThan(optimizer({}));
  });

  it("updates an offloaded optimizer at the pace of the node's processors, which all of its accelerators share", () => {
    const one = jobOf('llama-3.1-8b', { offloadsOptimizer: true });
    const job = { ...one, dataParallel: 8 };
    const at = (part: typeof device) => stepTime(job, part, constants).optimizer;
    const faster = { ...device.constants, hostUpdateBytesPerSecond: 1e15 };
    const bus = at({ ...device, constants: faster });
    expect(at(device)).toBeGreaterThan(bus);
    // A module with a processor of its own shares it with no other.
    expect(at({ ...device, sharesPower: true })).toBeLessThan(at(device));
    expect(at({ ...device, sharesPower: true })).toBeGreaterThanOrEqual(bus);
  });
});
