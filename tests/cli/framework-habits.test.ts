import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictionOf(accelerator: string, training: Record<string, unknown>, count = 64) {
  const one = {
    id: 'one',
    model: { name: 'Llama-2-7B' },
    hardware: { accelerator, count },
    training: {
      precision: 'BF16',
      seq_len: 4096,
      global_batch_seqs: 512,
      micro_batch: 1,
      tp: 4,
      pp: 1,
      ...training,
    },
  };
  const [prediction] = estimateCases([one], catalogue);
  if (!prediction?.predicted) throw new Error(prediction?.error ?? 'nothing predicted');
  return prediction;
}

function secondsOf(...given: Parameters<typeof predictionOf>): number {
  return predictionOf(...given).predicted?.['iteration_s'] ?? Number.NaN;
}

describe('recomputation that a case leaves open', () => {
  const recompute = (accelerator: string, framework?: string) =>
    predictionOf(accelerator, { framework }).layout?.['recompute'];

  it.each([
    ['Trainium1', 'Nemo Megatron (neuronx), Neuron 2.16', 'full'],
    ['Trainium1', 'NeuronX Distributed, Neuron 2.24', 'selective'],
    ['TPU v4', 'EasyLM (JAX)', 'full'],
    ['A100 SXM 80GB', 'XTuner', 'full'],
    ['TPU v5p', 'Levanter (JAX)', 'full'],
    ['H100 SXM 80GB', 'Marin grug (JAX)', 'full'],
    ['A100 SXM 80GB', 'LLaMA-Factory', 'full'],
    ['H100 SXM 80GB', 'torchtitan', 'selective'],
  ])('on %s is what %s does by itself: %s', (accelerator, framework, usual) => {
    expect(recompute(accelerator, framework)).toBe(usual);
  });

  it('is none where that fits and no framework is named, and what is stated stays', () => {
    expect(recompute('H100 SXM 80GB')).toBe('none');
    const stated = predictionOf('H100 SXM 80GB', { framework: 'torchtitan', recompute: 'none' });
    expect(stated.layout?.['recompute']).toBe('none');
  });
});

describe('micro-batches that a case leaves open', () => {
  const sharded = { tp: null, pp: null, micro_batch: null, zero_stage_or_fsdp: 'FSDP' };
  const microBatch = (training: Record<string, unknown>) =>
    predictionOf('H100 SXM 80GB', { ...sharded, ...training }).layout?.['micro_batch'];

  it('are the whole batch of a replica where software in JAX compiles a step over it', () => {
    const framework = 'Levanter (JAX)';
    expect(microBatch({ framework })).toBe(512 / 64);
    expect(microBatch({ framework, grad_accum: 4, dp: 64 })).toBe(2);
    expect(microBatch({ framework, micro_batch: 1 })).toBe(1);
  });

  it('are as few as fit there where the whole batch does not', () => {
    const framework = 'Levanter (JAX)';
    const pieces = Number(microBatch({ framework, seq_len: 65_536, global_batch_seqs: 1024 }));
    expect(pieces).toBeLessThan(16);
    expect(16 % pieces).toBe(0);
  });

  it('are those of usual size elsewhere', () => {
    expect(microBatch({ framework: 'PyTorch FSDP' })).toBeLessThan(512 / 64);
  });
});

describe('attention of a framework without a fused kernel', () => {
  it('of Neuron came in 2.19; before, scores were written to memory', () => {
    const seconds = (release: string) =>
      secondsOf('Trainium1', { framework: `NeuronX Distributed, Neuron ${release}` });
    expect(seconds('2.18')).toBeGreaterThan(1.05 * seconds('2.19'));
    expect(seconds('2.24')).toBe(seconds('2.19'));
  });

  it('of XLA needs Transformer Engine, and a stated kernel counts more', () => {
    const plain = { framework: 'JAX, XLA without Transformer Engine' };
    const seconds = secondsOf('A100 SXM 80GB', plain);
    expect(seconds).toBeGreaterThan(secondsOf('A100 SXM 80GB', { framework: 'JAX' }));
    const stated = { ...plain, attention_kernel: 'flash 2' };
    expect(secondsOf('A100 SXM 80GB', stated)).toBeLessThan(seconds);
  });

  it('is unfused where words say so, also where they name the kernel that is missing', () => {
    const seconds = (kernel: string) => secondsOf('H100 SXM 80GB', { attention_kernel: kernel });
    expect(seconds('unfused (no FlashAttention)')).toBe(seconds('unfused'));
    expect(seconds('without flash attention')).toBe(seconds('unfused'));
    expect(seconds('flash 2')).toBeLessThan(seconds('unfused'));
  });

  it('is a kernel of the first FlashAttention where its Triton version is named', () => {
    const seconds = (kernel: string) =>
      secondsOf('A100 SXM 80GB', { attention_kernel: kernel, seq_len: 32_768 });
    expect(seconds('FlashAttention (Triton)')).toBe(seconds('flash_attentionv1.0.8'));
    expect(seconds('FlashAttention (Triton)')).toBeGreaterThan(1.1 * seconds('flash 2'));
  });

  it('comes with Transformer Engine, also where the framework names it', () => {
    const seconds = (framework: string) =>
      secondsOf('H100 SXM 80GB', { framework, seq_len: 32_768 });
    const old = seconds('Megatron-LM');
    expect(seconds('Megatron-LM, TE 1.3')).toBeLessThan(0.9 * old);
    expect(seconds('Megatron-LM + Transformer Engine')).toBe(seconds('Megatron-LM, TE 1.3'));
    const ofMaker = (kernel: string) => secondsOf('MI300X', { attention_kernel: kernel });
    expect(ofMaker('CK fused attention')).toBe(ofMaker('FlashAttention 3'));
    const stated = { framework: 'Megatron-LM, TE 1.3', attention_kernel: 'flash 2' };
    expect(secondsOf('H100 SXM 80GB', { ...stated, seq_len: 32_768 })).toBe(old);
  });

  it('of TPUs is the first kernel where Pallas is named, and Splash attention else', () => {
    const seconds = (kernel?: string, framework?: string) =>
      secondsOf('TPU v6e', { attention_kernel: kernel, framework, tp: 1, seq_len: 8192 });
    expect(seconds('splash attention')).toBe(seconds());
    expect(seconds('flash')).toBe(seconds());
    expect(seconds('flash attention (Pallas)')).toBeGreaterThan(1.05 * seconds());
    // PyTorch calls the first kernel by itself, torchax that of JAX.
    const [xla, onJax] = ['torchprime (PyTorch/XLA 2.6)', 'torchprime torchax (JAX)'];
    expect(seconds(undefined, xla)).toBe(seconds('flash attention (Pallas)', xla));
    expect(seconds(undefined, onJax)).toBe(seconds('splash attention', onJax));
  });

  it('is that of Transformer Engine where it is abbreviated', () => {
    const seconds = (kernel: string) => secondsOf('H100 SXM 80GB', { attention_kernel: kernel });
    expect(seconds('TE/flash (auto)')).toBe(seconds('Transformer Engine'));
    expect(seconds('TE/flash (auto)')).toBeLessThan(seconds('flash 2'));
  });
});

describe('pipelines that a case leaves open', () => {
  const layout = (training: Record<string, unknown>) =>
    predictionOf('A100 SXM 80GB', { tp: 2, pp: 4, ...training }).layout;

  it('run stages whole under DeepSpeed, NeoX and torchtitan, and in chunks elsewhere', () => {
    for (const framework of ['Megatron-DeepSpeed', 'GPT-NeoX', 'torchtitan']) {
      expect(layout({ framework })).toMatchObject({ vpp: 1 });
      expect(layout({ framework, vpp: 2 })).toMatchObject({ vpp: 2 });
    }
    expect(layout({})?.['vpp']).toBeGreaterThan(1);
  });

  it('have as many micro-batches as stages under torchtitan', () => {
    // 512 sequences over 8 replicas in 4 micro-batches each.
    const open = { framework: 'torchtitan', micro_batch: undefined, seq_len: 512 };
    expect(layout(open)).toMatchObject({ micro_batch: 16, dp: 8 });
    expect(layout({ ...open, micro_batch: 2 })).toMatchObject({ micro_batch: 2 });
  });
});

describe('the software that a framework stands for', () => {
  const software = (accelerator: string, training: Record<string, unknown>) =>
    predictionOf(accelerator, training).layout?.['software'];

  it.each([
    'nanotron',
    'nnScaler',
    'Megatron-LM',
    'Megatron-LM + Transformer Engine',
    'DeepSpeed 0.14',
  ])('%s runs operation by operation on H100, as plain PyTorch does', (framework) => {
    expect(software('H100 SXM 80GB', { framework })).toBe('fused');
  });

  it.each(['Megatron-Core 0.6.0', 'NeMo 24.07', 'Megatron Bridge', 'MaxText (JAX)'])(
    '%s is today’s',
    (framework) => {
      expect(software('H100 SXM 80GB', { framework })).toBe('current');
    },
  );

  it('is today’s where it is the maker’s own recipes, on Megatron-LM or not', () => {
    const framework = 'Primus (Megatron-LM) + Primus-Turbo';
    expect(software('MI355X', { framework })).toBe('current');
  });

  it.each([
    'llm.c',
    'Megatron-Core 0.6.0',
    'lit-gpt, fused cross-entropy',
    'PyTorch + torch.compile',
  ])('%s is today’s on A100 too, where it computes faster than plain PyTorch', (framework) => {
    expect(software('A100 SXM 80GB', { framework })).toBe('current');
    const seconds = (given: Record<string, unknown>) => secondsOf('A100 SXM 80GB', given);
    expect(seconds({ framework })).toBeLessThan(seconds({ framework: 'Megatron-LM' }));
    expect(seconds({ compile: true })).toBeLessThan(seconds({}));
  });

  it('exchanges gradients in 32 bits with Megatron’s own optimizer, in 16 with recipes that say so', () => {
    const exposed = (zero: string, framework?: string) =>
      predictionOf('H100 SXM 80GB', { zero_stage_or_fsdp: zero, framework }, 512).breakdown?.[
        'data_parallel_s'
      ] ?? Number.NaN;
    const plain = exposed('ZeRO-1');
    expect(exposed('distributed optimizer')).toBeGreaterThan(1.2 * plain);
    expect(exposed('distributed optimizer', 'Megatron Bridge')).toBe(plain);
    expect(exposed('distributed optimizer, BF16 gradients')).toBe(plain);
  });

  it('fuses the loss by hand where it says so, and is faster for it', () => {
    const seconds = (framework: string) => secondsOf('A100 SXM 80GB', { framework });
    expect(seconds('lit-gpt, fused cross-entropy')).toBeLessThan(seconds('lit-gpt, torch.compile'));
    expect(seconds('Liger kernels')).toBe(seconds('lit-gpt, fused cross-entropy'));
  });

  it('has blocks side by side where it says so, which halves what tensor ranks exchange', () => {
    const spent = (framework: string) =>
      predictionOf('A100 SXM 80GB', { framework }).breakdown?.['tensor_parallel_s'] ?? Number.NaN;
    const parallel = spent('MegaScale (parallel transformer block)');
    expect(parallel / spent('MegaScale')).toBeCloseTo(0.5, 6);
  });

  it('of AMD’s parts before 8-bit formats is as old as that of the A100', () => {
    const plainGpt = { recompute: 'full' };
    const one = (accelerator: string) =>
      estimateCases(
        [
          {
            model: { params_total: 6.7e9, layers: 32, hidden: 4096, heads: 32, ffn: 16_384 },
            hardware: { accelerator, count: 64 },
            training: { precision: 'BF16', seq_len: 2048, tp: 2, pp: 1, ...plainGpt },
          },
        ],
        catalogue,
      )[0]?.layout?.['software'];
    expect(one('MI250X')).toBe('early');
    expect(one('MI250X')).toBe(one('A100 SXM 80GB'));
    expect(one('MI300X')).toBe('current');
  });
});

describe('what a case says of compiling', () => {
  const seconds = (training: Record<string, unknown>) =>
    secondsOf('H100 SXM 80GB', {
      zero_stage_or_fsdp: 'FSDP2 full shard',
      // With fewer tokens a layer waits for its weights, however it computes.
      micro_batch: 8,
      ...training,
    });

  it('may be a denial: "no compile" runs operation by operation', () => {
    const plain = seconds({ framework: 'torchtitan', compile: false });
    expect(seconds({ framework: 'torchtitan, no compile' })).toBe(plain);
    expect(seconds({ framework: 'torchtitan, torch.compile' })).toBeLessThan(plain);
  });

  it('is what nanochat and nanoGPT do by themselves', () => {
    const plain = { framework: 'PyTorch' };
    expect(seconds({ framework: 'nanochat (PyTorch)' })).toBeLessThan(seconds(plain));
  });
});

describe('torchtitan', () => {
  it('is that of its year where a container, a release or a year dates Megatron-LM', () => {
    const software = (accelerator: string, framework: string) =>
      predictionOf(accelerator, { framework }).layout?.['software'];
    expect(software('H100 SXM 80GB', 'Megatron-LM')).toBe('fused');
    expect(software('H100 SXM 80GB', 'Megatron-LM, NGC PyTorch 24.09')).toBe('current');
    expect(software('A100 SXM 80GB', 'Megatron-LM (2026)')).toBe('current');
    expect(software('A100 SXM 80GB', 'Megatron-LM (2023)')).not.toBe('current');
    // Outside the recipes of the vendor whatever its year, on the newest parts.
    expect(software('B200 180GB', 'Megatron-LM, TE 2.11')).toBe('fused');
  });

  it("is PyTorch's own parallelism also where it pipelines, and so is sharding named as PyTorch names it", () => {
    const software = (framework: string, sharding: string) => {
      const layout = { pp: 4, tp: 8, zero_stage_or_fsdp: sharding };
      return predictionOf('H100 SXM 80GB', { ...layout, framework }).layout?.['software'];
    };
    expect(software('torchtitan', 'FSDP')).toBe('fused');
    expect(software('a stack of our own', 'FSDP')).toBe('current');
    expect(software('a stack of our own', 'FSDP2')).toBe('fused');
    expect(software('NeMo AutoModel', 'FSDP2')).toBe('current');
  });
});

describe('copies of full sharding', () => {
  const visible = (zero_stage_or_fsdp: string, framework?: string) =>
    predictionOf('H100 SXM 80GB', { tp: 1, zero_stage_or_fsdp, framework, global_batch_seqs: 64 })
      .breakdown?.['data_parallel_s'] ?? Number.NaN;

  it("are those of gradients under PyTorch's first, of weights as well under its second and DeepSpeed", () => {
    const gradients = visible('FSDP');
    expect(visible('FSDP2')).toBeGreaterThan(1.2 * gradients);
    expect(visible('FSDP', 'torchtitan')).toBeGreaterThan(1.2 * gradients);
    expect(visible('ZeRO-3', 'DeepSpeed')).toBeGreaterThan(1.2 * gradients);
    expect(visible('FSDP', 'MaxText (JAX)')).toBeLessThan(gradients);
    expect(visible('FSDP', 'Megatron-Bridge')).toBeLessThan(gradients);
  });
});

describe('fused attention that a case only switches on', () => {
  const seconds = (training: Record<string, unknown>) =>
    secondsOf('A100 SXM 80GB', { precision: 'FP16', recompute: 'full', ...training });

  it('is that of the year of the software, and nothing where it is switched off', () => {
    const early = { framework: 'PaddlePaddle 2.5', zero_stage_or_fsdp: 'ZeRO-1' };
    const named = seconds({ ...early, attention_kernel: 'FlashAttention' });
    expect(seconds({ ...early, flash_attention: true })).toBe(named);
    expect(seconds({ ...early, flash_attention: 'FlashAttention-2' })).toBe(named);
    const old = { framework: 'PyTorch 1.13' };
    expect(seconds({ ...old, flash_attention: true })).toBe(
      seconds({ ...old, attention_kernel: 'flash v1' }),
    );
    expect(seconds({ ...early, flash_attention: false })).toBe(seconds(early));
  });
});

describe('sums of gradients', () => {
  it('have kernels of their own in DeepSpeed and PaddlePaddle', () => {
    const [plain = 0, ...apart] = ['Megatron-LM', 'PaddlePaddle 2.5', 'DeepSpeed'].map(
      (framework) =>
        predictionOf('H100 SXM 80GB', { framework, recompute: 'none' }).breakdown?.['optimizer_s'],
    );
    for (const seconds of apart) expect(seconds).toBeGreaterThan(2 * plain);
  });
});

describe('FlashAttention before its second version', () => {
  const seconds = (training: Record<string, unknown>) =>
    secondsOf('A100 SXM 80GB', { zero_stage_or_fsdp: 'FSDP', ...training });

  it('is what Triton and PyTorch 1 have', () => {
    const first = seconds({ attention_kernel: 'FlashAttention 1' });
    expect(seconds({ attention_kernel: 'FlashAttention (Triton)' })).toBe(first);
    const old = { framework: 'Composer, PyTorch 1.13' };
    expect(seconds({ ...old, attention_kernel: 'FlashAttention' })).toBe(
      seconds({ ...old, attention_kernel: 'flash v1' }),
    );
    expect(seconds({ attention_kernel: 'FlashAttention-2' })).toBeLessThan(first);
  });
});

describe('collectives of a named framework', () => {
  const onTpu = (framework: string, accelerator = 'TPU v6e', tp = 1) =>
    secondsOf(accelerator, {
      framework,
      tp,
      micro_batch: 8 * tp,
      zero_stage_or_fsdp: 'FSDP',
      recompute: 'full',
    });

  it('are waited for by PyTorch on TPUs, hidden by MaxText', () => {
    expect(onTpu('PyTorch/XLA 2.6')).toBeGreaterThan(1.01 * onTpu('MaxText'));
    const tensor = onTpu('torchprime', 'TPU v6e', 4) - onTpu('MaxText', 'TPU v6e', 4);
    expect(tensor).toBeGreaterThan(onTpu('torchprime') - onTpu('MaxText'));
    expect(onTpu('torchprime')).toBe(onTpu('PyTorch/XLA 2.6'));
  });

  it('are waited for by XLA on GPUs unless it is told to hide them', () => {
    const visible = (framework: string) =>
      predictionOf('H100 SXM 80GB', { framework, tp: 1, zero_stage_or_fsdp: 'FSDP' }).breakdown?.[
        'data_parallel_s'
      ] ?? Number.NaN;
    expect(visible('Paxml (JAX)')).toBeGreaterThan(1.5 * visible('MaxText (JAX)'));
    expect(visible('Levanter')).toBe(visible('Paxml (JAX)'));
    expect(visible('Paxml (JAX), latency-hiding scheduler')).toBe(visible('MaxText (JAX)'));
    expect(visible('NeMo 26.02, JAX 0.9.1')).toBe(visible('NeMo 26.02'));
  });

  it('are waited for by MaxText on GPUs where it spreads experts', () => {
    const visible = (framework: string) => {
      const training = { framework, ep: 8, dp: 64, micro_batch: 8, recompute: 'full' };
      const one = {
        id: 'experts',
        model: { name: 'DeepSeek-V3' },
        hardware: { accelerator: 'B200 180GB', count: 64, per_node: 8 },
        training: {
          ...training,
          precision: 'BF16',
          seq_len: 4096,
          global_batch_seqs: 512,
          zero_stage_or_fsdp: 'FSDP over 8 nodes with EP 8 in each',
        },
      };
      const [prediction] = estimateCases([one], catalogue);
      return prediction?.breakdown?.['data_parallel_s'] ?? Number.NaN;
    };
    expect(visible('MaxText (JAX)')).toBeGreaterThan(2 * visible('Megatron-Bridge'));
    expect(visible('MaxText (JAX), latency hiding')).toBe(visible('Megatron-Bridge'));
  });

  it('sum gradients in 32 bits under torchtitan', () => {
    const visible = (framework: string) =>
      predictionOf('H100 SXM 80GB', { framework, tp: 1, zero_stage_or_fsdp: 'FSDP2' }).breakdown?.[
        'data_parallel_s'
      ] ?? Number.NaN;
    // Weights are gathered twice in 16 bits, gradients scattered once: 8 bytes per parameter instead of 6.
    expect(visible('torchtitan') / visible('PyTorch FSDP')).toBeGreaterThan(1.1);
    expect(visible('torchtitan') / visible('PyTorch FSDP')).toBeLessThan(8 / 6 + 0.01);
  });
});
