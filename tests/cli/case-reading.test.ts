import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictionOf(one: Record<string, unknown>) {
  const [prediction] = estimateCases([{ id: 'one', ...one }], catalogue);
  if (!prediction?.predicted) throw new Error(prediction?.error ?? 'nothing predicted');
  return prediction;
}

const sparseRun = {
  model: { name: 'Qwen3-30B-A3B' },
  training: {
    precision: 'BF16',
    seq_len: 4096,
    global_batch_seqs: 64,
    micro_batch: 1,
    tp: 1,
    pp: 1,
    ep: 4,
    recompute: 'full',
  },
};

describe('the node that a case states', () => {
  const seconds = (perNode: number, interconnect: string) =>
    predictionOf({
      ...sparseRun,
      hardware: { accelerator: 'GH200 96GB', count: 8, per_node: perNode, interconnect },
    }).breakdown?.expert_parallel_s ?? Number.NaN;

  test('four GH200 of one board exchange over NVLink, single ones over the network', () => {
    const slingshot = 'HPE Slingshot, 200 Gb/s per GPU';
    expect(seconds(4, slingshot)).toBeLessThan(seconds(1, slingshot) / 4);
  });

  test('a board of four does not widen beyond what the case counts', () => {
    const pair = predictionOf({
      ...sparseRun,
      training: { ...sparseRun.training, ep: 2 },
      hardware: { accelerator: 'GH200 96GB', count: 2, per_node: 4 },
    });
    expect(pair.layout).toMatchObject({ ep: 2, dp: 2 });
  });
});

describe('the attention kernel that a case names', () => {
  const iteration = (kernel: string | null) =>
    predictionOf({
      model: { name: 'Llama-3.1-8B' },
      hardware: { accelerator: 'MI355X', count: 8 },
      training: { ...sparseRun.training, ep: 1, attention_kernel: kernel },
    }).predicted?.iteration_s;

  test('a name that says nothing of how it works leaves the usual one', () => {
    expect(iteration('Primus-Turbo (aiter)')).toBe(iteration(null));
  });

  test.each(['eager', 'torch', 'unfused'])('%s writes its scores to memory', (kernel) => {
    expect(iteration(kernel)).toBeGreaterThan(iteration(null) ?? Number.NaN);
  });
});

describe('layers of several kinds', () => {
  // NVIDIA counts 52 blocks in Nemotron 3 Nano: 23 with a state, 23 with experts, 6 with attention.
  const stated = { layers: 52, hidden: 2688, heads: 32, kv_heads: 2, experts: 128, moe_ffn: 1856 };
  const rate = (model: Record<string, unknown>) =>
    predictionOf({
      model: { name: 'Nemotron-3-Nano-30B-A3B', ...model },
      hardware: { accelerator: 'H100', count: 64 },
      training: { ...sparseRun.training, ep: 8 },
    });

  test('counted each by itself they are the same model', () => {
    expect(rate({ ...stated, params_total: 31.6e9 }).predicted).toEqual(rate({}).predicted);
  });

  test('another number of them keeps the share of each kind', () => {
    const half = rate({ layers: 15, params_total: 16.3e9 });
    const ratio = Number(half.predicted?.iteration_s) / Number(rate({}).predicted?.iteration_s);
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(0.65);
  });
});

describe('numbers that cannot be of the model that is named', () => {
  const rate = (model: Record<string, unknown>) =>
    predictionOf({
      ...sparseRun,
      model: { name: 'Qwen3-30B-A3B', ...model },
      hardware: { accelerator: 'H100', count: 8 },
    });

  test('give way to those of the catalogue, which agree with the stated size', () => {
    const misread = rate({ layers: 96, params_total: 30.5e9 });
    expect(misread.predicted).toEqual(rate({}).predicted);
    expect(misread.assumptions.join()).toContain('billion parameters');
  });

  test('stay where they agree with it', () => {
    const half = rate({ layers: 24, params_total: 15.6e9 });
    expect(half.predicted?.iteration_s).toBeLessThan(Number(rate({}).predicted?.iteration_s));
  });
});

describe('a model with experts that a case counts', () => {
  const sparse = {
    name: 'Command-A-Plus',
    params_total: 218e9,
    params_active: 25e9,
    layers: 32,
    heads: 128,
    kv_heads: 8,
    experts: 128,
  };
  const served = (model: Record<string, unknown>) =>
    predictionOf({
      model,
      hardware: { accelerator: 'H200', count: 8, per_node: 8 },
      serving: { engine: 'vLLM 0.11', weights_precision: 'BF16', tp: 8, batch_or_concurrency: 1 },
    });

  test('is no dense model whose name its own begins with', () => {
    const { assumptions } = served({ ...sparse, experts_active: 8 });
    expect(assumptions.join()).not.toMatch('architecture of Command A 111B');
    expect(served({ name: 'Command-A' }).assumptions.join()).toMatch('Command A 111B');
  });

  test('has as many per token under either name', () => {
    const one = served({ ...sparse, experts_active: 8 });
    expect(served({ ...sparse, experts_per_token: 8 })).toEqual(one);
    expect(served({ ...sparse, experts_active: 4 }).predicted).not.toEqual(one.predicted);
  });

  test('is as wide as what is active beside its experts: (25 − 8 · 1.61) · 10⁹ over 1.37 million a column', () => {
    const unknown = { ...sparse, name: 'Sparse 218B', experts_per_token: 8 };
    const { assumptions, predicted } = served(unknown);
    expect(assumptions.join()).toMatch('32 layers of width 9216');
    // 218 billion weights of two bytes over eight accelerators, and what else is kept on each.
    expect(predicted?.memory_gb_per_gpu).toBeGreaterThan((218 * 2) / 8);
    expect(predicted?.memory_gb_per_gpu).toBeLessThan((1.15 * 218 * 2) / 8);
  });
});
