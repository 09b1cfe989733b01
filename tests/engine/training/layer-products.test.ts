import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mixingProducts,
  denseFeedForward,
  expertFeedForward,
} from '@engine/training/layer-products';
import {
  constants,
  countingBytes,
  countingFlop,
  flopRate,
  jobOf,
  linkRate,
  lossless,
  partOf,
} from './ideal-device';

const counting = countingFlop(partOf('h100-sxm'));
const degree = fc.constantFrom(1, 2, 4, 8);

describe('floating-point work of a layer', () => {
  it.each(['llama-3.1-8b', 'llama-3.1-405b', 'mixtral-8x7b', 'deepseek-v3'])(
    'of the attention products of %s is 2 per parameter and token over all tensor ranks',
    (model) => {
      fc.assert(
        fc.property(degree, fc.integer({ min: 1, max: 8192 }), (tensorParallel, tokens) => {
          const job = jobOf(model, { tensorParallel });
          const setting = { job, device: counting, constants: lossless, tokens };
          const { forward, backward, expansion } = mixingProducts(setting);
          const { latentAttention, hidden } = job.architecture;
          // Latent attention compresses on every tensor rank; the other products are divided.
          const compressed = latentAttention
            ? hidden *
              ((latentAttention.queryRank ?? 0) +
                latentAttention.keyValueRank +
                latentAttention.rotaryHeadDim)
            : 0;
          const divided = job.parameters.attentionPerLayer - compressed;
          const expected = 2 * tokens * (divided / tensorParallel + compressed);
          expect((forward * flopRate) / expected).toBeCloseTo(1, 9);
          expect(backward / forward).toBeCloseTo(2, 9);
          expect(expansion > 0).toBe(latentAttention !== null);
          expect(expansion).toBeLessThan(forward);
        }),
      );
    },
  );

  it('of a dense block is 2 per parameter and token, a third of it in the last product when gated', () => {
    const job = jobOf('llama-3.1-8b', { tensorParallel: 2 });
    const setting = { job, device: counting, constants: lossless, tokens: 1000 };
    const { forward, backward, last } = denseFeedForward(setting, job.architecture.ffn);
    // Three matrices of 4096 × 14336 in Llama 3 8B.
    expect(forward * flopRate * 2).toBeCloseTo(2 * 1000 * 3 * 4096 * 14_336, 0);
    expect(last / forward).toBeCloseTo(1 / 3, 9);
    expect(backward / forward).toBeCloseTo(2, 9);
  });

  it('of experts does not depend on how they are spread over evenly loaded ranks', () => {
    fc.assert(
      fc.property(
        degree,
        degree,
        fc.constantFrom('mixtral-8x7b', 'deepseek-v3'),
        (tensorParallel, expertParallel, model) => {
          for (const expertTensorParallel of [1, tensorParallel]) {
            const layout = { tensorParallel, expertParallel };
            const job = jobOf(model, layout, { expertTensorParallel });
            const setting = { job, device: counting, constants: lossless, tokens: 4096 };
            const { forward } = expertFeedForward(setting, 0);
            const expected = 2 * 4096 * job.parameters.activeExpertFeedForward;
            expect((forward * flopRate * tensorParallel) / expected).toBeCloseTo(1, 9);
          }
        },
      ),
    );
  });

  it('grows with the load of the busiest rank as soon as experts are spread', () => {
    const forward = (expertParallel: number, expertImbalance: number) => {
      const job = jobOf('mixtral-8x7b', { expertParallel });
      const uneven = { ...lossless, expertImbalance };
      return expertFeedForward({ job, device: counting, constants: uneven, tokens: 512 }, 0)
        .forward;
    };
    expect(forward(1, 1.5)).toBe(forward(1, 1));
    expect(forward(8, 1.5) / forward(8, 1)).toBeCloseTo(1.5, 2);
  });

  it('is one plain product where a rank holds one expert, and loses more to grouping the more it holds', () => {
    const forward = (expertParallel: number, expertShare: number) => {
      const job = jobOf('mixtral-8x7b', { expertParallel }, { routesEvenly: true });
      const slower = { ...lossless, expertShare };
      return expertFeedForward({ job, device: counting, constants: slower, tokens: 512 }, 0)
        .forward;
    };
    const lost = (expertParallel: number) =>
      forward(expertParallel, 0.8) / forward(expertParallel, 1);
    expect(lost(8)).toBe(1);
    // Of eight experts on a rank an eighth of the loss is spared: 1 + (1 / 0.8 − 1) · 7 / 8, the router aside.
    expect(lost(1)).toBeCloseTo(1 + 0.25 * (7 / 8), 2);
    expect(lost(2)).toBeLessThan(lost(1));
    expect(lost(4)).toBeLessThan(lost(2));
  });

  it('halves in the backward pass where only adapters are trained', () => {
    for (const model of ['llama-3.1-8b', 'mixtral-8x7b']) {
      const job = jobOf(model, {}, { trainsAdaptersOnly: true });
      const setting = { job, device: counting, constants: lossless, tokens: 4096 };
      const { forward, backward } = mixingProducts(setting);
      expect(backward).toBeCloseTo(forward, 9);
    }
  });
});

describe('data moved by the products of a layer', () => {
  it('counts operands in 16 bits and sums of weight gradients in 32 bits, read and written', () => {
    const job = jobOf('llama-3.1-8b');
    const device = countingBytes(partOf('h100-sxm'));
    const tokens = 256;
    const { last, forward, backward } = denseFeedForward(
      { job, device, constants: lossless, tokens },
      14_336,
    );
    const [hidden, ffn] = [4096, 14_336];
    const moved = (m: number, n: number, k: number, result: number) =>
      2 * k * (m + n) + result * m * n;
    expect(last * linkRate).toBeCloseTo(moved(tokens, hidden, ffn, 2), 0);
    expect(forward * linkRate).toBeCloseTo(
      moved(tokens, hidden, ffn, 2) + moved(tokens, 2 * ffn, hidden, 2),
      0,
    );
    expect(backward * linkRate).toBeCloseTo(
      moved(tokens, ffn, hidden, 2) +
        moved(ffn, hidden, tokens, 8) +
        moved(tokens, hidden, 2 * ffn, 2) +
        moved(hidden, 2 * ffn, tokens, 8),
      0,
    );
  });
});

describe('edges of layers', () => {
  const device = partOf('h100-sxm');

  it('a width of no whole tile is slower than the next one that is', () => {
    const setting = { job: jobOf('llama-3.1-8b'), device, constants, tokens: 4096 };
    expect(denseFeedForward(setting, 14_335).forward).toBeGreaterThan(
      denseFeedForward(setting, 14_336).forward,
    );
  });

  it('a model without experts spends nothing on them, not even the wait for routing', () => {
    const setting = { job: jobOf('llama-3.1-8b'), device, constants, tokens: 4096 };
    expect(expertFeedForward(setting, 1)).toEqual({ forward: 0, backward: 0, last: 0 });
  });

  it('the wait for routing is paid once forward and twice backward', () => {
    const setting = { job: jobOf('mixtral-8x7b'), device, constants, tokens: 4096 };
    const without = expertFeedForward(setting, 0);
    const waiting = expertFeedForward(setting, 0.25);
    expect(waiting.forward - without.forward).toBeCloseTo(0.25, 9);
    expect(waiting.backward - without.backward).toBeCloseTo(0.5, 9);
  });

  it('a precision without a rate takes forever rather than no time', () => {
    const job = jobOf('llama-3.1-8b', {}, { precision: 'fp8' });
    const setting = { job, device: counting, constants, tokens: 4096 };
    expect(mixingProducts(setting).forward).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the launch of experts', () => {
  const wait = 100e-6;
  const job = jobOf('qwen3-30b-a3b', { expertParallel: 8 }, { precision: 'fp8' });
  const seconds = (changed: typeof job, tokens: number, waits: number, launchExpert: number) =>
    expertFeedForward(
      {
        job: changed,
        device: partOf('b200-sxm'),
        constants: { ...constants, launchExpert },
        tokens,
      },
      waits,
    );

  it('takes the time of one expert after the other where few tokens leave nothing to hide it', () => {
    // 128 experts over 8 ranks: 16 per rank, twice as many launches backward.
    const free = seconds(job, 64, wait, 0);
    const slow = seconds(job, 64, wait, 1);
    const slower = seconds(job, 64, wait, 2);
    expect(slower.forward - slow.forward).toBeCloseTo(16, 6);
    expect(slower.backward - slow.backward).toBeCloseTo(32, 6);
    expect(free.forward).toBeLessThan(slow.forward);
  });

  it('hides behind the products of many tokens', () => {
    expect(seconds(job, 1e6, wait, 60e-6)).toEqual(seconds(job, 1e6, wait, 0));
  });

  it('costs nothing where shapes are fixed, and where operands are not cast', () => {
    expect(seconds(job, 64, 0, 1)).toEqual(seconds(job, 64, 0, 0));
    const wide = { ...job, precision: 'bf16' as const };
    expect(seconds(wide, 64, wait, 1)).toEqual(seconds(wide, 64, wait, 0));
  });

  it('is another one on parts without 4-bit units', () => {
    const on = (part: string, launchExpertEightUnit: number) => {
      const changed = { ...constants, launchExpert: 1, launchExpertEightUnit };
      return expertFeedForward({ job, device: partOf(part), constants: changed, tokens: 64 }, wait)
        .forward;
    };
    expect(on('h100-sxm', 2) - on('h100-sxm', 1)).toBeCloseTo(16, 6);
    expect(on('b200-sxm', 2)).toBe(on('b200-sxm', 1));
  });
});
