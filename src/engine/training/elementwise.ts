import type { Architecture, MixtureOfExperts } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import { layerKinds } from '../model/layer-kinds';
import { expertWidth, sharedWidth } from '../model/parameters';
import { recurrentSize } from '../model/recurrent-mixer';
import type { TrainingConstants } from './constants';
import type { TrainingJob } from './job';
import type { Block } from './layer-time';
import { dispatcherOf, softwareOf, type TrainingSoftware } from './software';

const elementBytes = 2;
/** Kernels that only move data, per layer and direction: two norms, two residual sums, rotary embedding, activation. */
const elementwiseKernels = 6;

/** Tokens of a chunk, between which kernels of recurrences keep the state in memory. */
const chunkTokens = 128;
/** A number of the state takes 32 bits, two elements. */
const stateElements = 2;

/** Width of the feed-forward blocks that a token passes in a layer. */
function blockWidth({ ffn, mixtureOfExperts: experts }: Architecture, block: Block): number {
  if (block === 'none') return 0;
  if (block === 'dense' || experts === null) return ffn;
  return routedWidth(experts) + sharedWidth(experts);
}

function routedWidth({ expertsPerToken, expertFfn }: MixtureOfExperts): number {
  return expertsPerToken * expertFfn;
}

/** Width of the queries and keys of a layer that norms of their own pass over, head by head; 0 without such norms. */
function normalizedWidth({ hasQueryKeyNorm, headDim, heads, keyValueHeads }: Architecture): number {
  return hasQueryKeyNorm === true ? headDim * (heads + keyValueHeads) : 0;
}

/**
 * Elements per token that a layer moves between the products that mix tokens: the rotary embedding of queries and keys and their norms, or the
 * convolution, the scan with its states and the gated norm of a recurrence; of a hybrid model the mean over its layers.
 */
function mixingElements(architecture: Architecture): number {
  const { headDim, heads, keyValueHeads, recurrentMixer, layers } = architecture;
  const rotary = 2 * headDim * (heads + keyValueHeads) + 2 * normalizedWidth(architecture);
  if (!recurrentMixer) return rotary;
  const { inward, outward, state } = recurrentSize(recurrentMixer);
  const share = layerKinds(architecture).recurrent / layers;
  const states = (4 * stateElements * state) / chunkTokens;
  return (1 - share) * rotary + share * (3 * inward + outward + states);
}

/** The compiler of TPUs fuses what only moves data into the products around it, whatever the year. */
function elementwisePasses(
  { unit }: Device,
  constants: TrainingConstants,
  { generation, fusesByHand }: TrainingSoftware,
): number {
  if (unit === 'systolic') return constants.elementwiseSystolic;
  if (fusesByHand) return constants.elementwiseByHand;
  if (generation === 'early') return constants.elementwiseEarly;
  return generation === 'fused' ? constants.elementwiseFused : constants.elementwiseCurrent;
}

/** Time of the casts and the activation around the products of routed experts: work that hides the launch of the next expert. */
export function besideExpertsSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
): number {
  const experts = job.architecture.mixtureOfExperts;
  if (!experts) return 0;
  const routes = (tokens * experts.expertsPerToken) / job.layout.tensorParallel;
  const inputs = expertWidth(job.architecture) + experts.expertFfn;
  const casts = constants.castPasses * castBytes(job, device) * inputs;
  const activation = 3 * elementBytes * experts.expertFfn;
  return streamSeconds(device, routes * (casts + activation));
}

/**
 * Passes of the permutation: kernels that dispatch tokens leave them in order, and so do compilers; a collective does not, nor
 * operations of a framework where nothing is exchanged.
 */
function permutePasses(job: TrainingJob, device: Device, constants: TrainingConstants): number {
  const isSorted =
    device.unit === 'systolic' ||
    (job.layout.expertParallel > 1
      ? dispatcherOf(job, device) === 'deduplicated'
      : softwareOf(job, device).permutesPlainly !== true);
  return isSorted ? constants.permutePasses : constants.permutePassesPlain;
}

/** Elements per token that the permutation of tokens to routed experts and back moves in a layer. */
function permutedElements(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  experts: MixtureOfExperts,
): number {
  const routed = experts.expertsPerToken * expertWidth(job.architecture);
  return permutePasses(job, device, constants) * 2 * routed;
}

/**
 * Time of the permutation of tokens to routed experts and back in the forward pass of a layer. Backward it moves as much again,
 * not twice as much: the gradient of a permutation is the inverse permutation of the gradient.
 *
 * Source: definition; NVIDIA/TransformerEngine, transformer_engine/pytorch/permutation.py, whose moe_permute calls moe_unpermute backward and the
 * reverse, from memory.
 */
export function permutationSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
): number {
  const experts = job.architecture.mixtureOfExperts;
  if (!experts) return 0;
  const elements = permutedElements(job, device, constants, experts);
  return streamSeconds(device, (elementBytes * tokens * elements) / job.layout.tensorParallel);
}

/** Bytes per element moved by casting to 8 or 4 bits: two read, one or a half written. */
function castBytes(job: TrainingJob, device: Device): number {
  const computedIn = device.rates[job.precision]?.computedIn;
  if (computedIn === 'fp8') return 3;
  return computedIn === 'fp4' ? 2.5 : 0;
}

/**
 * Forward time of what only moves data in one layer: norms, residual sums, rotary embedding, activation, permutation of
 * tokens to experts, casts.
 *
 *   t = [2 · (ε · (10·h + r + 3·f) + ν·(h + q/2) + μ·f + 2·π_e·k·h) + c · γ · inputs of products] · n / TP / B
 *   r = 2·d·(a + a_kv) rotary embedding, and 2·q where queries and keys have norms, q = d·(a + a_kv), as in Qwen3, or 3·inward + outward widths of a recurrence: convolution 2·(inward − outward),
 *       scan inward, gated norm 3·outward; and 4 · 2 · S / Q states between the chunks that its kernels work in: each written,
 *       passed on, which reads and writes it, and read
 *
 * n tokens of the micro-batch on this rank [1] · h hidden width [1] · a, a_kv heads and key–value heads [1] · d head width [1] ·
 * f width of the feed-forward blocks that a token passes [1] · k experts per token [1] · ε passes by software generation, of TPUs by their compiler [1] ·
 * ν, μ elements moved per element of norms and of activations without a kernel of their own [1] · π_e passes of the expert permutation [1] · γ passes
 * of casting, c bytes each [B] · B streaming bandwidth [B/s] · S numbers of a state, 32 bits each [1] · Q tokens of a chunk [1].
 * Norms are whole on every tensor rank without sequence parallelism. Compiled
 * steps leave no activation without a kernel (fusion of pointwise operations, torch.compile, from memory). Fused kernels of routed experts leave out their activation and the cast of its result.
 *
 * Leaves out: fusion across layers. Source: definition; chunks: Dao and Gu 2024, section 7, https://arxiv.org/abs/2405.21060,
 * from memory; constants: docs/calibration/training.md.
 */
export function elementwiseSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  tokens: number,
  block: Block,
  software: TrainingSoftware,
): number {
  const { architecture, layout } = job;
  const { hidden, heads, headDim, isGated } = architecture;
  const experts = block === 'experts' ? architecture.mixtureOfExperts : null;
  const width = blockWidth(architecture, block);
  // Two norms read and write, two residual sums read twice and write: 10 · h elements. Blocks side by side have one norm and
  // one sum of three.
  const moved = architecture.hasParallelBlocks ? 6 : 10;
  const whole = hidden * (software.hasSequenceParallel ? 1 : layout.tensorParallel);
  // Kernels of experts that are fused activate and cast what they compute.
  const apart = width - (experts && software.fusesExperts ? routedWidth(experts) : 0);
  const activation = (isGated ? 3 : 2) * apart;
  const passes =
    elementwisePasses(device, constants, software) *
    (moved * whole + mixingElements(architecture) + activation);
  const plainActivation =
    architecture.hasPlainActivation && !software.compilesOperations
      ? constants.plainActivationTraffic * apart
      : 0;
  const plainNorms = software.hasPlainNorms
    ? constants.plainNormTraffic * (whole + normalizedWidth(architecture) / 2)
    : 0;
  const permuted = experts ? permutedElements(job, device, constants, experts) : 0;
  const routes = experts ? experts.expertsPerToken : 1;
  const inputs = hidden + heads * headDim + routes * hidden + apart;
  const casts = constants.castPasses * castBytes(job, device) * inputs;
  const elements = passes + plainNorms + plainActivation + permuted;
  const bytes = (tokens * (elementBytes * elements + casts)) / layout.tensorParallel;
  return streamSeconds(device, bytes) + elementwiseKernels * device.constants.kernelFloorSeconds;
}
