import { expect, it } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function secondsOf(framework: string): unknown {
  const hardware = { accelerator: 'H100 SXM 80GB', count: 8 };
  const layout = { tp: 1, pp: 1, dp: 8, micro_batch: 8, zero_stage_or_fsdp: 'FSDP2 full shard' };
  const training = { precision: 'BF16', seq_len: 4096, global_batch_seqs: 64, recompute: 'full' };
  const model = { name: 'Llama-3.1-8B' };
  const one = { id: 'one', model, hardware, training: { ...training, ...layout, framework } };
  return estimateCases([one], bundledCatalogue)[0]?.predicted?.['iteration_s'];
}

it('prime-rl, TRL and LLaMA-Factory run operation by operation, but for kernels that are fused by hand', () => {
  const plain = secondsOf('PyTorch FSDP');
  expect(plain).toBeGreaterThan(0);
  for (const framework of ['prime-rl (2026)', 'TRL 0.18', 'LLaMA-Factory']) {
    expect(secondsOf(framework)).toBe(plain);
  }
  expect(secondsOf('TRL 0.18, Liger kernels')).toBeLessThan(Number(plain));
});

it('the norms of torchtitan have a kernel of their own from PyTorch 2.9 on, those of libraries of models have none', () => {
  const plain = Number(secondsOf('torchtitan, PyTorch 2.8, no compile'));
  for (const later of ['PyTorch 2.9, no compile', '(May 2026), no compile']) {
    expect(secondsOf(`torchtitan ${later}`)).toBeLessThan(plain);
  }
  expect(secondsOf('torchtitan 0.2.2, no compile')).toBe(
    secondsOf('torchtitan, PyTorch 2.9, no compile'),
  );
  expect(secondsOf('torchtitan 0.1.0, no compile')).toBe(plain);
  expect(secondsOf('transformers, PyTorch 2.9')).toBe(secondsOf('transformers, PyTorch 2.8'));
});
