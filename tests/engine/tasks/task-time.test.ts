import { describe, expect, it } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { imageSeconds } from '@engine/inference/image-service';
import type { Precision } from '@engine/catalogue/types';
import type { TaskKind, TaskWorkload } from '@engine/plan';
import { findTaskModel } from '@engine/tasks/task-context';
import { taskSize } from '@engine/tasks/task-size';
import { prepareTask, type TaskReplica } from '@engine/tasks/task-time';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, quantity } from '../../fixtures/engine-fixture';
import { taskKinds, usualModels } from '../../fixtures/task-fixture';

const { assumptions } = catalogue;

interface Choice {
  readonly modelId?: string;
  readonly acceleratorId?: string;
  readonly precision?: Precision;
  readonly changes?: Partial<TaskWorkload>;
}

function replicaOf(task: TaskKind, choice: Choice = {}): TaskReplica {
  const { modelId = usualModels[task], acceleratorId = 'h100-sxm' } = choice;
  const { precision = 'bf16', changes = {} } = choice;
  const model = findTaskModel(catalogue, task, modelId);
  if (model === null) throw new Error(`The catalogue has no ${modelId}.`);
  const device = describeDevice(acceleratorOf(acceleratorId), null, assumptions);
  const size = taskSize(changes, model, assumptions);
  return prepareTask({ device, precision, assumptions }, model, size);
}

describe.each(taskKinds)('a batch of the kind %s', (task) => {
  const replica = replicaOf(task);
  const sizes = [1, 2, 4, 8].filter((size) => size <= replica.largestBatch);

  it('takes as long as its parts', () => {
    for (const size of sizes) {
      const { seconds, parts, requests } = replica.at(size);
      expect(requests).toBe(size);
      const sum = parts.reduce((total, part) => total + part.seconds, 0);
      expect(sum).toBeCloseTo(seconds, 12);
      for (const part of parts) expect(part.seconds, part.label).toBeGreaterThanOrEqual(0);
    }
  });

  it('takes longer the more requests it has, and less for each', () => {
    const whole = sizes.map((size) => replica.at(size).seconds);
    const each = sizes.map((size) => replica.at(size).seconds / size);
    expect(whole).toEqual(whole.toSorted((one, other) => one - other));
    for (const [index, seconds] of each.slice(1).entries()) {
      expect(seconds).toBeLessThanOrEqual((each[index] ?? 0) * (1 + 1e-9));
    }
  });

  it('never runs above the peak of the part', () => {
    const peak = describeDevice(acceleratorOf('h100-sxm'), null, assumptions).rates.bf16;
    const { seconds } = replica.at(8);
    const reached = (8 * replica.flopPerRequest) / seconds / (peak?.peakFlopPerSecond ?? 0);
    expect(reached).toBeLessThan(1);
    expect(reached).toBeGreaterThan(0.01);
  });

  it('is faster on a newer part, and slower on a CPU', () => {
    const seconds = (acceleratorId: string) => replicaOf(task, { acceleratorId }).at(8).seconds;
    expect(seconds('h100-sxm')).toBeLessThan(seconds('a100-sxm-80gb'));
    expect(seconds('a100-sxm-80gb')).toBeLessThan(seconds('l4'));
    expect(seconds('xeon-6980p')).toBeGreaterThan(seconds('h100-sxm'));
  });

  it('needs more memory in a wider format', () => {
    const bytes = (precision: Precision) => replicaOf(task, { precision }).weightBytes;
    expect(bytes('fp32')).toBeGreaterThan(1.5 * bytes('bf16'));
  });
});

describe('images', () => {
  it('take what the model of an image says', () => {
    const row = catalogue.imageModels.get('sdxl');
    if (row === undefined) throw new Error('It is there.');
    const device = describeDevice(acceleratorOf('h100-sxm'), null, assumptions);
    const run = { precision: 'bf16', steps: 20, resolution: 1024, isEager: false } as const;
    const alone = imageSeconds(device, row, { ...run, batch: 1 }, assumptions);
    expect(replicaOf('image').at(1).seconds).toBeCloseTo(alone.total, 12);
    expect(replicaOf('image').flopPerRequest).toBe(alone.flop);
  });

  it('do not fit where the denoiser is larger than the memory', () => {
    const choice = { modelId: 'flux.1-dev', precision: 'fp64' } as const;
    expect(replicaOf('image', { ...choice, acceleratorId: 'l4' }).largestBatch).toBe(0);
    expect(replicaOf('image', { modelId: 'flux.1-dev' }).largestBatch).toBeGreaterThan(0);
  });
});

describe('texts', () => {
  it('take about as long per token whether long or short, once there are enough of them', () => {
    const rate = (tokens: number) => {
      const replica = replicaOf('embedding', { changes: { textTokens: quantity(tokens) } });
      return (256 * tokens) / replica.at(256).seconds;
    };
    expect(rate(512) / rate(128)).toBeGreaterThan(0.7);
    expect(rate(512) / rate(128)).toBeLessThan(1.5);
  });

  it('take about as many times longer as the model is larger', () => {
    const large = replicaOf('embedding').at(64).seconds;
    const base = replicaOf('embedding', { modelId: 'bge-base-en-v1.5' }).at(64).seconds;
    expect(large / base).toBeGreaterThan(2.2);
    expect(large / base).toBeLessThan(5);
  });

  it('do not fit where the model is larger than the memory', () => {
    const choice = { modelId: 'qwen3-embedding-8b', acceleratorId: 'l4' } as const;
    expect(replicaOf('embedding', { ...choice, precision: 'fp32' }).largestBatch).toBe(0);
    expect(replicaOf('embedding', { ...choice, precision: 'bf16' }).largestBatch).toBeGreaterThan(
      0,
    );
  });
});

describe('recordings', () => {
  it('of an hour are heard in several passes where the memory holds fewer windows', () => {
    const changes = { audioSeconds: quantity(36_000) };
    const replica = replicaOf('speech', { changes, acceleratorId: 'l4' });
    expect(replica.largestBatch).toBe(1);
    const short = replicaOf('speech', { acceleratorId: 'l4' });
    expect(replica.at(1).seconds).toBeGreaterThan(10 * short.at(1).seconds);
  });

  it('of ten seconds cost as much hearing as of thirty, and less writing', () => {
    const partsOf = (seconds: number) => {
      const { parts } = replicaOf('speech', { changes: { audioSeconds: quantity(seconds) } }).at(1);
      return Object.fromEntries(parts.map((part) => [part.key, part.seconds]));
    };
    const [ten, thirty] = [partsOf(10), partsOf(30)];
    expect(ten['encoder']).toBe(thirty['encoder']);
    expect(ten['crossKeys']).toBe(thirty['crossKeys']);
    expect(ten['writing'] ?? 0).toBeLessThan(0.4 * (thirty['writing'] ?? 0));
  });
});

describe('a size of another task than the model’s', () => {
  it('is a defect of the caller', () => {
    const model = findTaskModel(catalogue, 'image', 'sdxl');
    if (model === null) throw new Error('It is there.');
    const device = describeDevice(acceleratorOf('h100-sxm'), null, assumptions);
    const size = { task: 'embedding', tokens: 1 } as const;
    expect(() => prepareTask({ device, precision: 'bf16', assumptions }, model, size)).toThrow(
      TypeError,
    );
  });
});

describe('a video', () => {
  const secondsOf = (changes: Partial<TaskWorkload>) =>
    replicaOf('video', { modelId: 'hunyuanvideo', changes }).at(1).seconds;

  it('takes what published ones take: HunyuanVideo on an H100, xDiT’s report', () => {
    const changes = { videoSeconds: quantity(128 / 24), videoLines: quantity(720) };
    // With FlashAttention 2, 1,904 s; with FlashAttention 3 at some fewer frames, 945 s.
    expect(secondsOf(changes)).toBeGreaterThan(700);
    expect(secondsOf(changes)).toBeLessThan(2_400);
  });

  it('takes longer than in proportion where it is longer or larger', () => {
    const usual = secondsOf({ videoSeconds: quantity(2) });
    expect(secondsOf({ videoSeconds: quantity(4) })).toBeGreaterThan(2.2 * usual);
    expect(secondsOf({ videoSeconds: quantity(2), videoLines: quantity(480) })).toBeLessThan(
      usual / 2.25,
    );
  });

  it('is made one at a time', () => {
    expect(replicaOf('video').largestBatch).toBe(1);
  });
});
