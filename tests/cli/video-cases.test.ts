import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { findVideoModel } from '@engine/catalogue/find';
import { bundledCatalogue } from '@shared/catalogue/bundled';

interface Measurement {
  readonly id: string;
  readonly measured: { readonly seconds_per_video: number };
}

const measurements = JSON.parse(
  readFileSync('tests/calibration/measurements/images-video.json', 'utf8'),
) as readonly Measurement[];

function video(serving: object = {}, name = 'HunyuanVideo', accelerator = 'H100', count = 1) {
  const engine = 'PyTorch eager, flash-attn 2';
  const stated = { engine, weights_precision: 'BF16', mode: 'latency', batch_or_concurrency: 1 };
  const [found] = estimateCases(
    [
      {
        id: 'video',
        model: { name },
        hardware: { accelerator, count },
        serving: { ...stated, ...serving },
      },
    ],
    bundledCatalogue,
  );
  const seconds = found?.predicted?.['seconds_per_video'];
  if (seconds === undefined) throw new Error(found?.error ?? 'none');
  return { seconds, found };
}

describe('a generator of videos', () => {
  test.each([
    ['Wan2.1-T2V-14B', 'wan-2.1-t2v-14b'],
    ['Wan-AI/Wan2.1-T2V-1.3B-Diffusers', 'wan-2.1-t2v-1.3b'],
    ['Wan2.1-I2V-14B-480P', 'wan-2.1-t2v-14b'],
    ['Wan2.2-T2V-A14B', 'wan-2.2-a14b'],
    ['Wan2.2-TI2V-5B', 'wan-2.2-ti2v-5b'],
    ['HunyuanVideo', 'hunyuanvideo'],
    ['HunyuanVideo-1.5', 'hunyuanvideo-1.5'],
    ['CogVideoX-5b', 'cogvideox-5b'],
    ['CogVideoX1.5-5B-I2V', 'cogvideox-1.5-5b'],
    ['LTX-Video', 'ltx-video-2b'],
    ['genmo/mochi-1-preview', 'mochi-1'],
  ])('is found as %s', (name, id) => {
    expect(findVideoModel(bundledCatalogue, name)?.id).toBe(id);
  });

  test('is not taken for one of images, nor one of images for it', () => {
    expect(findVideoModel(bundledCatalogue, 'Hunyuan-DiT')).toBeNull();
    expect(findVideoModel(bundledCatalogue, 'FLUX.1-dev')).toBeNull();
  });

  test('is told in seconds of a video and videos a second, never in images', () => {
    const { seconds, found } = video({ steps: 50, frames: 129, resolution: '1280x720' });
    expect(found?.predicted?.['videos_per_s']).toBeCloseTo(1 / seconds, 12);
    expect(found?.predicted).not.toHaveProperty('images_per_s');
    expect(found?.interval?.['seconds_per_video']?.p90).toBeGreaterThan(seconds);
  });

  test('takes the frames that are stated, else those of its own length at the stated rate', () => {
    const whole = video({ frames: 129 }).seconds;
    expect(video().seconds).toBe(whole);
    expect(video({ fps: 12 }).seconds).toBe(video({ frames: 65 }).seconds);
    expect(video().found?.assumptions).toContain('129 frames: not given');
  });

  test('counts frames by the tokens they make: the first alone, then four together', () => {
    const at = (frames: number) => video({ frames, steps: 1000 }).seconds;
    expect(at(5) / at(1)).toBeGreaterThan(1.9);
    // Decoding aside, 126 to 129 frames are as many tokens.
    expect(at(126) / at(129)).toBeGreaterThan(0.995);
    expect(at(125) / at(126)).toBeLessThan(0.98);
  });

  test('takes longer than in proportion where it is longer, and in proportion to its steps', () => {
    const decoding = video({ steps: 1 }).seconds;
    const ten = video({ steps: 11 }).seconds - decoding;
    expect((video({ steps: 21 }).seconds - decoding) / ten).toBeCloseTo(2, 2);
    expect(video({ frames: 129 }).seconds / video({ frames: 65 }).seconds).toBeGreaterThan(2.5);
  });

  test('runs two passes a step where it is guided', () => {
    const guided = video({ cfg: true }, 'Wan2.1-T2V-14B').seconds;
    expect(guided / video({ cfg: false }, 'Wan2.1-T2V-14B').seconds).toBeGreaterThan(1.9);
  });

  test('is shared by accelerators as an image is, but for its decoder', () => {
    const one = video().seconds;
    const eight = video({ sequence_parallel: 8 }, 'HunyuanVideo', 'H100', 8).seconds;
    expect(one / eight).toBeGreaterThan(5);
    expect(one / eight).toBeLessThan(8);
  });

  test('that the catalogue does not have needs another name: frames of tokens are not known', () => {
    expect(() => video({ frames: 33 }, 'Unheard-of')).toThrow('no generator of images or videos');
  });
});

describe('attention of videos', () => {
  // Wan2.2 issue 39: 1600 s with FlashAttention 2, 1041 s with 3.
  test('takes longer on an H100 with kernels written for Ampere', () => {
    const at = (engine: string) =>
      video({ engine, resolution: '1280x720' }, 'Wan2.2-T2V-A14B').seconds;
    const ratio = at('PyTorch eager, flash-attn 2') / at('PyTorch eager, FlashAttention-3');
    expect(ratio).toBeGreaterThan(1.3);
    expect(ratio).toBeLessThan(1.9);
  });
});

test('published times of videos are met within a factor of two and a half, most much closer', () => {
  const found = estimateCases(measurements, bundledCatalogue);
  const ratios = measurements.map(
    ({ measured }, index) =>
      (found[index]?.predicted?.['seconds_per_video'] ?? Number.NaN) / measured.seconds_per_video,
  );
  for (const ratio of ratios) {
    expect(ratio).toBeGreaterThan(1 / 2.5);
    expect(ratio).toBeLessThan(2.5);
  }
  const errors = ratios.map((ratio) => Math.abs(Math.log(ratio))).toSorted((a, b) => a - b);
  expect(errors[Math.floor(errors.length / 2)]).toBeLessThan(Math.log(1.5));
});
