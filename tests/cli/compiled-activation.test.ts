import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function computingSeconds(model: string, compile: boolean): number {
  const one = {
    id: 'one',
    model: { name: model },
    hardware: { accelerator: 'B200 SXM 180GB', count: 8 },
    training: {
      precision: 'BF16',
      seq_len: 8192,
      global_batch_seqs: 64,
      micro_batch: 8,
      tp: 1,
      pp: 1,
      recompute: 'none',
      zero_stage_or_fsdp: 'FSDP2',
      framework: 'torchtitan',
      compile,
    },
  };
  const [prediction] = estimateCases([one], catalogue);
  return prediction?.breakdown?.['compute_s'] ?? Number.NaN;
}

describe('an activation without a kernel of its own', () => {
  const gainOf = (model: string) => computingSeconds(model, false) / computingSeconds(model, true);

  it('costs nothing more where steps are compiled', () => {
    expect(gainOf('gpt-oss-20b')).toBeGreaterThan(1.07 * gainOf('Qwen3 30B A3B'));
  });
});
