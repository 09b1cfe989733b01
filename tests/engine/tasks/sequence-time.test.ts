import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { encoderFlop, encoderSeconds, prepareNetwork } from '@engine/tasks/sequence-time';
import { findTaskModel } from '@engine/tasks/task-context';
import { taskSize } from '@engine/tasks/task-size';
import { prepareTask, type TaskReplica } from '@engine/tasks/task-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, quantity } from '../../fixtures/engine-fixture';

const { assumptions } = catalogue;
const h100 = describeDevice(acceleratorOf('h100-sxm'), null, assumptions);
const a100 = describeDevice(acceleratorOf('a100-sxm-80gb'), null, assumptions);

function encoderOf(id: string) {
  const row = catalogue.sequenceModels.get(id);
  if (row === undefined) throw new Error(`The catalogue has no ${id}.`);
  return row;
}

function whisper(id: string, audioSeconds = 30, device = a100): TaskReplica {
  const model = findTaskModel(catalogue, 'speech', id);
  if (model === null) throw new Error(`The catalogue has no ${id}.`);
  const size = taskSize({ audioSeconds: quantity(audioSeconds) }, model, assumptions);
  return prepareTask({ device, precision: 'fp16', assumptions }, model, size);
}

describe('the work of an encoder', () => {
  test('of BERT large on 512 tokens is near 2 · parameters in layers · tokens', () => {
    const { encoder } = encoderOf('bge-large-en-v1.5');
    const layers = 24 * 12 * 1024 ** 2;
    const attention = 4 * 24 * 512 * 1024;
    expect(encoderFlop(encoder, 512, false) / (512 * (2 * layers + attention))).toBeCloseTo(1, 2);
  });

  test('is less where a token sees only those before it', () => {
    const { encoder } = encoderOf('bge-m3');
    expect(encoderFlop(encoder, 8192, true)).toBeLessThan(encoderFlop(encoder, 8192, false));
  });
});

describe('the time of an encoder', () => {
  const { encoder } = encoderOf('bge-large-en-v1.5');
  const network = prepareNetwork(h100, encoder, 'bf16', assumptions);

  test('is never shorter than its work at the peak rate', () => {
    for (const texts of [1, 8, 64, 256]) {
      const { busy, overhead } = encoderSeconds(network, texts, 512, false);
      const peak = h100.rates.bf16?.peakFlopPerSecond ?? 0;
      expect(busy + overhead).toBeGreaterThan((texts * encoderFlop(encoder, 512, false)) / peak);
    }
  });

  test('per text falls as more texts share the launching of kernels', () => {
    const perText = [1, 4, 16, 64].map((texts) => {
      const { busy, overhead } = encoderSeconds(network, texts, 128, false);
      return (busy + overhead) / texts;
    });
    expect(perText).toEqual(perText.toSorted((one, other) => other - one));
  });
});

describe('Whisper', () => {
  // openai/whisper, README: relative speeds on an A100, English (from memory): large 1, medium 2, small 4, turbo 8, run operator by
  // operator; faster-whisper, README (from memory): turbo 3.3 times as fast as large v2 with a compiled engine.
  test.each([
    ['whisper-medium', 1.2, 4],
    ['whisper-small', 2, 8],
    ['whisper-large-v3-turbo', 2, 9],
  ])('%s is faster than large v3 about as published', (id, least, most) => {
    const ratio = whisper('whisper-large-v3').at(1).seconds / whisper(id).at(1).seconds;
    expect(ratio).toBeGreaterThan(least);
    expect(ratio).toBeLessThan(most);
  });

  test('spends most of its time on writing when it hears one window at a time', () => {
    const [largest] = whisper('whisper-large-v3')
      .at(1)
      .parts.toSorted((one, other) => other.seconds - one.seconds);
    expect(largest?.key).toBe('writing');
  });

  test('needs for two windows at most twice the time of one, and for an hour no more than 120 times', () => {
    const one = whisper('whisper-large-v3').at(1).seconds;
    expect(whisper('whisper-large-v3', 60).at(1).seconds).toBeLessThanOrEqual(2 * one);
    expect(whisper('whisper-large-v3', 3600).at(1).seconds).toBeLessThan(120 * one);
  });

  test('holds fewer windows in a smaller memory, and none where it does not fit', () => {
    const l4 = describeDevice(acceleratorOf('l4'), null, assumptions);
    const small = whisper('whisper-large-v3', 30, l4).largestBatch;
    expect(small).toBeGreaterThan(0);
    expect(small).toBeLessThan(whisper('whisper-large-v3', 30, h100).largestBatch);
    const tiny = { ...l4, memoryBytes: 2e9 };
    expect(whisper('whisper-large-v3', 30, tiny).largestBatch).toBe(0);
  });
});
