import { describe, expect, it } from 'vitest';
import type { CaseTraining, Prediction } from '../../src/cli/estimate/case';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const overlapped = 'experts exchanged behind the other micro-batch (DualPipe): no schedule given';

function predict(accelerator: string, changed: Partial<CaseTraining>): Prediction {
  const training = {
    precision: 'FP8',
    seq_len: 4096,
    global_batch_seqs: 15_360,
    tp: 1,
    pp: 16,
    ep: 64,
    tokens_total: 1e12,
    ...changed,
  };
  const hardware = { accelerator, count: 2048, per_node: 8 };
  const [prediction] = estimateCases(
    [{ id: 'run', model: { name: 'DeepSeek-V3' }, hardware, training }],
    catalogue,
  );
  if (prediction?.predicted === undefined) throw new Error(prediction?.error ?? 'No prediction.');
  return prediction;
}

describe('the pipeline schedule of a case that names none', () => {
  it('hides a wide exchange of 8-bit experts, as the runs did that were published', () => {
    const run = predict('H800', {});
    expect(run.assumptions).toContain(overlapped);
    // 180,000 GPU-hours per trillion tokens: DeepSeek-V3 technical report, section 1, https://arxiv.org/abs/2412.19437.
    expect(Math.abs((run.predicted?.gpu_hours ?? 0) / 180_000 - 1)).toBeLessThan(0.2);
    expect(run.predicted).toEqual(predict('H800', { schedule: 'DualPipe' }).predicted);
  });

  it('has one chunk per stage where nobody states chunks, however many the fastest layout has', () => {
    // Four stages without a tensor-parallel degree leave room for chunks, which one forward, one backward would use.
    const open = predict('H800', { pp: 4, tp: 8, global_batch_seqs: 2048 });
    expect(open.layout).toMatchObject({ vpp: 1, schedule: 'dualpipe' });
  });

  it.each<[string, string, Partial<CaseTraining>]>([
    ['in 16 bits', 'H800', { precision: 'BF16' }],
    ['inside a scale-up domain', 'H800', { ep: 8 }],
    ['inside the domain of a rack', 'GB200', {}],
    ['in chunks', 'H800', { vpp: 2 }],
    ['without a pipeline', 'H800', { pp: 1 }],
    ['with a schedule of its own', 'H800', { schedule: 'zero-bubble' }],
  ])('is one forward, one backward otherwise: %s', (_what, accelerator, changed) => {
    expect(predict(accelerator, changed).assumptions).not.toContain(overlapped);
  });
});
