import type { Device } from '../hardware/device';
import { matmulSeconds } from '../hardware/matmul';
import { layerMatrices } from '../model/layer-matrices';
import { denseShards, expertShards, type TrainingJob } from './job';

/** Iterations that bring a momentum matrix close enough to an orthogonal one. */
const iterations = 5;

/** Time of orthogonalising one matrix in 16 bits: A = X·Xᵀ, B = b·A + c·A², X ← a·X + B·X, again and again. */
function matrixSeconds(device: Device, rows: number, columns: number): number {
  const precision = device.rates.bf16 === undefined ? 'fp16' : 'bf16';
  const short = Math.min(rows, columns);
  const long = Math.max(rows, columns);
  const gram = matmulSeconds(device, precision, short, short, long);
  const square = matmulSeconds(device, precision, short, short, short);
  const apply = matmulSeconds(device, precision, short, long, short);
  return iterations * (gram + square + apply);
}

/**
 * Time in which Muon orthogonalises the momentum of the hidden matrices, once per optimizer step; nothing with another optimizer.
 *
 *   t = max( Σ n · t_m / (p · r), longest t_m )      t_m = 5 · [ t(a, a, b) + t(a, a, a) + t(a, b, a) ]
 *
 * n matrices of a shape, of experts those of one expert-parallel rank [1] · p pipeline stages [1] · r ranks that share the
 * optimizer state, one without ZeRO [1] · a, b shorter and longer side [1] · t time of one product (see matmulSeconds) [s]. Work is
 * divided by whole matrices: every tensor rank gathers and orthogonalises the matrices that it holds a part of.
 *
 * Leaves out: gathering the parts of a matrix, at most a quarter of what AdamW exchanges.
 * Source: Jordan et al. 2024, https://kellerjordan.github.io/posts/muon; Liu et al. 2025, Muon is Scalable for LLM Training,
 * section 2.3, https://arxiv.org/abs/2502.16982; both from memory.
 */
export function orthogonalizationSeconds(job: TrainingJob, device: Device): number {
  const { layout, architecture } = job;
  if (layout.optimizer !== 'muon') return 0;
  const isSharded = layout.zeroStage > 0;
  const spread = layout.expertParallel * (job.expertTensorParallel ?? 1);
  let total = 0;
  let longest = 0;
  for (const { rows, columns, count, isExpert } of layerMatrices(architecture)) {
    const seconds = matrixSeconds(device, rows, columns);
    const shards = isSharded ? (isExpert ? expertShards(job) : denseShards(job)) : 1;
    total += (count * seconds) / (layout.pipelineParallel * shards * (isExpert ? spread : 1));
    longest = Math.max(longest, seconds);
  }
  return Math.max(total, longest);
}
