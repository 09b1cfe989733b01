import type { MomentPrecision, OptimizerKind } from '../plan';
import type { TrainingConstants } from './constants';
import type { TrainingJob } from './job';

/** Bytes of one moment, by its precision. */
const momentBytes: Readonly<Record<MomentPrecision, number>> = {
  '32-bit': 4,
  '16-bit': 2,
  '8-bit': 1,
};

/** Moments as wide as the weights that an optimizer keeps; the sums of rows and columns of Adafactor are none. */
const wholeMoments: Readonly<Record<OptimizerKind | 'adamw', number>> = {
  adamw: 2,
  muon: 1,
  lion: 1,
  sgd: 1,
  adafactor: 0,
};

/**
 * Moments per parameter, the mean over the model: Muon keeps one of every hidden matrix, and updates embeddings and the output
 * head as AdamW does, with two.
 */
function momentsPerParameter({ layout, parameters }: TrainingJob): number {
  const moments = wholeMoments[layout.optimizer ?? 'adamw'];
  return layout.optimizer === 'muon' ? moments + parameters.embedding / parameters.total : moments;
}

/** Bytes below those of weights in 32 bits with two moments in 32 bits. */
function savedBytes(job: TrainingJob): number {
  const masterBytes = job.software?.keepsNoMaster ? 4 : 0;
  const width = momentBytes[job.layout.momentPrecision ?? '32-bit'];
  return masterBytes + 2 * momentBytes['32-bit'] - width * momentsPerParameter(job);
}

/**
 * Bytes per parameter of master weights and moments.
 *
 *   o = 12 − 4 [no master] − (8 − w · n)
 *
 * w bytes of a moment, 4, 2 or 1 [B] · n moments: AdamW 2, SGD with momentum, Lion and Muon 1, Adafactor none [1].
 *
 * Leaves out: scales of 8-bit moments, the sums of rows and columns that Adafactor keeps, all well under a hundredth.
 * Source: Loshchilov and Hutter 2017, AdamW, https://arxiv.org/abs/1711.05101; Chen et al. 2023, Lion,
 * https://arxiv.org/abs/2302.06675; Shazeer and Stern 2018, Adafactor without momentum, https://arxiv.org/abs/1804.04235; Liu et
 * al. 2025, Muon, https://arxiv.org/abs/2502.16982; all from memory.
 */
export function optimizerBytes(job: TrainingJob, constants: TrainingConstants): number {
  return constants.optimizerBytes - savedBytes(job);
}

/** Bytes per parameter that an optimizer step moves: weights and moments are read and written. */
export function optimizerTrafficBytes(job: TrainingJob, constants: TrainingConstants): number {
  return constants.optimizerTrafficBytes - 2 * savedBytes(job);
}
