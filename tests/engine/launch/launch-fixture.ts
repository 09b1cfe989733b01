import { countParameters } from '@engine/model/parameters';
import type { LaunchJob } from '@engine/launch/types';
import type { TrainingLayout } from '@engine/plan';
import { architectureOf } from '../../fixtures/engine-fixture';

const usual: TrainingLayout = {
  tensorParallel: 8,
  pipelineParallel: 16,
  virtualStages: 8,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  recompute: 'selective',
  zeroStage: 1,
};

export function job(
  layout: Partial<TrainingLayout> = {},
  changes: Partial<LaunchJob> = {},
): LaunchJob {
  const architecture = architectureOf('llama-3.1-405b');
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 8192,
    globalBatch: 2048,
    dataParallel: 128,
    accelerators: 16_384,
    layout: { ...usual, ...layout },
    ...changes,
  };
}

export function expertJob(layout: Partial<TrainingLayout> = {}): LaunchJob {
  const architecture = architectureOf('mixtral-8x7b');
  const parameters = countParameters(architecture);
  return job(layout, { architecture, parameters });
}

/** Options as a shell would split them: name to value, an empty text for a switch. */
export function options(text: string): Map<string, string> {
  const words = text.replaceAll('\\\n', ' ').split(/\s+/).filter(Boolean);
  const found = new Map<string, string>();
  words.forEach((word, index) => {
    if (!word.startsWith('--')) return;
    const next = words[index + 1];
    found.set(word, next === undefined || next.startsWith('--') ? '' : next);
  });
  return found;
}
