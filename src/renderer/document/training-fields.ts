import { field, type FieldTable } from './quantity-field';

/** Numeric inputs of a training job, in the order of the inspector. */
export const trainingFields: FieldTable<'training'> = [
  field('Job', 'tokens', 'Training tokens', 'tokens', 'Tokens that the run passes through.', {
    keywords: 'dataset size',
  }),
  field('Job', 'sequenceLength', 'Sequence length', 'tokens', 'Tokens per sequence.', {
    keywords: 'context',
    isWhole: true,
  }),
  field(
    'Job',
    'globalBatchSequences',
    'Global batch',
    'sequences',
    'Sequences per optimizer step over the whole cluster.',
    { keywords: 'batch size', isWhole: true },
  ),
  field(
    'Availability',
    'effectiveTimeFraction',
    'Effective time measured instead',
    'fraction',
    'Share of wall-clock time spent on steps that are kept. Empty: computed from interruptions and checkpoints.',
    {
      keywords: 'goodput failures restarts',
      emptyMeans: 'computed from the fields below',
      isComputed: true,
    },
  ),
  field(
    'Availability',
    'yearsBetweenInterruptions',
    'Between interruptions of one accelerator',
    'years',
    'Mean time; one accelerator that fails stops the whole run.',
    { keywords: 'failure rate mtbf', emptyMeans: '5.8 years, as Llama 3 counted' },
  ),
  field(
    'Availability',
    'detectionSeconds',
    'Until an interruption is noticed',
    'seconds',
    'Time in which accelerators idle before anyone knows.',
    { keywords: 'failure watchdog', emptyMeans: '3 minutes' },
  ),
  field(
    'Availability',
    'restartSeconds',
    'From notice to training again',
    'seconds',
    'Replacing the node, starting the processes, loading the last checkpoint.',
    { keywords: 'failure recovery', emptyMeans: '7 minutes' },
  ),
  field(
    'Availability',
    'checkpointGigabytesPerSecond',
    'Writing of checkpoints',
    'gigabytesPerSecond',
    'What the storage takes from all accelerators together.',
    { keywords: 'storage bandwidth', emptyMeans: '0.12 GB/s per accelerator' },
  ),
  field(
    'Availability',
    'spareNodes',
    'Spare nodes',
    'nodes',
    'Nodes that wait to replace others, beyond those of the layout.',
    { keywords: 'hot spare standby', isWhole: true, emptyMeans: 'Always one at hand' },
  ),
  field(
    'Availability',
    'repairDays',
    'Repair of a node',
    'days',
    'Until a failed node is back among the spares.',
    { keywords: 'failure', emptyMeans: '2 days' },
  ),
  field(
    'Measurement',
    'measuredStepSeconds',
    'Measured step time',
    'seconds',
    'Overrides the modelled step time; the error of the model is then shown.',
    { keywords: 'calibrate iteration', emptyMeans: 'Not measured: the model is used' },
  ),
];
