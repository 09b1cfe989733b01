import { describe, expect, it } from 'vitest';
import { estimateCases } from '../../src/cli/estimate/estimate';
import type { Prediction } from '../../src/cli/estimate/case';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

interface Changes {
  readonly model?: object;
  readonly hardware?: object;
  readonly training?: object;
}

/** A dense LLaMA on A100, unless it is changed. */
function predict({ model, hardware, training }: Changes): Prediction {
  const raw = {
    id: 'one',
    model: { name: 'Llama-2-13B', ...model },
    hardware: { accelerator: 'A100-SXM-80GB', count: 64, per_node: 8, ...hardware },
    training: { precision: 'BF16', seq_len: 4096, global_batch_seqs: 512, ...training },
  };
  const [prediction] = estimateCases([raw], catalogue);
  if (prediction?.predicted === undefined) throw new Error(prediction?.error ?? 'none');
  return prediction;
}

const seconds = (changes: Changes): number => predict(changes).predicted?.['iteration_s'] ?? 0;
const range = ({ interval }: Prediction): number => {
  const { p10, p90 } = interval?.['iteration_s'] ?? { p10: Number.NaN, p90: Number.NaN };
  return Math.sqrt(p90 / p10) - 1;
};
const fact = (kind: string): number =>
  catalogue.assumptions[`training.interval${kind}`]?.value ?? Number.NaN;

describe('oddly written training cases', () => {
  it('take numbers as text, and a word for 8 bits, as they take numbers', () => {
    const h100 = { accelerator: 'NVIDIA H100 80GB HBM3' };
    const training = { precision: 'FP8', seq_len: 8192, global_batch_seqs: 512, tp: 2, pp: 1 };
    const written = { precision: 'float8', seq_len: '8,192', global_batch_seqs: '512', tp: '2' };
    const plain = predict({ hardware: h100, training });
    const text = predict({
      hardware: { ...h100, count: '64' },
      training: { ...training, ...written },
    });
    expect(text.predicted).toEqual(plain.predicted);
  });

  it('use the accelerators and the batch that a layout divides, and say so', () => {
    const prediction = predict({
      model: { name: 'GPT-3 175B' },
      hardware: { accelerator: 'V100', count: 10_000 },
      training: { precision: 'FP16', seq_len: 2048, global_batch_seqs: null, tp: 8, pp: 16 },
    });
    const odd = predict({
      model: { name: 'GPT-3 175B' },
      hardware: { accelerator: 'V100', count: 10_000 },
      training: {
        precision: 'FP16',
        seq_len: 2048,
        global_batch_seqs: null,
        global_batch_tokens: 3.2e6,
      },
    });
    expect(prediction.layout).toMatchObject({ tp: 8, pp: 16 });
    expect(odd.assumptions.join()).toMatch(
      /of 10000 accelerators idle|global batch of \d+ sequences instead of 156\d/,
    );
    const { tp, pp, dp } = odd.layout ?? {};
    const used = Number(tp) * Number(pp) * Number(dp);
    expect(used).toBeGreaterThan(9900);
    expect(used).toBeLessThanOrEqual(10_000);
  });

  it('keep the rest of a part whose memory the catalogue does not list', () => {
    const custom = predict({ hardware: { accelerator: 'A100 SXM 60GB' } });
    expect(custom.assumptions.join()).toMatch(/with 60 GB of memory/);
    expect(custom.predicted?.['memory_gb_per_gpu']).toBeLessThanOrEqual(64);
  });

  it('run the kernel that they name: one written for an H100 is no older software', () => {
    const training = { tp: 1, pp: 1, dp: 64, micro_batch: 1, recompute: 'none' };
    const spent = (attention_kernel: string | null) =>
      seconds({
        hardware: { accelerator: 'H100' },
        training: { ...training, attention_kernel },
      });
    expect(spent('FlashAttention-3')).toBe(spent(null));
    expect(spent('cuDNN')).toBe(spent(null));
    expect(spent('flash attention 2')).toBeGreaterThan(spent(null));
    expect(spent('FlashAttention-1')).toBeGreaterThan(spent('FlashAttention-2'));
  });

  it('run compiled steps under full sharding where they name a stack that compiles', () => {
    const layout = { dp: 64, tp: 1, pp: 1, micro_batch: 1, zero_stage_or_fsdp: 'FSDP' };
    const training = { ...layout, recompute: 'none' };
    const spent = (framework: string) =>
      seconds({ hardware: { accelerator: 'H100' }, training: { ...training, framework } });
    expect(spent('MaxText')).toBeLessThan(spent('LLM-Foundry'));
    // torchtitan's gradients are summed in 32 bits, nearly all of it hidden, and its shards are copied out of every gather.
    expect(spent('torchtitan')).toBeGreaterThan(1.02 * spent('LLM-Foundry'));
    expect(spent('torchtitan')).toBeLessThan(1.1 * spent('LLM-Foundry'));
    expect(spent('NVIDIA NeMo Framework 25.09')).toBe(spent('MaxText'));
  });
});

describe('the software of a training case', () => {
  const layout = {
    tp: 1,
    pp: 1,
    dp: 64,
    micro_batch: 1,
    zero_stage_or_fsdp: 'FSDP',
    recompute: 'none',
  };
  const spent = (training: object): number =>
    seconds({ hardware: { accelerator: 'H100 SXM 80GB' }, training: { ...layout, ...training } });

  it('runs norms without kernels of their own where it is not compiled, said or plain PyTorch', () => {
    const compiled = spent({ framework: 'LLM-Foundry', compile: true });
    const eager = spent({ framework: 'LLM-Foundry', compile: false });
    expect(eager).toBeGreaterThan(1.05 * compiled);
    expect(spent({ framework: 'PyTorch FSDP' })).toBe(eager);
    expect(spent({ framework: 'PyTorch FSDP', compile: true })).toBe(compiled);
    expect(spent({ framework: 'Megatron-DeepSpeed, PyTorch 2.5' })).not.toBe(eager);
  });

  it('is that of 2021 where it names an attention without a kernel of its own, as where it names none', () => {
    const plain = { model: { name: 'GPT-3 175B' } };
    const training = { precision: 'FP16', seq_len: 2048, tp: 8, pp: 8, dp: 1, recompute: 'full' };
    const named = predict({ ...plain, training: { ...training, attention_kernel: 'eager' } });
    const fused = predict({ ...plain, training: { ...training, attention_kernel: 'flash 2' } });
    expect(named.layout?.['software']).toBe('early');
    expect(fused.layout?.['software']).toBe('fused');
  });

  it('of DeepSpeed is that of 2021 for plain GPTs and that of 2023 for blocks that came then', () => {
    const software = (name: string): unknown =>
      predict({
        model: { name },
        hardware: { accelerator: 'A100 SXM 80GB', count: 64 },
        training: {
          precision: 'BF16',
          seq_len: 2048,
          dp: 64,
          zero_stage_or_fsdp: 'DeepSpeed ZeRO-3',
        },
      }).layout?.['software'];
    expect(software('GPT-3 175B')).toBe('early');
    expect(software('Llama-2-70B')).toBe('fused');
  });

  it('is plain PyTorch on H100 where of a run no more than the tokens are told', () => {
    const hardware = { accelerator: 'H100 SXM 80GB' };
    const software = (training: object): unknown =>
      predict({ hardware, training }).layout?.['software'];
    expect(software({ tokens_total: 1e12 })).toBe('fused');
    expect(software({ tokens_total: 1e12, framework: 'NeMo' })).toBe('current');
    expect(software({ tokens_total: 1e12, tp: 2 })).toBe('current');
    expect(software({})).toBe('fused');
  });

  it('exchanges nothing behind the backward pass under DeepSpeed, which adds gradients in kernels of their own', () => {
    const a100 = (framework: string): number =>
      seconds({ training: { ...layout, zero_stage_or_fsdp: 'ZeRO-1', framework } });
    expect(a100('DeepSpeed')).toBeGreaterThan(1.02 * a100('InternEvo'));
  });
});

describe('a part that is sold one by one', () => {
  it('shares its link with the others of its node', () => {
    const gh200 = (per_node: number): number =>
      seconds({
        hardware: { accelerator: 'GH200 96GB', per_node },
        training: { tp: 4, pp: 1, dp: 16, micro_batch: 1 },
      });
    expect(gh200(4)).toBeLessThan(0.8 * gh200(1));
  });
});

describe('sharding that is stated without degrees', () => {
  const layout = (zero: string) =>
    predict({
      model: { name: 'Llama-3.1-8B' },
      hardware: { accelerator: 'L40S', count: 8 },
      training: { seq_len: 2048, global_batch_seqs: 64, zero_stage_or_fsdp: zero },
    }).layout;

  it.each([
    ['FSDP', 3],
    ['ZeRO-3', 3],
    ['DeepSpeed ZeRO stage 2', 2],
    ['PyTorch DDP', 0],
  ])('%s is data parallelism alone, stage %i', (zero, stage) => {
    expect(layout(zero)).toMatchObject({ tp: 1, pp: 1, dp: 8, zero_stage: stage });
  });

  it('leaves the rest open under ZeRO-1, which goes with pipelines', () => {
    expect(layout('ZeRO-1')?.['dp']).toBeLessThan(8);
  });
});

describe('a batch that nobody states', () => {
  const tokens = ({ assumptions }: Prediction): number =>
    4096 * Number(/global batch of (\d+) sequences/.exec(assumptions.join())?.[1]);

  it('is near 4 Mi tokens on few accelerators and near 1,024 for each of many', () => {
    const open = (count: number) =>
      predict({ hardware: { count }, training: { global_batch_seqs: null } });
    expect(tokens(open(64)) / 2 ** 22).toBeCloseTo(1, 1);
    expect(tokens(open(1024)) / 2 ** 22).toBeCloseTo(1, 1);
    expect(tokens(open(16_384)) / (1024 * 16_384)).toBeCloseTo(1, 1);
    expect(tokens(open(6000)) / (1024 * 6000)).toBeCloseTo(1, 0);
  });

  it('fills a stated pipeline: four micro-batches per stage and replica', () => {
    const training = { global_batch_seqs: null, tp: 4, pp: 16, dp: 32, micro_batch: 1 };
    const deep = predict({ hardware: { count: 2048 }, training });
    expect(tokens(deep)).toBe(4 * 16 * 32 * 4096);
  });
});

describe('an architecture that is stated in part', () => {
  const fields = { name: 'Nova', layers: 32, hidden: 4096, heads: 32 };
  const flop = (model: object): number => {
    const { predicted } = predict({ model: { ...fields, ...model } });
    return (predicted?.['tflops_per_gpu'] ?? 0) / (predicted?.['tokens_per_s_per_gpu'] ?? 1);
  };
  const gpt = { kv_heads: 32, ffn: 16_384 };

  it('has plain blocks four times as wide as the model, and gated ones of other widths', () => {
    const assumed = (model: object) =>
      predict({ model: { ...fields, ...model } }).assumptions.join('\n');
    expect(assumed(gpt)).toMatch(/plain feed-forward blocks and tied embeddings/);
    expect(assumed({ ...gpt, ffn: 11_008 })).toMatch(/gated feed-forward blocks and untied/);
    expect(assumed({ ...gpt, kv_heads: 8 })).toMatch(/gated feed-forward/);
    const experts = { experts: 8, experts_active: 2, moe_ffn: 14_336, kv_heads: 32 };
    expect(assumed(experts)).toMatch(/gated feed-forward/);
  });

  it('gates as the activation that it names does', () => {
    expect(flop({ ...gpt, activation: 'SwiGLU' })).toBeGreaterThan(1.2 * flop(gpt));
    expect(flop({ ...gpt, kv_heads: 8, activation: 'squared-ReLU (2-matrix FFN)' })).toBeLessThan(
      flop({ ...gpt, kv_heads: 8 }),
    );
  });
});

describe('what a training case leaves open', () => {
  const layout = { tp: 4, pp: 1, dp: 16, micro_batch: 1 };

  it('runs norms whole on every tensor rank where it lists its kernels without one for them', () => {
    const listed = { ...layout, attention_kernel: 'flash attention 2' };
    const named = { ...layout, attention_kernel: 'flash attention 2, rms kernel' };
    const whole = seconds({ training: { ...listed, sequence_parallel: false } });
    expect(seconds({ training: listed })).toBe(whole);
    expect(seconds({ training: { ...listed, sequence_parallel: true } })).toBeLessThan(whole);
    const divided = seconds({ training: { ...named, sequence_parallel: true } });
    expect(seconds({ training: named })).toBe(divided);
  });

  it('is selective recomputation as PyTorch does it, every other product, where it states that and full sharding', () => {
    const sharded = { dp: 64, tp: 1, pp: 1, micro_batch: 1, recompute: 'selective' };
    const h100 = { accelerator: 'H100 SXM 80GB' };
    const spent = (training: object) => seconds({ hardware: h100, training });
    const pytorch = spent({ ...sharded, zero_stage_or_fsdp: 'FSDP' });
    const unstated = spent({ ...sharded, zero_stage_or_fsdp: 'FSDP', recompute: 'none' });
    const megatron = spent({ ...sharded, zero_stage_or_fsdp: 'FSDP group 8' });
    expect(pytorch).toBeGreaterThan(1.1 * unstated);
    expect(pytorch).toBeGreaterThan(1.1 * megatron);
  });

  it('is the software of 2023 where a plain GPT trains in BF16 and need not recompute everything', () => {
    const model = { name: 'GPT-3 175B' };
    const layout = { tp: 8, pp: 8, dp: 4, micro_batch: 1 };
    const of = (training: object) =>
      predict({ model, hardware: { count: 256 }, training: { ...layout, ...training } }).layout;
    expect(of({})).toMatchObject({ software: 'fused' });
    expect(of({ recompute: 'full' })).toMatchObject({ software: 'early' });
    expect(of({ precision: 'FP16' })).toMatchObject({ software: 'early' });
    expect(of({ zero_stage_or_fsdp: 'ZeRO-1 (DeepSpeed)' })).toMatchObject({ software: 'early' });
  });

  it('is the software of 2021 where it trains in FP16, which recomputes everything or nothing', () => {
    const glm = {
      model: {
        name: 'GLM-130B',
        layers: 70,
        hidden: 12_288,
        heads: 96,
        ffn: 32_768,
        vocab: 150_528,
      },
      hardware: { accelerator: 'A100-SXM-40GB', count: 768 },
    };
    const training = { seq_len: 2048, global_batch_seqs: 4224, micro_batch: 1, tp: 4, pp: 8 };
    const half = predict({ ...glm, training: { ...training, precision: 'FP16' } });
    expect(half.layout).toMatchObject({ software: 'early', recompute: 'full' });
    // Zeng et al. 2022 report 32.5 % of the peak without recomputation counted.
    expect(half.predicted?.['mfu']).toBeGreaterThan(0.26);
    expect(half.predicted?.['mfu']).toBeLessThan(0.42);
    expect(predict({ training: layout }).layout).toMatchObject({ software: 'fused' });
    const older = predict({ training: { ...layout, precision: 'FP16' } });
    expect(older.layout).toMatchObject({ software: 'early' });
  });

  it('overlaps the exchange of fully sharded runs in FP16, too', () => {
    const opt = predict({
      model: { name: 'OPT-175B' },
      hardware: { accelerator: 'A100-SXM-80GB', count: 992 },
      training: {
        precision: 'FP16',
        seq_len: 2048,
        global_batch_seqs: 992,
        tp: 8,
        pp: 1,
        dp: 124,
        zero_stage_or_fsdp: 'FSDP',
      },
    });
    expect(opt.layout).toMatchObject({ software: 'fused', zero_stage: 3 });
    // Zhang et al. 2022, OPT, report up to 147 TFLOP/s of each GPU (from memory).
    const rate = opt.predicted?.['tflops_per_gpu'] ?? 0;
    expect(rate).toBeGreaterThan(147 * 0.85);
    expect(rate).toBeLessThan(147 * 1.15);
  });

  it('runs one sequence of a model with experts at a time on GPUs', () => {
    const mixtral = { model: { name: 'Mixtral-8x7B' }, training: { tp: 2, pp: 4, ep: 8, dp: 8 } };
    expect(predict(mixtral).layout?.['micro_batch']).toBe(1);
    const stated = { ...mixtral, training: { ...mixtral.training, micro_batch: 2 } };
    expect(predict(stated).layout?.['micro_batch']).toBe(2);
    const dense = predict({ training: { tp: 2, pp: 1, dp: 32 } });
    expect(dense.layout?.['micro_batch']).toBeGreaterThan(1);
  });
});

describe('the range of a training case', () => {
  const stated = { tp: 4, pp: 1, dp: 16, micro_batch: 1, recompute: 'none' };
  const experts = { tp: 2, pp: 4, ep: 8, dp: 8, micro_batch: 1, recompute: 'none' };

  it.each([
    ['Usual', { training: stated }],
    ['Usual', { hardware: { accelerator: 'B200' }, training: { ...stated, precision: 'FP8' } }],
    ['Rare', { hardware: { accelerator: 'TPU v5p' }, training: stated }],
    ['Rare', { hardware: { accelerator: 'V100' }, training: { ...stated, precision: 'FP16' } }],
    ['Rare', { hardware: { accelerator: 'GH200 96GB', per_node: 4 }, training: stated }],
    ['Rare', { hardware: { accelerator: 'MI300X' }, training: stated }],
    ['Rare', { hardware: { accelerator: 'B200' }, training: { ...stated, precision: 'NVFP4' } }],
    ['Rare', { model: { name: 'Pythia 1.4B' }, training: stated }],
    ['Rare', { training: { ...stated, task: 'lora' } }],
    ['Open', { training: {} }],
    ['Usual', { training: { ...stated, tokens_total: 1e12 } }],
    ['Experts', { model: { name: 'Mixtral-8x7B' }, training: experts }],
    ['Experts', { model: { name: 'Mixtral-8x7B' }, training: {} }],
  ] as const)('is that of its kind: %s', (kind, changes) => {
    expect(range(predict(changes))).toBeCloseTo(fact(kind), 6);
  });

  it('is that of whole runs for their hours and days, whatever else is stated', () => {
    const whole = predict({ training: { ...stated, tokens_total: 1e12 } });
    for (const metric of ['gpu_hours', 'days']) {
      const { p10, p90 } = whole.interval?.[metric] ?? { p10: Number.NaN, p90: Number.NaN };
      expect(Math.sqrt(p90 / p10) - 1).toBeCloseTo(fact('Run'), 6);
    }
    expect(fact('Run')).toBeGreaterThan(fact('Usual'));
  });

  it('is narrowest where a layout is stated, wider for models with experts and for whole runs', () => {
    for (const kind of ['Rare', 'Open']) expect(fact('Usual')).toBeLessThan(fact(kind));
    for (const kind of ['Experts', 'Run']) {
      for (const other of ['Rare', 'Open']) expect(fact(other)).toBeLessThan(fact(kind));
    }
  });
});
