import { describe, expect, it, test } from 'vitest';
import {
  keepsNoMaster,
  keepsWeightsInHost,
  offloadedLayers,
  offloadsOptimizer,
  statedMoments,
  statedOptimizer,
} from '../../src/cli/estimate/state-fields';
import { readLayoutExtras } from '../../src/cli/estimate/training-fields';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictionOf(training: Record<string, unknown>) {
  const one = {
    id: 'one',
    model: { name: 'Llama-3.1-70B' },
    hardware: { accelerator: 'H100 SXM 80GB', count: 64 },
    training: {
      precision: 'BF16',
      seq_len: 4096,
      global_batch_seqs: 128,
      micro_batch: 1,
      tp: 1,
      pp: 1,
      zero_stage_or_fsdp: 'FSDP full shard',
      recompute: 'full',
      framework: 'torchtitan',
      ...training,
    },
  };
  const [prediction] = estimateCases([one], catalogue);
  if (!prediction?.predicted) throw new Error(prediction?.error ?? 'nothing predicted');
  const { iteration_s: seconds = NaN, memory_gb_per_gpu: memory = NaN } = prediction.predicted;
  return { seconds, memory };
}

describe('the precision of the optimizer that a case states', () => {
  it.each([
    [{ optimizer_dtype: 'bf16' }, '16-bit', true],
    [{ optimizer_precision: 'BF16+SR' }, '16-bit', true],
    [{ optimizer_precision: 'BF16+FP32Optimizer' }, null, false],
    [{ optimizer_dtype: 'fp32' }, null, false],
    [{ moment_dtype: 'bfloat16' }, '16-bit', false],
    [{ moment_dtype: 'fp32', optimizer_dtype: 'bf16' }, null, true],
    [{ optimizer: 'AdamW 8-bit (bitsandbytes)' }, '8-bit', false],
    [{ optimizer: 'Muon + AdamW' }, null, false],
    [{}, null, false],
  ] as const)('%o: moments %s, nothing in 32 bits %s', (given, moments, isNarrow) => {
    expect(statedMoments(given)).toBe(moments);
    expect(keepsNoMaster(given)).toBe(isNarrow);
    const extras = readLayoutExtras(given, 8, 80);
    expect(extras.momentPrecision).toBe(moments ?? undefined);
  });

  it('counts in memory: 10 of 16 bytes per parameter less, over the ranks that share them', () => {
    const wide = predictionOf({});
    const narrow = predictionOf({ optimizer_dtype: 'bf16' });
    const saved = (10 * 70.55) / 64;
    expect(wide.memory - narrow.memory).toBeGreaterThan(saved);
    expect(wide.memory - narrow.memory).toBeLessThan(1.2 * saved);
    expect(narrow.seconds).toBeLessThan(wide.seconds);
  });
});

test.each([
  ['Muon + AdamW', 'muon'],
  ['Adafactor', 'adafactor'],
  ['SGD (momentum 0.9)', 'sgd'],
  ['Lion', 'lion'],
  ['AdamW 8-bit (bitsandbytes)', null],
  ['fused Adam', null],
  ['Million', null],
])('the optimizer of "%s" is %s', (optimizer, kind) => {
  expect(statedOptimizer({ optimizer })).toBe(kind);
  expect(readLayoutExtras({ optimizer }, 8, 80).optimizer).toBe(kind ?? undefined);
});

test.each([
  [{ activation_offload: true }, 80],
  [{ activation_cpu_offload: false }, null],
  [{ cpu_offload: 'activations of 5 layers (cpu_offloading_num_layers 5)' }, 5],
  [{ offload: 'optimizer states and activation checkpoints to CPU memory' }, 80],
  [{ recompute: 'qkv_proj_offloaded' }, 80],
  [{ recompute: 'none set in the perf recipe function; cpu offload 40 [recipe]' }, 40],
  [{ recompute: 'selective modules; cpu offload []' }, null],
  [{ recompute: 'full' }, null],
  [{}, null],
])('of %o activations of %s layers go to the host', (given, layers) => {
  expect(offloadedLayers(given, 80)).toBe(layers);
  expect(readLayoutExtras(given, 8, 80).offloadedLayers).toBe(layers ?? undefined);
});

describe('what a case says lives in the memory of the host', () => {
  it.each([
    [{ param_offload: true }, true],
    [{ offload_params: 'cpu', zero_stage_or_fsdp: 3 }, true],
    [{ cpu_offload: true, zero_stage_or_fsdp: 'FSDP2' }, true],
    [{ zero_stage_or_fsdp: 'FSDP FULL_SHARD with CPU offload of parameters, gradients' }, true],
    [{ zero_stage_or_fsdp: 'FSDP (ZeRO-3) with CPU offload of FP32 parameters' }, true],
    [{ zero_stage_or_fsdp: 'ZeRO-Infinity' }, true],
    [{ zero_stage_or_fsdp: 'FSDP full shard', cpu_offload: false }, false],
    [{ zero_stage_or_fsdp: 'DeepSpeed ZeRO-2 offload' }, false],
    [{ optimizer_offload: true }, false],
    [{}, false],
  ] as const)('%o: weights %s', (given, isInHost) => {
    expect(keepsWeightsInHost(given)).toBe(isInHost);
    expect(readLayoutExtras(given, 8, 80).offloadsWeights).toBe(isInHost || undefined);
    if (isInHost) expect(offloadsOptimizer(given)).toBe(true);
  });

  it('counts in memory and time: weights come and gradients go for every micro-batch', () => {
    const optimizer = predictionOf({ optimizer_offload: true });
    const all = predictionOf({ cpu_offload: true });
    // Two bytes of a weight and four of its gradient, over the ranks that share them.
    const saved = (6 * 70.55) / 64;
    expect(optimizer.memory - all.memory).toBeGreaterThan(0.6 * saved);
    expect(optimizer.memory - all.memory).toBeLessThan(1.2 * saved);
    expect(all.seconds).toBeGreaterThan(predictionOf({}).seconds);
  });
});

describe('asynchronous tensor parallelism', () => {
  const tensor = { tp: 8, micro_batch: 4 };

  it.each([{ async_tp: true }, { tp_overlap: 'async TP' }])(
    'hides a part of the exchange of tensor ranks: %o',
    (given) => {
      const gain = predictionOf(tensor).seconds / predictionOf({ ...tensor, ...given }).seconds;
      expect(gain).toBeGreaterThan(1.01);
      expect(gain).toBeLessThan(1.15);
    },
  );

  it('changes nothing where it is off, or where there are no tensor ranks', () => {
    expect(predictionOf({ ...tensor, async_tp: false })).toEqual(predictionOf(tensor));
    expect(predictionOf({ async_tp: true })).toEqual(predictionOf({}));
  });
});
