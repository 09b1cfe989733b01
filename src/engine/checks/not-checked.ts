import type { ResolvedPlan } from './resolve';

const always = [
  'Whether the cooling and the grid connection of a site can take the equipment, and any limit that no site states.',
  'Whether the hardware can be had, by when, and under which export rules.',
  'The floor plan: cable lengths assume racks in a square; columns, doors and trays are not known.',
  'Prices of switches, transceivers, storage and racks against a quote, and the lead times of anything but systems, transformers and grid.',
  'Taxes, duties, staff, software licences and financing terms.',
];

const forTraining = [
  'Storage bandwidth for data and checkpoints.',
  'Whether the training converges: batch size, learning rate and number format are taken as given.',
  'Failures beyond the effective time that the plan states.',
];

const forInference = [
  'Bursts beyond random arrivals, prefix reuse and the spread of request lengths.',
  'The quality of answers at the chosen number formats.',
];

const forTasks = [
  'The spread of sizes of images, videos, texts and recordings, and the memory of activations.',
  'The quality of images, vectors and transcripts.',
];

/** What no check looked at, in words, so that silence is not mistaken for approval. */
export function notChecked({ workloads, tasks }: ResolvedPlan): string[] {
  const has = (kind: 'training' | 'inference'): boolean =>
    workloads.some(({ workload }) => workload.kind === kind);
  return [
    ...always,
    ...(has('training') ? forTraining : []),
    ...(has('inference') ? forInference : []),
    ...(tasks.length > 0 ? forTasks : []),
  ];
}
