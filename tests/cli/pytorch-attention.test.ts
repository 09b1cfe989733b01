import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

/** The attention kernel that a prediction says it assumed. */
function attention(accelerator: string, framework: string, more = {}): string | undefined {
  const one = {
    id: 'one',
    model: { name: 'Llama-2-7B' },
    hardware: { accelerator, count: 64 },
    training: {
      precision: 'BF16',
      seq_len: 4096,
      global_batch_seqs: 512,
      micro_batch: 1,
      zero_stage_or_fsdp: 'FSDP2',
      framework,
      ...more,
    },
  };
  const [prediction] = estimateCases([one], catalogue);
  return /attention (flash \d)/.exec(prediction?.assumptions.join(' ') ?? '')?.[1];
}

describe('attention of PyTorch', () => {
  it.each([
    ['H100 SXM 80GB', 'PyTorch 2.9', 'flash 2'],
    ['H100 SXM 80GB', 'PyTorch 2.11', 'flash 3'],
    ['H100 SXM 80GB', 'TRL (August 2026)', 'flash 3'],
    ['H100 SXM 80GB', 'TRL (March 2026)', 'flash 2'],
    ['H100 SXM 80GB', 'torchtitan (September 2026), PyTorch 2.14', 'flash 2'],
    ['B200 SXM 180GB', 'torchtitan (November 2025)', 'flash 3'],
    ['A100 SXM 80GB', 'PyTorch 2.14', 'flash 2'],
  ])('on %s under %s is %s', (accelerator, framework, kernel) => {
    expect(attention(accelerator, framework)).toBe(kernel);
  });

  it('stays what a case names', () => {
    expect(
      attention('H100 SXM 80GB', 'PyTorch 2.14', { attention_kernel: 'FlashAttention-2' }),
    ).toBe('flash 2');
  });
});
