import type { Architecture, Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import type { AcceleratorFamily } from '../hardware/family';
import { streamSeconds } from '../hardware/memory';
import { attendedEntries } from '../model/cache-entries';
import { layerKinds } from '../model/layer-kinds';
import { recurrentSize } from '../model/recurrent-mixer';
import type { TrainingConstants } from './constants';
import type { TrainingJob } from './job';
import { keepsScores, type TrainingSoftware } from './software';

const elementBytes = 2;

/** Lines of parts that run kernels written for the line before them. */
const newerLines: ReadonlySet<AcceleratorFamily> = new Set([
  'ada',
  'hopper',
  'blackwell',
  'blackwell-client',
]);

/** Sixteen-bit peak that attention runs at: fused attention computes in 16 bits also in 8-bit training. */
export function attentionPrecision(precision: Precision): Precision {
  return precision === 'fp64' || precision === 'fp32' || precision === 'tf32' ? precision : 'bf16';
}

/** Share of the sequence that a token attends to on average over the layers: half of it, or the window where that is shorter. */
function attendedShare({ architecture, sequenceLength }: TrainingJob): number {
  if (architecture.latentAttention?.pooled) {
    const { attended } = attendedEntries(architecture, 0, sequenceLength);
    return attended / architecture.layers / sequenceLength;
  }
  const { full, windowed, window } = layerKinds(architecture);
  const seen = full / 2 + windowed * Math.min(0.5, window / sequenceLength);
  return seen / architecture.layers;
}

/** Lines without the wide units of Hopper and what followed: their kernels multiply as those of 2020 do. */
const smallUnits: ReadonlySet<AcceleratorFamily> = new Set(['ampere', 'ada', 'blackwell-client']);

/**
 * Whether the kernel works as those for the A100 do, in small tiles: on such a part, or an older kernel on a newer one. Such a
 * kernel fills sooner and loses little on heads narrower than 128, where the wide units lose a third.
 *
 * Source: attention timings of ai-dynamo/aiconfigurator (Apache-2.0, © NVIDIA Corporation & Affiliates), commit 095f58a, causal,
 * at 4,096 tokens: heads of 64 reach 98 % of those of 128 on L40S, 69 % on H100, 62 % on B200.
 */
function hasSmallTiles({ family, unit }: Device, { attention }: TrainingSoftware): boolean {
  if (unit === 'sixteen-bit' || smallUnits.has(family)) return true;
  return attention !== 'flash 3' && newerLines.has(family);
}

/**
 * Rate of attention over that with heads of 128: kernels for wide units of GPUs make up for half of the loss of narrower ones with tiles
 * of their own. On TPUs the softmax of the scores holds the matrix unit up, and there are as many scores for heads of any width: attention
 * takes as long for a head, and wider heads do more work in that time.
 *
 * Source: AI-Hypercomputer/tpu-recipes, Llama 3.1 8B with long context on v5p (August 2026), which trains "fewer, wider heads" of 256 in
 * place of 128, and reaches 56 % of the peak where nearly all work is attention, https://github.com/AI-Hypercomputer/tpu-recipes.
 */
function filledShare(headDim: number, { unit }: Device): number {
  const share = headDim / 128;
  return unit === 'systolic' ? share : Math.sqrt(Math.min(1, share));
}

/** Length that the constant rate of fused attention was fitted near [tokens]. */
const usualLength = 4096;

/**
 * Rows and columns of scores that Splash attention computes at a time on arrays of 256 columns, as the recipes for these parts
 * set it (sa_block_q, sa_block_kv): blocks on the diagonal of the mask are computed whole.
 *
 * Source: AI-Hypercomputer/tpu-recipes, training for Trillium and Ironwood, https://github.com/AI-Hypercomputer/tpu-recipes, from
 * memory.
 */
const splashBlock = 2048;

/** Length at which attention reaches half of its rate on long sequences; null for kernels of which no table is known. */
function halfLength(
  { unit, matrixColumns }: Device,
  { attention }: TrainingSoftware,
  constants: TrainingConstants,
  isSmall: boolean,
): number | null {
  if (unit === 'other') return null;
  if (unit === 'systolic') {
    return (matrixColumns ?? 0) > 128 && attention === 'flash 3' ? splashBlock : null;
  }
  return isSmall ? constants.attentionHalfLength : constants.attentionHalfLengthNewer;
}

/**
 * Rate of fused attention at a length over that at a usual one: every block of rows pays for its start, so that short
 * sequences reach less of the unit. On TPUs a causal mask of x tokens in blocks of b takes (1 + b / x) of its work, so that x_½ is b.
 *
 *   g = x / (x + x_½) · (x_u + x_½) / x_u
 *
 * x tokens that layers with attention attend to, under a causal mask the sequence, with windows the mean [1] · x_½ of half the rate [1] · x_u a usual length [1].
 * A window cuts through blocks at both of its edges: on TPUs x_½ of a layer with one is 2 b.
 *
 * Leaves out: older TPUs and other makers, whose kernels publish no such table. Source: Dao 2023,
 * FlashAttention-2, https://arxiv.org/abs/2307.08691; Shah et al. 2024, FlashAttention-3, https://arxiv.org/abs/2407.08608,
 * both from memory.
 */
function lengthGain(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  software: TrainingSoftware,
  isSmall: boolean,
): number {
  const half = halfLength(device, software, constants, isSmall);
  if (half === null) return 1;
  const { full, windowed, window } = layerKinds(job.architecture);
  const layers = full + windowed;
  if (layers === 0) return 1;
  const share = (attendedShare(job) * job.architecture.layers) / layers;
  const attended = 2 * share * job.sequenceLength;
  const hasTwoEdges = device.unit === 'systolic' && window < job.sequenceLength;
  const cut = half * (hasTwoEdges ? 1 + windowed / layers : 1);
  return (attended / (attended + cut)) * ((usualLength + half) / usualLength);
}

/** Rate of attention of 8-bit products over that of 16-bit ones. */
function narrowGain(
  { architecture }: TrainingJob,
  { unit }: Device,
  constants: TrainingConstants,
  { attendsNarrow }: TrainingSoftware,
): number {
  const isWide = architecture.latentAttention !== null && unit === 'four-bit';
  return attendsNarrow === true && isWide ? constants.attentionNarrowLatent : 1;
}

/** Work of the recurrences that stand in place of attention, per token: the mean over the layers [FLOP]. */
function recurrenceFlop(architecture: Architecture): number {
  const { recurrentMixer, layers } = architecture;
  if (!recurrentMixer) return 0;
  return (
    (layerKinds(architecture).recurrent / layers) * recurrentSize(recurrentMixer).recurrenceFlop
  );
}

/**
 * Forward time of the attention of one layer: scores, softmax and weighted values.
 *
 *   fused = (2 · n · s · w · a·(d_qk + d_v) + n · R / ρ) / TP / (η · P)
 *   with scores in memory = 2 · n · s · a·(d_qk + d_v) / TP / A + 2 · π · a · n · s / TP / B
 *
 * n tokens of the micro-batch on this rank [1] · s sequence length [1] · w share of it attended to: a half under the causal
 * mask, less with sliding windows and in hybrid models [1] · R work of recurrences [FLOP/token] · ρ rate of the kernels
 * of recurrences over that of fused attention, less on parts newer than they are [1] · a heads [1] · d_qk, d_v head widths [1] ·
 * η share of the 16-bit peak P that fused attention reaches, more on long sequences [1] · A achievable rate [FLOP/s] · B streaming bandwidth [B/s] ·
 * π passes over the scores [1]
 *
 * Products of 8 bits make latent attention faster on parts with 4-bit units: its heads of 192 and 128 have more products per
 * exponential than those of 128, which gain forward what they lose backward. At 4,096 and 8,192 tokens cuDNN reaches with
 * MXFP8 1.41 to 1.53 times its BF16 forward and 1.31 to 1.42 times backward for DeepSeek-V3, 1.27 to 1.35 and 0.90 to 0.98
 * times for Llama 3.1 (GB200 and GB300) [1]; η of latent attention grows by the mean over both passes.
 *
 * Leaves out: causal work that early kernels could have skipped; casts of queries, keys and values.
 * Source: [1] NVIDIA/cudnn-frontend, benchmark/attention_training/results (dsv3, llama3.1; August 2026),
 * https://github.com/NVIDIA/cudnn-frontend; Dao 2023, FlashAttention-2, https://arxiv.org/abs/2307.08691, from memory; scores, Korthikanti et al. 2022,
 * https://arxiv.org/abs/2205.05198, from memory; constants: docs/calibration/training.md.
 */
export function attentionCoreSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
  software: TrainingSoftware,
): number {
  const { architecture, layout, sequenceLength, precision } = job;
  const { heads, headDim, latentAttention } = architecture;
  const widths = latentAttention
    ? latentAttention.noPositionHeadDim +
      latentAttention.rotaryHeadDim +
      latentAttention.valueHeadDim
    : 2 * headDim;
  const rate = device.rates[attentionPrecision(precision)];
  if (rate === undefined) return Number.POSITIVE_INFINITY;
  const { attentionFraction, kernelFloorSeconds } = device.constants;
  const work = (2 * tokens * sequenceLength * heads * widths) / layout.tensorParallel;
  if (keepsScores(software)) {
    // The mask saves no work here, and the matrix of scores passes through memory.
    const scores = (tokens * sequenceLength * heads) / layout.tensorParallel;
    // Compilers of TPUs fuse the mask and the scaling into the softmax.
    const isApart = software.attention === 'unfused' && device.unit !== 'systolic';
    const ratio = isApart ? constants.unfusedRatio : 1;
    const passes = constants.scorePasses * ratio;
    return (
      work / rate.achievableFlopPerSecond +
      streamSeconds(device, passes * elementBytes * scores) +
      4 * kernelFloorSeconds
    );
  }
  // Kernels named after FlashAttention are written anew for parts of other makers, not carried over from an older one.
  const isOldKernel =
    software.attention !== 'flash 3' &&
    (newerLines.has(device.family) || device.unit === 'systolic');
  const slower =
    (software.attention === 'flash 1' ? constants.flashOneRatio : 1) *
    (isOldKernel ? constants.flashTwoOnNewerRatio : 1);
  const isSmall = hasSmallTiles(device, software);
  const filled = isSmall || latentAttention !== null ? 1 : filledShare(headDim, device);
  const gain =
    lengthGain(job, device, constants, software, isSmall) *
    narrowGain(job, device, constants, software);
  const achieved =
    rate.peakFlopPerSecond * Math.min(0.9, attentionFraction * slower * filled * gain);
  const recurrence = (tokens * recurrenceFlop(architecture)) / layout.tensorParallel;
  const recurrenceShare =
    device.unit === 'four-bit' ? constants.recurrenceFourUnit : constants.recurrenceShare;
  return (
    (attendedShare(job) * work) / achieved +
    recurrence / (rate.peakFlopPerSecond * attentionFraction * recurrenceShare) +
    kernelFloorSeconds
  );
}
