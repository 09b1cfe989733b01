import type { Precision } from '../catalogue/types';
import type { LaunchImages } from './image-launch';

/** A service of a model that generates, as far as images and videos are alike. */
export interface LaunchGenerator {
  readonly modelName: string;
  readonly precision: Precision;
  readonly steps: number;
  readonly accelerators: number;
  readonly vendor: string;
  readonly isOnCpu: boolean;
}

const count = new Intl.NumberFormat('en');

/** What the placeholder stands for, and how often to start a copy: every accelerator has its own. */
export function imageFormOf(
  form: string,
  { modelName, accelerators, isOnCpu }: LaunchGenerator,
): string {
  const part = isOnCpu ? 'processor' : 'accelerator';
  const often = accelerators === 1 ? 'once' : `${count.format(accelerators)} times`;
  return `${form} for one ${part}, started ${often}; CHECKPOINT is a checkpoint of ${modelName} in the layout of Diffusers`;
}

/** A server takes the size and the steps from each request. */
export function requestNeeds({ edge, steps }: LaunchImages): string {
  return `Each request says the size, "${String(edge)}x${String(edge)}", and the number of steps, "num_inference_steps": ${String(steps)}.`;
}

/** That a tool computes in other numbers than the plan, where no option takes them. */
export function narrowGap({ precision }: LaunchGenerator): string {
  return `No option here computes in ${precision.toUpperCase()}: CHECKPOINT, or its transformer, must already be stored so.`;
}
