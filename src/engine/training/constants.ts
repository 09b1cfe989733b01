import type { Assumptions } from '../catalogue/types';

/** What training software does with memory and time, as plain numbers; the facts are in the catalogue. */
export interface TrainingConstants {
  /** bytes per parameter of the accumulated gradient */
  readonly gradientBytes: number;
  /** bytes per parameter of master weights and optimizer moments */
  readonly optimizerBytes: number;
  /** bytes per parameter that one optimizer step reads and writes */
  readonly optimizerTrafficBytes: number;
  /** memory that the driver, the libraries and communication buffers keep [B] */
  readonly frameworkBytes: number;
  /** share of tensor-parallel communication that computation does not hide, 0–1 */
  readonly tensorParallelExposed: number;
  /** share of expert-parallel communication that computation does not hide, 0–1 */
  readonly expertParallelExposed: number;
  /** share of context-parallel communication that computation does not hide, 0–1 */
  readonly contextParallelExposed: number;
  /** share of transfers between pipeline stages that computation does not hide, 0–1 */
  readonly pipelineTransferExposed: number;
  /** share of data-parallel communication that no backward pass can hide, 0–1 */
  readonly dataParallelExposed: number;
  /** rate of the attention backward kernel relative to the forward kernel */
  readonly backwardAttentionRatio: number;
  /** largest expert's load over the mean load */
  readonly expertImbalance: number;
  /** time lost between kernels and to clocks, as a share of busy time */
  readonly softwareOverhead: number;
  /** time lost to waiting for the slowest rank, as a share of busy time per doubling of the accelerators */
  readonly waitingPerDoubling: number;
}

/** Names of the catalogue's assumptions that describe training software. */
export const trainingAssumptionKeys = {
  gradientBytes: 'training.gradientBytes',
  optimizerBytes: 'training.optimizerBytes',
  optimizerTrafficBytes: 'training.optimizerTrafficBytes',
  framework: 'training.frameworkMemory',
  tensorParallelExposed: 'training.tensorParallelExposed',
  expertParallelExposed: 'training.expertParallelExposed',
  contextParallelExposed: 'training.contextParallelExposed',
  pipelineTransferExposed: 'training.pipelineTransferExposed',
  dataParallelExposed: 'training.dataParallelExposed',
  backwardAttentionRatio: 'training.backwardAttentionRatio',
  expertImbalance: 'training.expertImbalance',
  softwareOverhead: 'training.softwareOverhead',
  waitingPerDoubling: 'training.waitingPerDoubling',
} as const;

/** Reads the training constants; a catalogue that lacks one is a defect of the catalogue, not an input error. */
export function readTrainingConstants(assumptions: Assumptions): TrainingConstants {
  const read = (key: string): number => {
    const fact = assumptions[key];
    if (fact === undefined) throw new Error(`The catalogue has no assumption '${key}'.`);
    return fact.value;
  };
  const names = trainingAssumptionKeys;
  return {
    gradientBytes: read(names.gradientBytes),
    optimizerBytes: read(names.optimizerBytes),
    optimizerTrafficBytes: read(names.optimizerTrafficBytes),
    frameworkBytes: read(names.framework) * 1e9,
    tensorParallelExposed: read(names.tensorParallelExposed),
    expertParallelExposed: read(names.expertParallelExposed),
    contextParallelExposed: read(names.contextParallelExposed),
    pipelineTransferExposed: read(names.pipelineTransferExposed),
    dataParallelExposed: read(names.dataParallelExposed),
    backwardAttentionRatio: read(names.backwardAttentionRatio),
    expertImbalance: read(names.expertImbalance),
    softwareOverhead: read(names.softwareOverhead),
    waitingPerDoubling: read(names.waitingPerDoubling),
  };
}
