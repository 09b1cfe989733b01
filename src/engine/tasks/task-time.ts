import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { imageSeconds, throughputBatchKey } from '../inference/image-service';
import { servingMemory } from '../inference/capacity';
import { bytesPerElement } from '../model/precision';
import {
  encoderFlop,
  encoderSeconds,
  prepareNetwork,
  transcriptFlop,
  transcriptSeconds,
  windowsInMemory,
  withCrossAttention,
} from './sequence-time';
import type { TaskModel } from './task-context';
import { taskAssumptionKeys, type TaskSize } from './task-size';

/** One share of the time of a batch, in seconds. */
export interface TaskPart {
  readonly key: string;
  readonly label: string;
  readonly seconds: number;
}

/** What one accelerator does with several requests at once. */
export interface TaskBatch {
  readonly requests: number;
  readonly seconds: number;
  readonly parts: readonly TaskPart[];
}

/** One accelerator with a model on it, ready to be timed. */
export interface TaskReplica {
  readonly weightBytes: number;
  /** memory that weights and work may take */
  readonly usableBytes: number;
  readonly flopPerRequest: number;
  /** requests together at most: 0 when the model does not fit */
  readonly largestBatch: number;
  readonly at: (requests: number) => TaskBatch;
}

interface TaskSetup {
  readonly device: Device;
  readonly precision: Precision;
  readonly assumptions: Assumptions;
}

/** Prepares one accelerator for a kind of request. */
export function prepareTask(setup: TaskSetup, model: TaskModel, size: TaskSize): TaskReplica {
  if (model.task === 'image' && size.task === 'image') {
    const most = assumptionValue(setup.assumptions, throughputBatchKey);
    return generatorReplica(setup, model.row, size, most);
  }
  // Many times more tokens than an image has keep an accelerator as busy as several images do.
  if (model.task === 'video' && size.task === 'video') {
    return generatorReplica(setup, model.row, size, 1);
  }
  if (model.task === 'embedding' && size.task === 'embedding') {
    return textReplica(setup, model, size);
  }
  if (model.task === 'speech' && size.task === 'speech') return speechReplica(setup, model, size);
  throw new TypeError('The size of a request is that of another task than its model’s.');
}

function batchOf(requests: number, parts: readonly TaskPart[]): TaskBatch {
  return { requests, parts, seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0) };
}

function generatorReplica(
  { device, precision, assumptions }: TaskSetup,
  row: ImageModel,
  size: Extract<TaskSize, { task: 'image' | 'video' }>,
  largestBatch: number,
): TaskReplica {
  const weightBytes = row.parameters.value * bytesPerElement(precision);
  const usableBytes = device.memoryBytes;
  const frames = size.task === 'video' ? { frames: size.frames } : {};
  const run = {
    precision,
    steps: size.steps,
    resolution: size.edge,
    isEager: false,
    ...frames,
  };
  return {
    weightBytes,
    usableBytes,
    flopPerRequest: imageSeconds(device, row, { ...run, batch: 1 }, assumptions).flop,
    largestBatch: weightBytes < usableBytes ? largestBatch : 0,
    at: (requests) => {
      const image = imageSeconds(device, row, { ...run, batch: requests }, assumptions);
      return batchOf(requests, [
        {
          key: 'arithmetic',
          label: 'Denoising and decoding',
          seconds: requests * image.arithmetic,
        },
        { key: 'host', label: 'Launching the steps', seconds: requests * image.host },
      ]);
    },
  };
}

function textReplica(
  setup: TaskSetup,
  { row }: Extract<TaskModel, { task: 'embedding' }>,
  { tokens }: Extract<TaskSize, { task: 'embedding' }>,
): TaskReplica {
  const { device, precision, assumptions } = setup;
  const network = prepareNetwork(device, row.encoder, precision, assumptions);
  const memory = servingMemory(network);
  return {
    weightBytes: network.weightBytes,
    usableBytes: memory.usable - memory.workspace,
    flopPerRequest: encoderFlop(row.encoder, tokens, row.isCausal),
    largestBatch:
      memory.cache > 0 ? assumptionValue(assumptions, taskAssumptionKeys.largestBatch) : 0,
    at: (requests) => {
      const { busy, overhead } = encoderSeconds(network, requests, tokens, row.isCausal);
      return batchOf(requests, [
        { key: 'encoder', label: 'Matrix products and attention', seconds: busy },
        { key: 'overhead', label: 'Kernel launches and scheduling', seconds: overhead },
      ]);
    },
  };
}

/**
 * Recordings are cut into windows, and all windows of a batch pass the encoder and the decoder together, as many at once as
 * the memory holds.
 *
 *   t = ⌈n · w / W⌉ · t_pass(min(n · w, W))
 *
 * n recordings · w windows of each · W windows that fit, see windowsInMemory
 */
function speechReplica(
  setup: TaskSetup,
  { row, speech }: Extract<TaskModel, { task: 'speech' }>,
  { windows, tokensPerWindow }: Extract<TaskSize, { task: 'speech' }>,
): TaskReplica {
  const { device, precision, assumptions } = setup;
  const positions = speech.windowPositions.value;
  const encoding = prepareNetwork(device, row.encoder, precision, assumptions);
  const decoder = withCrossAttention(speech.decoder);
  const decoding = prepareNetwork(device, decoder, precision, assumptions);
  const most = assumptionValue(assumptions, taskAssumptionKeys.largestBatch);
  const fitting = Math.min(most, windowsInMemory(decoding, encoding, speech, tokensPerWindow));
  const memory = servingMemory(decoding);
  return {
    weightBytes: encoding.weightBytes + decoding.weightBytes,
    usableBytes: memory.usable - memory.workspace,
    flopPerRequest:
      windows *
      (encoderFlop(row.encoder, positions, row.isCausal) +
        transcriptFlop(speech.decoder, positions, tokensPerWindow)),
    largestBatch: fitting < 1 ? 0 : Math.max(1, Math.floor(fitting / windows)),
    at: (requests) => {
      const together = Math.min(requests * windows, Math.max(1, fitting));
      const passes = Math.ceil((requests * windows) / together);
      const encoder = encoderSeconds(encoding, together, positions, row.isCausal);
      const text = transcriptSeconds(decoding, together, positions, tokensPerWindow);
      return batchOf(requests, [
        {
          key: 'encoder',
          label: 'Encoder',
          seconds: passes * (encoder.busy + encoder.overhead),
        },
        {
          key: 'crossKeys',
          label: 'Keys and values of the audio',
          seconds: passes * text.crossKeys,
        },
        { key: 'writing', label: 'Decoder, token by token', seconds: passes * text.writing },
      ]);
    },
  };
}
