import { describe, expect, test } from 'vitest';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { imageSoftware } from '../../src/cli/estimate/image-software';
import { bundledCatalogue } from '@shared/catalogue/bundled';

/** Compilers that try kernels also add in 16 bits on parts for games. */
const choosing = { sumsIn16Bits: true, choosesKernels: true } as const;

describe('what the name of an engine says about images', () => {
  test.each([
    ['TensorRT 9.0', { isEager: false, ...choosing, isWholeEngine: true }],
    ['TensorRT 8.6.1', { isEager: false, sumsIn16Bits: true, isWholeEngine: true }],
    ['OneDiff nexfort (torch 2.3.0)', { isEager: false, ...choosing }],
    ['stable-fast', { isEager: false, ...choosing }],
    ['shark-ai 3.3.0', { isEager: false, choosesKernels: true }],
    ['ONNX Runtime 1.14.1 CUDA', { isEager: false }],
    ['xDiT (torch.compile)', { isEager: false }],
    ['xDiT (PyTorch eager)', { isEager: true }],
    ['Diffusers torch 2.1 SDPA', { isEager: true }],
    ['Diffusers torch 2.1 compiled channels-last', { isEager: false }],
    ['PyTorch 1.12 eager', { isEager: true, scoreBits: 32 }],
    ['Diffusers (Dec 2022)', { isEager: true, scoreBits: 32 }],
    ['Diffusers 0.30 dev, torch 2.4 eager', { isEager: true }],
    ['Diffusers torch nightly (Jan 2024) default attention', { isEager: true, scoreBits: 16 }],
    ['SD webui (torch 2.1, no SDPA, default attention)', { isEager: true, scoreBits: 16 }],
    ['Core ML ml-stable-diffusion (Nov 2022)', { isEager: false, scoreBits: 16 }],
    ['Optimum Habana 1.3', { isEager: false, scoreBits: 16 }],
    ['Optimum Habana 1.12', { isEager: false, scoreBits: 16 }],
    ['Optimum Habana 1.12, flash attention', { isEager: false }],
    ['MindSpore 2.3.0 (graph mode, jit O2)', { isEager: false, scoreBits: 16 }],
    ['stable-diffusion.cpp (ggml CUDA)', { isEager: false, scoreBits: 16 }],
    ['stable-diffusion.cpp --diffusion-fa, flash', { isEager: false }],
    ['AITemplate', { isEager: false, sumsIn16Bits: true }],
    ['Difflet (torch_xla 2.9.0, Pallas attention)', { isEager: false }],
    ['Difflet (NxD Inference, Neuron torch 2.9)', { isEager: false }],
    ['PyTorch NeuronX 1.13 (Neuron 2.16)', { isEager: false, scoreBits: 16 }],
    ['PyTorch 2.10 eager', { isEager: true }],
    ['SGLang-Diffusion 0.5.8', { isEager: false, isServed: true }],
    ['vLLM-Omni (Apr 2026)', { isEager: false, isServed: true }],
    [null, { isEager: false }],
  ])('%s', (engine, software) => {
    expect(imageSoftware(engine)).toEqual(software);
  });

  test.each([
    ['PyTorch 2.0 diffusers eager', { isEager: true, scoreBits: 16 }],
    ['Diffusers (2023)', { isEager: true, scoreBits: 16 }],
    ['Diffusers torch 2.1 SDPA', { isEager: true, scoreBits: 16 }],
    ['Diffusers torch 2.4 SDPA', { isEager: true }],
    ['PyTorch 1.12 eager', { isEager: true, scoreBits: 32 }],
    ['ONNX Runtime 1.15 ROCm', { isEager: false }],
    ['AITemplate', { isEager: false, sumsIn16Bits: true }],
  ])('%s on a part of AMD, whose PyTorch fuses attention from 2.3 on', (engine, software) => {
    expect(imageSoftware(engine, 'AMD')).toEqual(software);
  });
});

function imagesOf(accelerator: string, serving: object = {}, count = 1, name = 'SDXL-1.0') {
  const [found] = estimateCases(
    [
      {
        id: accelerator,
        model: { name },
        hardware: { accelerator, count },
        serving: { engine: 'Diffusers', weights_precision: 'FP16', mode: 'latency', ...serving },
      },
    ],
    bundledCatalogue,
  );
  if (found?.predicted?.images_per_s === undefined) throw new Error(found?.error ?? 'none');
  return { images: found.predicted.images_per_s, found };
}

describe('cases of images', () => {
  test('a name with fewer cores means fewer cores', () => {
    const whole = imagesOf('Apple M1 Max (32-core GPU)').images;
    const part = imagesOf('Apple M1 Max (24-core GPU)');
    expect(part.images / whole).toBeGreaterThan(0.74);
    expect(part.images / whole).toBeLessThan(0.95);
    expect(part.found.assumptions.join()).toContain('24 of 32 cores');
  });

  test('a die of a card of two is half of it', () => {
    const run = { batch_or_concurrency: 8 };
    const ratio = imagesOf('MI250X (1 GCD)', run).images / imagesOf('MI250X', run).images;
    expect(ratio).toBeGreaterThan(0.49);
    expect(ratio).toBeLessThan(0.6);
  });

  test('one request on several accelerators is shared, many are not', () => {
    const single = imagesOf('H100-SXM-80GB', { batch_or_concurrency: 1 }, 4);
    expect(single.found.layout).toEqual({ replicas: 1, accelerators_per_image: 4 });
    const many = imagesOf('H100-SXM-80GB', { mode: 'offline' }, 4);
    expect(many.found.layout).toEqual({ replicas: 4, accelerators_per_image: 1 });
    expect(many.images).toBeGreaterThan(single.images);
  });

  test('a stated split is taken', () => {
    const { found } = imagesOf('H100-SXM-80GB', { cfg_parallel: 2, sequence_parallel: 2 }, 8);
    expect(found.layout).toEqual({ replicas: 2, accelerators_per_image: 4 });
  });

  test('without guidance there are more images', () => {
    const steps = { steps: 20, batch_or_concurrency: 8 };
    const guided = imagesOf('H100-SXM-80GB', steps).images;
    expect(imagesOf('H100-SXM-80GB', { ...steps, cfg: false }).images).toBeGreaterThan(
      1.5 * guided,
    );
  });

  test('distilled variants run a pass a step, their base two', () => {
    const timeOf = (name: string, serving: object) =>
      1 / imagesOf('A100-SXM-80GB', { batch_or_concurrency: 1, ...serving }, 1, name).images;
    const large = timeOf('SD-3.5-Large', { steps: 28 });
    expect(timeOf('SD-3.5-Large-Turbo', { steps: 28 })).toBeLessThan(0.6 * large);
    expect(timeOf('SD-3.5-Large', { steps: 28, cfg: false })).toBeCloseTo(
      timeOf('SD-3.5-Large-Turbo', { steps: 28 }),
      6,
    );
    // A name that is both: few steps mean the distilled one, many the base.
    const short = timeOf('Z-Image', { steps: 9 }) / 9;
    expect(timeOf('Z-Image', { steps: 50 }) / 50).toBeGreaterThan(1.6 * short);
    expect(timeOf('SDXL-1.0', { engine: 'Diffusers + LCM-LoRA', steps: 10 })).toBeLessThan(
      0.8 * timeOf('SDXL-1.0', { steps: 10 }),
    );
    expect(timeOf('SD-3.5-Medium-Turbo', { steps: 8, cfg: true })).toBeGreaterThan(
      1.6 * timeOf('SD-3.5-Medium-Turbo', { steps: 8 }),
    );
  });

  test('pipelines make one image at a time where no batch is stated, benchmarks of MLPerf several', () => {
    const one = imagesOf('H100-SXM-80GB', { batch_or_concurrency: 1, steps: 30 }).images;
    expect(imagesOf('H100-SXM-80GB', { steps: 30, mode: 'offline' }).images).toBe(one);
    const entry = { steps: 30, mode: 'offline', mlperf_scenario: 'Offline' };
    expect(imagesOf('H100-SXM-80GB', entry).images).toBeGreaterThan(1.3 * one);
  });

  // THU-MIG/edge-dit.cpp, docs/performance-4090.md: end to end on an RTX 4090 of 24 GB
  test.each([
    ['FLUX.1-dev', 'Diffusers, sequential CPU offload', 20, 88.9],
    ['FLUX.1-dev', 'edge-dit.cpp (ggml CUDA), full offload', 20, 40.5],
    ['Qwen-Image', 'Diffusers, sequential CPU offload', 30, 388],
    ['Qwen-Image', 'edge-dit.cpp (ggml CUDA), full offload', 30, 214],
  ])('%s with weights in the memory of the host: %s', (name, engine, steps, seconds) => {
    const run = { engine, steps, weights_precision: 'BF16', batch_or_concurrency: 1 };
    const { images } = imagesOf('RTX 4090', { ...run, resolution: '1024x1024' }, 1, name);
    expect(1 / images / seconds).toBeGreaterThan(0.8);
    expect(1 / images / seconds).toBeLessThan(1.25);
  });

  test('what does not fit is fetched, and what fits is not', () => {
    const run = { engine: 'ComfyUI', steps: 30, batch_or_concurrency: 1 };
    const large = imagesOf('RTX 4090', { ...run, weights_precision: 'BF16' }, 1, 'Qwen-Image');
    expect(large.found.assumptions.join()).toContain('stay with the host');
    const small = imagesOf('RTX 4090', { ...run, weights_precision: 'Q4_K' }, 1, 'Qwen-Image');
    expect(small.found.assumptions.join()).not.toContain('stay with the host');
    expect(small.images).toBeGreaterThan(2 * large.images);
    const once = { ...run, weights_precision: 'BF16', engine: 'Diffusers, model CPU offload' };
    const whole = imagesOf('H100-SXM-80GB', { ...once, engine: 'Diffusers' }, 1, 'FLUX.1-dev');
    const fetched = imagesOf('H100-SXM-80GB', once, 1, 'FLUX.1-dev');
    expect(1 / fetched.images - 1 / whole.images).toBeLessThan(4);
    expect(1 / fetched.images - 1 / whole.images).toBeGreaterThan(0.5);
  });

  test('weights stored in fewer bits alone make products no faster', () => {
    const compiled = { engine: 'Diffusers (torch.compile)' };
    const usual = imagesOf('H100-SXM-80GB', compiled).images;
    for (const weights_precision of ['INT8 (weight only)', 'Q8_0', 'Q4_K'])
      expect(imagesOf('H100-SXM-80GB', { ...compiled, weights_precision }).images).toBeCloseTo(
        usual,
        6,
      );
  });

  test('frameworks widen 8-bit weights by operators of their own, at the cost of moving them', () => {
    const flux = (weights_precision: string) =>
      imagesOf('H100-SXM-80GB', { weights_precision, batch_or_concurrency: 1 }, 1, 'FLUX.1-dev')
        .images;
    // huggingface/blog, diffusers-quantization: 12 s in BF16, 15 s with torchao's 8-bit weights, 12 s with NF4
    const slower = flux('BF16') / flux('INT8 (weight only)');
    expect(slower).toBeGreaterThan(1.1);
    expect(slower).toBeLessThan(1.4);
    expect(flux('NF4 (weight only)')).toBeCloseTo(flux('BF16'), 2);
  });

  test('an interface that widens 8-bit weights makes products no faster, unless told to', () => {
    const inBits = (engine: string, weights_precision: string) =>
      imagesOf('RTX 4090', { engine, weights_precision }).images;
    expect(inBits('ComfyUI', 'FP8')).toBeCloseTo(inBits('ComfyUI', 'BF16'), 6);
    expect(inBits('ComfyUI --fast', 'FP8')).toBeGreaterThan(1.05 * inBits('ComfyUI', 'FP8'));
  });

  test.each([
    ['Sana-0.6B', 'PyTorch / Diffusers (Mar 2025)', 20, 10, 'A100-SXM-80GB', 1.7],
    ['Sana-Sprint-0.6B', 'PyTorch / Diffusers (Mar 2025)', 4, 1, 'A100-SXM-80GB', 3.125],
  ])(
    '%s is a model of its own, at the speed its paper prints',
    (name, engine, steps, batch, part, printed) => {
      // https://arxiv.org/abs/2503.09641, table of SANA-Sprint, as in the measurements
      const run = { engine, weights_precision: 'BF16', steps, batch_or_concurrency: batch };
      const { images, found } = imagesOf(part, run, 1, name);
      expect(found.assumptions.join()).not.toContain('not in the catalogue');
      expect(Math.abs(images / printed - 1)).toBeLessThan(0.25);
    },
  );

  test('editing an image reads it beside the one that is made', () => {
    for (const name of ['FLUX.1-dev', 'Qwen-Image']) {
      const steps = { steps: 20, batch_or_concurrency: 1 };
      const made = imagesOf('H100-SXM-80GB', steps, 1, name).images;
      const edits = name === 'Qwen-Image' ? 'Qwen-Image-Edit' : 'FLUX.1-Kontext-dev';
      const edited = imagesOf('H100-SXM-80GB', steps, 1, edits).images;
      expect(made / edited).toBeGreaterThan(1.8);
      expect(made / edited).toBeLessThan(2.6);
    }
  });

  test('images together are shared out among accelerators that make each their own', () => {
    const run = { batch_or_concurrency: 8, mode: 'offline' };
    const alone = imagesOf('H100-SXM-80GB', { ...run, batch_or_concurrency: 2 }).images;
    expect(imagesOf('H100-SXM-80GB', run, 4).images).toBeCloseTo(4 * alone, 6);
  });

  test('32 bits run in TF32 where a part has it', () => {
    const { found, images } = imagesOf('A100-SXM4-80GB', { weights_precision: 'FP32' });
    expect(found.assumptions.join()).toContain('TF32');
    expect(images).toBeGreaterThan(imagesOf('A100-SXM4-80GB').images / 4);
  });
});

describe('an image generator that the catalogue does not know', () => {
  const unknown = (model: object, serving: object = { steps: 9, resolution: '1024x1024' }) =>
    estimateCases(
      [
        {
          id: 'one',
          model,
          hardware: { accelerator: 'L20', count: 1 },
          serving: { engine: 'diffusers', weights_precision: 'BF16', mode: 'latency', ...serving },
        },
      ],
      bundledCatalogue,
    )[0];

  test('is one of its size, and says so', () => {
    const small = unknown({ name: 'Unheard-of-Turbo', params_total: 6.15e9 });
    const large = unknown({ name: 'Unheard-of-Turbo', params_total: 40e9 });
    expect(small?.predicted?.images_per_s).toBeGreaterThan(0);
    expect(large?.predicted?.images_per_s).toBeLessThan(
      (small?.predicted?.images_per_s ?? 0) / 1.5,
    );
    expect(small?.assumptions.join()).toContain('an image transformer of 6.15 billion parameters');
  });

  test('of another size than its namesake is not taken for it', () => {
    const assumed = (model: object) => unknown(model)?.assumptions.join() ?? '';
    expect(assumed({ name: 'FLUX.2-klein-9B', params_total: 9e9 })).not.toContain('not in the');
    expect(assumed({ name: 'FLUX.2-small-2B', params_total: 2e9 })).toContain('2 billion');
    expect(assumed({ name: 'FLUX.2', params_total: 9e9 })).toContain('9 billion');
    expect(assumed({ name: 'SDXL-1.0', params_total: 3.5e9 })).not.toContain('not in the');
  });

  test('needs no guidance where it is distilled', () => {
    const rate = (name: string) =>
      unknown({ name, params_total: 6e9 })?.predicted?.images_per_s ?? Number.NaN;
    expect(rate('Unheard-of-Turbo') / rate('Unheard-of-Base')).toBeGreaterThan(1.7);
  });

  test('without a size is a named problem', () => {
    expect(unknown({ name: 'Unheard-of' })?.error).toBe(
      "The catalogue has no generator of images or videos named 'Unheard-of'. Give its size (params_total) or another name.",
    );
  });
});
