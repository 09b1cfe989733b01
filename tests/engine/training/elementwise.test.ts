import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementwiseSeconds } from '@engine/training/elementwise';
import type { Block } from '@engine/training/layer-time';
import type { TrainingJob } from '@engine/training/job';
import { usualSoftware, type TrainingSoftware } from '@engine/training/software';
import { constants, countingBytes, jobOf, linkRate, partOf } from './ideal-device';

const moving = countingBytes(partOf('h100-sxm'));
const onePass = { ...constants, elementwiseCurrent: 1, permutePasses: 1, castPasses: 1 };
const current = usualSoftware('current');

function bytesOf(job: TrainingJob, tokens: number, block: Block = 'dense', software = current) {
  return linkRate * elementwiseSeconds(job, moving, onePass, tokens, block, software);
}

describe('element-wise traffic', () => {
  it('of Llama 2 7B is that of two norms, two sums, rotary embedding and a gated activation', () => {
    const elements = 10 * 4096 + 2 * 128 * (32 + 32) + 3 * 11_008;
    expect(bytesOf(jobOf('llama-2-7b'), 100)).toBeCloseTo(100 * 2 * elements, 3);
  });

  it('of TPUs is what their compiler leaves, whatever the year of the software', () => {
    const tpu = { ...moving, unit: 'systolic' as const };
    const halved = { ...onePass, elementwiseSystolic: 0.5 };
    const job = jobOf('llama-2-7b');
    for (const generation of ['early', 'fused', 'current'] as const) {
      const software = usualSoftware(generation);
      const seconds = elementwiseSeconds(job, tpu, halved, 100, 'dense', software);
      expect((seconds * linkRate) / bytesOf(job, 100)).toBeCloseTo(0.5, 9);
    }
  });

  it('of blocks side by side is that of one norm and one sum of three', () => {
    const job = jobOf('llama-2-7b');
    const beside = { ...job, architecture: { ...job.architecture, hasParallelBlocks: true } };
    expect(bytesOf(job, 100) - bytesOf(beside, 100)).toBeCloseTo(100 * 2 * 4 * 4096, 1);
  });

  it('counts a read and a write of queries and keys where they have norms, and half as much as two norms do without a kernel', () => {
    const job = jobOf('qwen3-8b');
    const without = { ...job, architecture: { ...job.architecture, hasQueryKeyNorm: false } };
    const width = 128 * (32 + 8);
    expect(bytesOf(job, 100) - bytesOf(without, 100)).toBeCloseTo(100 * 2 * 2 * width, 3);
    const plain = { ...current, hasPlainNorms: true };
    const added = (one: TrainingJob) => bytesOf(one, 100, 'dense', plain) - bytesOf(one, 100);
    expect(added(job) / added(without)).toBeCloseTo((4096 + width / 2) / 4096, 9);
  });

  it('of kernels fused by hand is less than that of any generation', () => {
    const job = jobOf('llama-2-7b');
    const byHand = { ...onePass, elementwiseByHand: 0.75 };
    const software = { ...current, fusesByHand: true };
    const seconds = elementwiseSeconds(job, moving, byHand, 100, 'dense', software);
    expect((seconds * linkRate) / bytesOf(job, 100)).toBeCloseTo(0.75, 9);
    const { elementwiseByHand, elementwiseCurrent } = constants;
    expect(elementwiseByHand).toBeLessThan(elementwiseCurrent);
  });

  it('grows with the tokens and is divided over tensor ranks', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom(1, 2, 4, 8),
        (tokens, tensorParallel) => {
          const each = bytesOf(jobOf('llama-3.1-70b', { tensorParallel }), tokens);
          const one = bytesOf(jobOf('llama-3.1-70b'), 1);
          expect((each * tensorParallel) / (tokens * one)).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('of norms stays whole on every tensor rank without sequence parallelism', () => {
    const software = { ...current, hasSequenceParallel: false };
    const job = jobOf('llama-3.1-70b', { tensorParallel: 8 });
    const more = bytesOf(job, 100, 'dense', software) - bytesOf(job, 100);
    expect(more).toBeCloseTo((100 * 2 * 10 * 8192 * 7) / 8, 1);
  });

  it('of an activation without a kernel of its own grows with the width that a token passes', () => {
    const job = jobOf('gpt-oss-120b');
    const fused = {
      ...job,
      architecture: { ...job.architecture, hasPlainActivation: false },
    };
    const more = bytesOf(job, 100, 'experts') - bytesOf(fused, 100, 'experts');
    const elements = constants.plainActivationTraffic * 4 * 2880;
    expect(more).toBeCloseTo(100 * 2 * elements, 1);
    expect(bytesOf(job, 100, 'none')).toBe(bytesOf(fused, 100, 'none'));
    expect(jobOf('mixtral-8x7b').architecture.hasPlainActivation).toBeUndefined();
  });

  it('of experts moves the hidden state of every route in and out', () => {
    const job = jobOf('mixtral-8x7b');
    const unpermuted = { ...onePass, permutePasses: 0 };
    const without = elementwiseSeconds(job, moving, unpermuted, 100, 'experts', current) * linkRate;
    expect(bytesOf(job, 100, 'experts') - without).toBeCloseTo(100 * 2 * 2 * 2 * 4096, 1);
  });

  it('of experts is that of sorting on both sides of a general collective, less where kernels dispatch', () => {
    const plain = { ...onePass, permutePasses: 2, permutePassesPlain: 5 };
    const moved = (degrees: object, said: Partial<TrainingSoftware> = {}) => {
      const job = jobOf('mixtral-8x7b', degrees);
      const software = { ...current, ...said };
      const stated = { ...job, software };
      return elementwiseSeconds(stated, moving, plain, 100, 'experts', software) * linkRate;
    };
    const onePassOfRoutes = 100 * 2 * 2 * 2 * 4096;
    const held = moved({ expertParallel: 1 });
    expect(moved({ expertParallel: 8 }) - held).toBeCloseTo(3 * onePassOfRoutes, 1);
    expect(moved({ expertParallel: 8 }, { dispatcher: 'deduplicated' })).toBe(held);
    // Operations of a framework sort them as often where nothing is exchanged.
    const sorted = moved({ expertParallel: 1 }, { permutesPlainly: true });
    expect(sorted).toBeCloseTo(moved({ expertParallel: 8 }), 1);
  });

  it('of a recurrence is that of its convolution, scan, states and gated norm, in its share of the layers', () => {
    // Nemotron-H 8B: 24 of 28 layers are Mamba-2 with 128 heads of 64, 8 groups and states of 128.
    const job = jobOf('nemotron-h-8b');
    const { recurrentMixer, ...plain } = job.architecture;
    expect(recurrentMixer?.layers).toBe(24);
    const without = bytesOf({ ...job, architecture: plain }, 100);
    const inward = 2 * 8192 + 2 * 8 * 128 + 128;
    const rotary = 2 * 128 * (32 + 8);
    // Of every chunk of 128 tokens the state, in 32 bits, is written, read and written on the way through, and read.
    const states = (4 * 2 * (8192 * 128 + 3 * (8192 + 2 * 8 * 128))) / 128;
    const more = (24 / 28) * (3 * inward + 8192 + states - rotary);
    expect(bytesOf(job, 100) - without).toBeCloseTo(100 * 2 * more, 1);
  });

  it('of 8-bit training adds a cast of every input: two bytes read, one written', () => {
    const wide = bytesOf(jobOf('llama-2-7b'), 100);
    const narrow = bytesOf(jobOf('llama-2-7b', {}, { precision: 'fp8' }), 100);
    expect(narrow - wide).toBeCloseTo(100 * 3 * (3 * 4096 + 11_008), 1);
  });

  it('shrinks by software generation', () => {
    const seconds = (['early', 'fused', 'current'] as const).map((generation) =>
      elementwiseSeconds(jobOf('llama-2-7b'), moving, constants, 4096, 'dense', {
        ...current,
        generation,
      }),
    );
    expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
    expect(new Set(seconds).size).toBe(3);
  });

  it('of no tokens still starts its kernels', () => {
    const device = partOf('h100-sxm');
    const none = elementwiseSeconds(jobOf('llama-2-7b'), device, constants, 0, 'dense', current);
    expect(none).toBeCloseTo(6 * device.constants.kernelFloorSeconds, 12);
    expect(none).toBeGreaterThan(0);
  });
});
