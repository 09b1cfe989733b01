import { describe, expect, test } from 'vitest';
import { findImageModel } from '@engine/catalogue/find';
import { describeDevice } from '@engine/hardware/device';
import { imageScale, imageSeconds, type ImageRun } from '@engine/inference/image-service';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function secondsOf(model: string, accelerator: string, changes: Partial<ImageRun> = {}): number {
  const found = findImageModel(catalogue, model);
  const part = catalogue.accelerators.get(accelerator);
  if (!found || !part) throw new Error(`Not in the catalogue: ${model}, ${accelerator}.`);
  const device = describeDevice(part, null, catalogue.assumptions);
  const run: ImageRun = {
    precision: 'fp16',
    steps: found.steps.value,
    resolution: found.resolution.value,
    isEager: false,
    batch: 1,
    ...changes,
  };
  return imageSeconds(device, found, run, catalogue.assumptions).total;
}

describe('the time of an image', () => {
  test.each([
    // fal-ai/stable-diffusion-benchmarks: SD 1.5, A100 80 GB, TensorRT 9.0, 50 steps
    ['SD-1.5', 'a100-sxm-80gb', 50, 0.819],
    // stabilityai/stable-diffusion-xl-1.0-tensorrt: H100, 30 steps
    ['SDXL-1.0', 'h100-sxm', 30, 1 / 0.68],
  ])('of %s on %s is near the published one', (model, accelerator, steps, seconds) => {
    expect(secondsOf(model, accelerator, { steps }) / seconds).toBeGreaterThan(0.6);
    expect(secondsOf(model, accelerator, { steps }) / seconds).toBeLessThan(1.5);
  });

  test('grows with steps and faster than with pixels, and shrinks with fewer bits', () => {
    const usual = secondsOf('FLUX.1-dev', 'h100-sxm');
    expect(secondsOf('FLUX.1-dev', 'h100-sxm', { steps: 100 })).toBeGreaterThan(1.9 * usual);
    expect(secondsOf('FLUX.1-dev', 'h100-sxm', { resolution: 2048 })).toBeGreaterThan(4 * usual);
    expect(secondsOf('FLUX.1-dev', 'h100-sxm', { precision: 'fp8' })).toBeLessThan(usual);
    expect(secondsOf('FLUX.1-dev', 'h100-sxm', { isEager: true })).toBeGreaterThan(usual);
  });
});

describe('where the time of an image goes', () => {
  test.each([
    // sgl-project/sglang pull request 33451: decoder of FLUX.2 at 1024 and 2048 pixels on an H200
    ['FLUX.2-klein-4B', 'h200-sxm', 1024, 0.0976],
    ['FLUX.2-klein-4B', 'h200-sxm', 2048, 0.437],
    // THU-MIG/edge-dit.cpp, docs/performance-4090.md: Diffusers in BF16
    ['SD3', 'rtx-4090', 1024, 0.269],
  ])('the decoder of %s on %s at %i pixels', (model, accelerator, resolution, seconds) => {
    const run = { precision: 'bf16', isEager: true, resolution } as const;
    const rest = catalogue.assumptions['serving.imageRequest']?.value ?? Number.NaN;
    const decoding = secondsOf(model, accelerator, { ...run, steps: 0 }) - rest / 1e3;
    expect(decoding / seconds).toBeGreaterThan(0.55);
    expect(decoding / seconds).toBeLessThan(1.3);
  });

  test('a server adds to every image what it does not to a step', () => {
    const added = (steps: number) =>
      secondsOf('FLUX.1-dev', 'h100-sxm', { steps, isServed: true }) -
      secondsOf('FLUX.1-dev', 'h100-sxm', { steps });
    expect(added(4)).toBeGreaterThan(0.05);
    expect(added(4)).toBeCloseTo(added(50), 6);
  });

  test('bandwidth counts: an H200 is faster than an H100 of the same arithmetic', () => {
    const ratio = secondsOf('SDXL-1.0', 'h100-sxm') / secondsOf('SDXL-1.0', 'h200-sxm');
    // MLPerf Inference v4.1: 2.177 over 2.056 images per second and part
    expect(ratio).toBeGreaterThan(1.01);
    expect(ratio).toBeLessThan(1.43);
  });

  test('fewer bits save less than they halve: attention and activations stay wide', () => {
    const ratio =
      secondsOf('SDXL-1.0', 'h100-sxm') / secondsOf('SDXL-1.0', 'h100-sxm', { precision: 'fp8' });
    expect(ratio).toBeGreaterThan(1.1);
    expect(ratio).toBeLessThan(2);
  });

  test('launching hides behind long uncompiled kernels, and shows behind short ones', () => {
    const model = findImageModel(catalogue, 'SD-1.5');
    const part = catalogue.accelerators.get('a100-sxm-80gb');
    if (!model || !part) throw new Error('Not in the catalogue.');
    const device = describeDevice(part, null, catalogue.assumptions);
    const run = { precision: 'fp16', steps: 50, isEager: true, batch: 1 } as const;
    const small = imageSeconds(device, model, { ...run, resolution: 512 }, catalogue.assumptions);
    const large = imageSeconds(device, model, { ...run, resolution: 1536 }, catalogue.assumptions);
    const request = catalogue.assumptions['serving.imageRequest']?.value ?? Number.NaN;
    expect(small.host).toBeGreaterThan(0.1 + request / 1000);
    expect(large.host - request / 1000).toBeLessThan(0.2 * (small.host - request / 1000));
    expect(large.host).toBeGreaterThan(request / 1000);
  });

  test('operators are launched faster in a desktop computer, where parts for games sit', () => {
    const small = { isEager: true, resolution: 64, steps: 30 } as const;
    const [desktop, server] = ['rtx-4090', 'l40s'].map((id) => secondsOf('SD-1.5', id, small));
    // 30 steps of SD 1.5: 1.02 s on an RTX 4080; 50 of them 1.24 s on an RTX 4090 and 1.5 to 2.3 s on an A100
    expect((server ?? Number.NaN) / (desktop ?? Number.NaN)).toBeGreaterThan(1.2);
  });

  test('engines throughout hand over an image at once', () => {
    const turbo = (id: string) =>
      secondsOf('SDXL-Turbo', id, { steps: 4, evaluationsPerStep: 1, isWholeEngine: true });
    // stabilityai/sdxl-turbo-tensorrt: 138.6 ms on an A100, 83.8 ms on an H100
    expect(turbo('a100-sxm-80gb') / 0.1386).toBeGreaterThan(0.7);
    expect(turbo('a100-sxm-80gb') / 0.1386).toBeLessThan(1.3);
    const framework = secondsOf('SDXL-Turbo', 'h100-sxm', { steps: 4, evaluationsPerStep: 1 });
    expect(framework - turbo('h100-sxm')).toBeGreaterThan(0.02);
  });

  test.each([
    ['SDXL-1.0', 512, 0.25],
    ['FLUX.1-dev', 1024, 1],
    // a quarter of 4,096 image tokens and all 512 of the text, over 4,608
    ['FLUX.1-dev', 512, 1536 / 4608],
  ])('%s at %d pixels is %d of the reference', (name, resolution, scale) => {
    const model = findImageModel(catalogue, name);
    if (!model) throw new Error(`Not in the catalogue: ${name}.`);
    expect(imageScale(model, resolution)).toBeCloseTo(scale, 12);
  });
});

describe('what software leaves of an image', () => {
  test('attention that is not fused moves its scores, twice as much in 32 bits', () => {
    const usual = { isEager: false } as const;
    const fused = secondsOf('SDXL-1.0', 'a100-sxm-80gb', usual);
    const narrow = secondsOf('SDXL-1.0', 'a100-sxm-80gb', { ...usual, scoreBits: 16 });
    const wide = secondsOf('SDXL-1.0', 'a100-sxm-80gb', { ...usual, scoreBits: 32 });
    // PyTorch's Accelerating Generative AI, part 3: 4.63 s over 3.31 s of 30 steps
    expect(narrow / fused).toBeGreaterThan(1.2);
    expect(narrow / fused).toBeLessThan(1.7);
    expect(wide - narrow).toBeCloseTo(narrow - fused, 9);
  });

  test('without guidance an image takes half of the evaluations', () => {
    const guided = secondsOf('SDXL-1.0', 'a100-sxm-80gb');
    const unguided = secondsOf('SDXL-1.0', 'a100-sxm-80gb', { evaluationsPerStep: 1 });
    expect(guided / unguided).toBeGreaterThan(1.5);
    expect(guided / unguided).toBeLessThan(2);
  });

  test('a decoder that overflows in FP16 takes longer there than in BF16', () => {
    const steps = 1;
    expect(secondsOf('SDXL-1.0', 'a100-sxm-80gb', { steps })).toBeGreaterThan(
      secondsOf('SDXL-1.0', 'a100-sxm-80gb', { steps, precision: 'bf16' }),
    );
    expect(secondsOf('SD-1.5', 'a100-sxm-80gb', { steps })).toBeCloseTo(
      secondsOf('SD-1.5', 'a100-sxm-80gb', { steps, precision: 'bf16' }),
      12,
    );
  });

  test.each(['gaudi2', 'tpu-v5e', 'apple-m2-ultra', 'rtx-4090', 'mi300x'])(
    'every kind of part has a time: %s',
    (id) => {
      const seconds = secondsOf('SDXL-1.0', id, { precision: 'fp16' });
      expect(seconds).toBeGreaterThan(0);
      expect(Number.isFinite(seconds)).toBe(true);
    },
  );
});
