import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function exchangedSeconds(training: Record<string, unknown>): number {
  const one = {
    id: 'one',
    model: { name: 'Llama-2-7B' },
    hardware: { accelerator: 'H100 SXM 80GB', count: 256 },
    training: {
      precision: 'BF16',
      seq_len: 4096,
      global_batch_seqs: 512,
      micro_batch: 1,
      tp: 1,
      pp: 1,
      recompute: 'none',
      zero_stage_or_fsdp: 'distributed optimizer',
      framework: 'Megatron-Core',
      ...training,
    },
  };
  const [prediction] = estimateCases([one], catalogue);
  return prediction?.breakdown?.['data_parallel_s'] ?? Number.NaN;
}

describe('overlap that a case states', () => {
  const usual = exchangedSeconds({});

  it.each(['overlap_grad_reduce', 'overlap_param_gather'])(
    'leaves all to see without: %s',
    (flag) => {
      expect(exchangedSeconds({ [flag]: false })).toBeGreaterThan(1.5 * usual);
      expect(exchangedSeconds({ [flag]: true })).toBe(usual);
    },
  );

  it('counts more than what a stack usually does', () => {
    const framework = 'DeepSpeed';
    const said = exchangedSeconds({ framework, overlap_grad_reduce: true });
    expect(said).toBeLessThan(exchangedSeconds({ framework }) / 1.5);
  });

  it('counts gradients in the width in which they are summed over ranks', () => {
    const apart = { overlap_grad_reduce: false, overlap_param_gather: true };
    const wide = exchangedSeconds({ ...apart, grad_reduce_in_fp32: true });
    const narrow = exchangedSeconds({ ...apart, grad_reduce_in_fp32: false });
    expect(wide).toBeGreaterThan(1.4 * narrow);
    expect(wide).toBeLessThan(2 * narrow);
  });
});
