import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import type { Prediction } from '../../src/cli/estimate/case';
import { caseMachine } from '../../src/cli/estimate/case-hardware';
import { estimateCases } from '../../src/cli/estimate/estimate';

interface Changes {
  readonly hardware?: object;
  readonly training?: object;
}

/** Llama 3.1 8B on eight TPU v6e, two sequences each, unless it is changed. */
function predict({ hardware, training }: Changes): Prediction {
  const raw = {
    id: 'one',
    model: { name: 'Llama 3.1 8B' },
    hardware: { accelerator: 'TPU v6e', count: 8, per_node: 4, ...hardware },
    training: {
      precision: 'BF16',
      seq_len: 8192,
      global_batch_seqs: 16,
      micro_batch: 2,
      tp: 1,
      dp: 8,
      zero_stage_or_fsdp: 'FSDP',
      recompute: 'full',
      ...training,
    },
  };
  const [prediction] = estimateCases([raw], catalogue);
  if (prediction?.predicted === undefined) throw new Error(prediction?.error ?? 'none');
  return prediction;
}

const seconds = (changes: Changes): number => predict(changes).predicted?.['iteration_s'] ?? 0;
const twoSlices = { interconnect: 'two v6e-4 slices over DCN' };

describe('slices of a torus', () => {
  it.each([
    ['two v6e-4 slices over DCN', 8, 4],
    ['4 pod(s)', 1024, 256],
    ['ICI 2D torus (v6e-8 slice)', 8, 256],
    ['ICI 2D torus, two pods over DCN', 512, 256],
  ])('%s: %i chips in domains of %i', (interconnect, count, domain) => {
    const asked = { accelerator: 'TPU v6e', count, interconnect };
    expect(caseMachine(asked, catalogue, () => {}).device.scaleUp.domain).toBe(domain);
  });

  it('meet over the network that Google states for a chip', () => {
    const asked = { accelerator: 'TPU v5e', count: 512 };
    const { scaleOut } = caseMachine(asked, catalogue, () => {}).device;
    // 6.4 Tb/s per pod of 256
    expect(scaleOut.bytesPerSecond * 256 * 8).toBeCloseTo(6.4e12, -10);
  });

  it('shard the weights each for itself unless told to shard across', () => {
    expect(predict({ hardware: twoSlices }).layout?.shard_group).toBe(4);
    const across = { zero_stage_or_fsdp: 'FSDP over both slices (dcn_mesh.fsdp 2)' };
    const inside = seconds({ hardware: twoSlices });
    const crossing = seconds({ hardware: twoSlices, training: across });
    expect(crossing).toBeGreaterThan(inside);
    expect(inside).toBeGreaterThan(seconds({}));
  });
});

describe('a batch per TPU', () => {
  const shared = { tp: 4, dp: 2, global_batch_seqs: 16, micro_batch: 2 };

  it('is that of all tensor ranks at once where it makes up the global batch', () => {
    expect(predict({ training: shared }).layout?.micro_batch).toBe(8);
  });

  it('is a micro-batch where gradients are accumulated, or on GPUs', () => {
    expect(predict({ training: { ...shared, grad_accum: 4 } }).layout?.micro_batch).toBe(2);
    const hardware = { accelerator: 'H100-SXM-80GB', per_node: 8 };
    expect(predict({ hardware, training: shared }).layout?.micro_batch).toBe(2);
  });
});
