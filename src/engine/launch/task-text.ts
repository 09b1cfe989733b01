import type { Precision } from '../catalogue/types';

/** A service of texts or recordings, as the tools that run its model are told of it. */
export interface LaunchTask {
  readonly modelName: string;
  readonly precision: Precision;
  /** texts, or windows of recordings, that one accelerator works on at once */
  readonly batch: number;
  /** tokens of a text; 0 for recordings */
  readonly tokens: number;
  readonly accelerators: number;
  readonly vendor: string;
  readonly isOnCpu: boolean;
}

const count = new Intl.NumberFormat('en');

/** What the placeholder stands for, and how often to start a copy: every accelerator has its own. */
export function taskFormOf(form: string, checkpoint: string, task: LaunchTask): string {
  const { modelName, accelerators, isOnCpu } = task;
  const part = isOnCpu ? 'processor' : 'accelerator';
  const often = accelerators === 1 ? 'once' : `${count.format(accelerators)} times`;
  return `${form} for one ${part}, started ${often}; ${checkpoint} of ${modelName}`;
}

/** Whether a tool runs on the accelerator, by the makers of GPUs that it knows; on processors where it says so. */
export function runsOn(
  { vendor, isOnCpu }: LaunchTask,
  vendors: readonly string[],
  takesProcessors = false,
): boolean {
  return isOnCpu ? takesProcessors : vendors.includes(vendor);
}
