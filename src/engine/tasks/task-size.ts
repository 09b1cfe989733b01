import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
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
  workload: Pick<TaskWorkload, 'imageSteps' | 'imageEdge' | 'textTokens' | 'audioSeconds'>,
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

/** How many of the units that costs are given for one request is: an image, a million tokens, an hour of audio. */
export function unitsPerRequest(size: TaskSize): number {
  switch (size.task) {
    case 'image':
      return 1;
    case 'embedding':
      return size.tokens / 1e6;
    case 'speech':
      return size.audioSeconds / 3600;
  }
}
