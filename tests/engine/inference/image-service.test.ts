import { describe, expect, test } from 'vitest';
import { findImageModel } from '@engine/catalogue/find';
import { describeDevice } from '@engine/hardware/device';
import { imageSeconds, type ImageRun } from '@engine/inference/image-service';
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
