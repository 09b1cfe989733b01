import { describe, expect, test } from 'vitest';
import { findImageModel } from '@engine/catalogue/find';
import { describeDevice } from '@engine/hardware/device';
import { imageSeconds } from '@engine/inference/image-service';
import { imageExchangeSeconds, imageParts, type ImageSplit } from '@engine/inference/image-split';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function deviceOf(id: string) {
  const part = catalogue.accelerators.get(id);
  if (part === undefined) throw new Error(`Not in the catalogue: ${id}.`);
  return describeDevice(part, null, catalogue.assumptions);
}

function modelOf(name: string) {
  const model = findImageModel(catalogue, name);
  if (model === null) throw new Error(`Not in the catalogue: ${name}.`);
  return model;
}

const by = (sequence: number, guidance = 1, stages = 1): ImageSplit => ({
  sequence,
  guidance,
  stages,
});

describe('an image shared by several accelerators', () => {
  test.each([
    [undefined, 1],
    [by(4), 4],
    [by(2, 2, 2), 8],
  ])('has as many parts as its kinds multiply to', (split, parts) => {
    expect(imageParts(split)).toBe(parts);
  });

  test('exchanges nothing where its tokens are not shared', () => {
    const [device, model] = [deviceOf('h100-sxm'), modelOf('FLUX.1-dev')];
    expect(imageExchangeSeconds(device, model, 1, undefined)).toBe(0);
    expect(imageExchangeSeconds(device, model, 1, by(1, 2))).toBe(0);
    expect(imageExchangeSeconds(device, model, 1, by(4))).toBeGreaterThan(0);
  });

  test('exchanges at least its volume over the link', () => {
    const [device, model] = [deviceOf('h100-sxm'), modelOf('FLUX.1-dev')];
    // 57 layers of 4,608 tokens of 3,072 numbers, four times, of which each of 4 sends three quarters of its quarter
    const bytes = 57 * 4 * 4608 * 3072 * 2 * (3 / 4) * (1 / 4);
    const bound = bytes / device.scaleUp.bytesPerSecond;
    const seconds = imageExchangeSeconds(device, model, 1, by(4));
    expect(seconds).toBeGreaterThan(bound);
    expect(seconds).toBeLessThan(10 * bound);
  });

  test('exchanges slower over a host bus', () => {
    const model = modelOf('FLUX.1-dev');
    const bus = imageExchangeSeconds(deviceOf('l40'), model, 1, by(4));
    expect(bus).toBeGreaterThan(3 * imageExchangeSeconds(deviceOf('h100-sxm'), model, 1, by(4)));
  });

  test('is made faster, and less so than by their number', () => {
    const [device, model] = [deviceOf('h100-sxm'), modelOf('FLUX.1-dev')];
    const run = {
      precision: 'bf16',
      steps: 28,
      resolution: 1024,
      isEager: false,
      batch: 1,
    } as const;
    const seconds = (split: ImageSplit) =>
      imageSeconds(device, model, { ...run, split }, catalogue.assumptions).total;
    const speedup = seconds(by(1)) / seconds(by(4));
    // xDiT, FLUX.1 dev on four H100, compiled: 4.30 s over 1.63 s
    expect(speedup).toBeGreaterThan(2);
    expect(speedup).toBeLessThan(3.5);
  });
});
