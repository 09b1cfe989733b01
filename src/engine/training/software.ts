import type { Architecture } from '../catalogue/types';
import type { Device } from '../hardware/device';
import type { SoftwareGeneration } from '../plan';
import type { TrainingJob } from './job';

/**
 * How attention is computed; the first two write the score matrix to memory. `flash 3` stands for every kernel written for
 * the part at hand: FlashAttention 3 and 4, cuDNN, Splash attention.
 */
export type AttentionKernel = 'unfused' | 'fused softmax' | 'flash 1' | 'flash 2' | 'flash 3';

/**
 * How tokens reach their experts. `copies`: a general library's all-to-all, one copy for every expert; `gather`: every rank gets
 * all tokens of the group; `deduplicated`: kernels written for it (DeepEP, HybridEP), one copy for every rank of a domain and
 * for every other domain.
 */
export type ExpertDispatcher = 'copies' | 'gather' | 'deduplicated';

/** Part of a layer whose result full recomputation may keep: attention itself, the products before it, the one after it. */
export type KeptPart = 'attention' | 'projections' | 'output';

/** What the software of a job does; what is not given follows from the generation. */
export interface TrainingSoftware {
  readonly generation: SoftwareGeneration;
  readonly attention: AttentionKernel;
  /** norms and dropout are divided over the tensor-parallel ranks too */
  readonly hasSequenceParallel: boolean;
  /** norms run step by step in 32 bits, without a kernel of their own; false where it is not given */
  readonly hasPlainNorms?: boolean;
  /** gradients are exchanged in 32 bits, as they are summed, not in 16; false where it is not given */
  readonly exchangesWide?: boolean;
  /**
   * kernels fused by hand: norms with the sums before them, activations with their biases, the loss with its gradient; false
   * where it is not given
   */
  readonly fusesByHand?: boolean;
  /** operations between products are compiled into kernels of their own, activations without one in a library as well; false where it is not given */
  readonly compilesOperations?: boolean;
  /** selective recomputation repeats every other matrix product too, as PyTorch's does; false where it is not given */
  readonly recomputesProducts?: boolean;
  /** what full recomputation leaves out, as it is kept or waits in the memory of the host; nothing where it is not given */
  readonly keepsFromRecompute?: readonly KeptPart[];
  /**
   * gradients of a micro-batch are added to their sum by kernels of their own and exchanged after the backward pass, as
   * DeepSpeed does; false where not given
   */
  readonly sumsGradientsApart?: boolean;
  /** gradients are exchanged after the backward pass; false where not given */
  readonly reducesAfterward?: boolean;
  /** updated weights are gathered before the next forward pass, not behind it; follows from the generation where not given */
  readonly gathersAfterward?: boolean;
  /** computation hides no collective of weights, gradients or tensor ranks; false where it is not given */
  readonly waitsForCollectives?: boolean;
  /** products of tensor ranks are cut up, each piece exchanged behind the next, as PyTorch's asynchronous tensor parallelism does; false where not given */
  readonly overlapsTensorProducts?: boolean;
  /** weights, their sums of gradients and their update are of 16 bits, without a copy in 32; false where it is not given */
  readonly keepsNoMaster?: boolean;
  /**
   * what full sharding copies between the buffers of its collectives and where products read or write it: gradients, or gathered
   * weights as well; nothing where it is not given
   */
  readonly copiesShards?: 'gradients' | 'all';
  /** all experts of a rank share one kernel also in 8 and 4 bits, casts included; false where it is not given */
  readonly groupsNarrowExperts?: boolean;
  /**
   * products of the experts of a rank share one kernel that activates and casts what it computes as well; only what comes from the exchange is
   * cast by itself; false where it is not given
   */
  readonly fusesExperts?: boolean;
  /** tokens are put in the order of their experts and back by kernels of their own, without a fused one; false where it is not given */
  readonly permutesPlainly?: boolean;
  /**
   * tensor ranks exchange through PyTorch's DTensor, whose collectives gather and scatter the first dimension: those along the
   * sequence copy all of it; false where it is not given
   */
  readonly copiesSequences?: boolean;
  /** products of attention are of 8 bits too; false where it is not given */
  readonly attendsNarrow?: boolean;
  /** tensor ranks gather inputs of 8-bit products as they are cast; false where it is not given */
  readonly gathersNarrow?: boolean;
  /** tokens that experts have slots for reach them by products with masks of ones, as GShard's and MaxText's do; false where it is not given */
  readonly dispatchesByMasks?: boolean;
  /** layers with experts are launched kernel by kernel, none of them captured; false where it is not given */
  readonly launchesEagerly?: boolean;
  /** whole steps are captured as a graph: no kernel waits for the host; false where it is not given */
  readonly capturesSteps?: boolean;
  /** tokens are exchanged behind the other micro-batch, or nothing is computed meanwhile; the usual share where it is not given */
  readonly overlapsExperts?: boolean;
  /** the usual for part, precision and reach where it is not given */
  readonly dispatcher?: ExpertDispatcher;
}

const ofGeneration: Readonly<Record<SoftwareGeneration, TrainingSoftware>> = {
  early: { generation: 'early', attention: 'fused softmax', hasSequenceParallel: false },
  fused: { generation: 'fused', attention: 'flash 2', hasSequenceParallel: true },
  current: { generation: 'current', attention: 'flash 3', hasSequenceParallel: true },
};

/** Whether a part is older than every fused attention kernel that training used: V100 and before, without BF16. */
function isBeforeFusedAttention({ unit, rates }: Device): boolean {
  return unit === 'sixteen-bit' && rates.bf16?.computedIn !== 'bf16';
}

/**
 * What the software of a generation usually does for a model, on a part. A bias on the scores had no place in FlashAttention 2
 * before its release 2.4: in 2023 models with one ran a kernel of the first, written in Triton. FlashAttention needs a part of
 * 2020, from its second version on; before, a fused softmax is the best there is.
 *
 * Source: README and release notes of FlashAttention 2.4 (ALiBi, January 2024), https://github.com/Dao-AILab/flash-attention;
 * llm-foundry, attn_impl: triton, https://github.com/mosaicml/llm-foundry; from memory.
 */
export function usualSoftware(
  generation: SoftwareGeneration,
  { hasPositionBias }: Pick<Architecture, 'hasPositionBias'> = {},
  device?: Device,
): TrainingSoftware {
  const usual = ofGeneration[generation];
  if (device !== undefined && isBeforeFusedAttention(device)) {
    return { ...usual, attention: 'fused softmax' };
  }
  return generation === 'fused' && hasPositionBias ? { ...usual, attention: 'flash 1' } : usual;
}

/**
 * The generation that a part usually runs: the newest, but parts with 16-bit units end with 2023, and TPUs without 8-bit
 * units (the third generation) were left before fused attention came.
 */
export function usualGeneration({ unit, rates }: Device): SoftwareGeneration {
  if (unit === 'sixteen-bit') return 'fused';
  const hasEightBit = rates.int8?.computedIn === 'int8' || rates.fp8?.computedIn === 'fp8';
  return unit === 'systolic' && !hasEightBit ? 'early' : 'current';
}

/**
 * The software of a job: as stated, else of the generation that its plan names, else the newest there is for the part; parts
 * without 8-bit units end with 2023.
 */
export function softwareOf(job: TrainingJob, device: Device): TrainingSoftware {
  if (job.software) return job.software;
  const generation = job.layout.software ?? usualGeneration(device);
  return usualSoftware(generation, job.architecture, device);
}

/**
 * How tokens reach their experts: as stated, else deduplicated on parts with 4-bit units, where such kernels are usual; a
 * general all-to-all elsewhere, the default of Megatron Core.
 *
 * Source: Megatron Core, https://github.com/NVIDIA/Megatron-LM, from memory.
 */
export function dispatcherOf(job: TrainingJob, device: Device): ExpertDispatcher {
  const usual = device.unit === 'four-bit' ? 'deduplicated' : 'copies';
  return softwareOf(job, device).dispatcher ?? usual;
}

/** Whether the score matrix of attention is written to memory. */
export function keepsScores({ attention }: TrainingSoftware): boolean {
  return attention === 'unfused' || attention === 'fused softmax';
}
