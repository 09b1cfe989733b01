import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, VideoModel } from '../catalogue/types';
import type { TaskWorkload } from '../plan';
import type { TaskModel } from './task-context';

/** Keys of what a request is where the plan says nothing. */
export const taskAssumptionKeys = {
  textTokens: 'task.textTokens',
  audioSeconds: 'task.audioSeconds',
  transcriptTokens: 'task.transcriptTokensPerSecond',
  largestBatch: 'task.largestBatch',
} as const;

/** What one request asks for. */
export type TaskSize =
  | { readonly task: 'image'; readonly steps: number; readonly edge: number }
  | {
      readonly task: 'video';
      readonly steps: number;
      readonly frames: number;
      readonly seconds: number;
      readonly framesPerSecond: number;
      readonly width: number;
      readonly height: number;
      /** of a square of as many pixels as a frame has */
      readonly edge: number;
    }
  | { readonly task: 'embedding'; readonly tokens: number }
  | {
      readonly task: 'speech';
      readonly audioSeconds: number;
      /** pieces of the model's length that the recording is cut into */
      readonly windows: number;
      readonly tokensPerWindow: number;
    };

/**
 * What a request asks for: the plan's numbers, else those of the model or of the catalogue.
 *
 *   w = ⌈D / D_w⌉      k = r · D / w
 *
 * D length of a recording, D_w of a window [s] · w windows [1] · r tokens written per second of speech [1/s] · k tokens written
 * per window [1]
 *
 * Leaves out: silence that is cut away beforehand, windows that overlap.
 * Source: definition; Radford et al. 2022, section 2.3 (from memory).
 */
export function taskSize(
  workload: Pick<
    TaskWorkload,
    | 'imageSteps'
    | 'imageEdge'
    | 'videoSteps'
    | 'videoSeconds'
    | 'videoLines'
    | 'textTokens'
    | 'audioSeconds'
  >,
  model: TaskModel,
  assumptions: Assumptions,
): TaskSize {
  switch (model.task) {
    case 'image':
      return {
        task: 'image',
        steps: workload.imageSteps?.value ?? model.row.steps.value,
        edge: workload.imageEdge?.value ?? model.row.resolution.value,
      };
    case 'video':
      return videoSize(workload, model.row);
    case 'embedding':
      return {
        task: 'embedding',
        tokens:
          workload.textTokens?.value ?? assumptionValue(assumptions, taskAssumptionKeys.textTokens),
      };
    case 'speech': {
      const audioSeconds =
        workload.audioSeconds?.value ??
        assumptionValue(assumptions, taskAssumptionKeys.audioSeconds);
      const windows = Math.max(
        1,
        Math.ceil(audioSeconds / model.speech.windowSeconds.value - 1e-9),
      );
      const perSecond = assumptionValue(assumptions, taskAssumptionKeys.transcriptTokens);
      return {
        task: 'speech',
        audioSeconds,
        windows,
        tokensPerWindow: (perSecond * audioSeconds) / windows,
      };
    }
  }
}

/**
 * A video: its frames, the first of which stands alone, at the model's rate and in the shape of its reference.
 *
 *   F = D · r + 1      w = h · w_ref / h_ref
 *
 * F frames [1] · D length [s] · r frames of a second [1/s] · w, h width and lines of a frame [pixels], _ref those of the reference
 *
 * Leaves out: rounding to the lengths and sizes that a model is trained on. Source: definition.
 */
function videoSize(
  workload: Pick<TaskWorkload, 'videoSteps' | 'videoSeconds' | 'videoLines'>,
  { steps, video }: VideoModel,
): Extract<TaskSize, { task: 'video' }> {
  const framesPerSecond = video.framesPerSecond.value;
  const usual = (video.frames.value - 1) / framesPerSecond;
  const seconds = workload.videoSeconds?.value ?? usual;
  const height = workload.videoLines?.value ?? video.height.value;
  const width = (height * video.width.value) / video.height.value;
  return {
    task: 'video',
    steps: workload.videoSteps?.value ?? steps.value,
    frames: Math.round(seconds * framesPerSecond) + 1,
    seconds,
    framesPerSecond,
    width,
    height,
    edge: Math.sqrt(width * height),
  };
}

/** How many of the units that costs are given for one request is: an image, a video, a million tokens, an hour of audio. */
export function unitsPerRequest(size: TaskSize): number {
  switch (size.task) {
    case 'image':
    case 'video':
      return 1;
    case 'embedding':
      return size.tokens / 1e6;
    case 'speech':
      return size.audioSeconds / 3600;
  }
}
