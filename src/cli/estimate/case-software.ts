import type { Architecture } from '@engine/catalogue/types';
import { isHostDriven, type Device } from '@engine/hardware/device';
import type { SoftwareGeneration } from '@engine/plan';
import {
  usualGeneration,
  usualSoftware,
  type AttentionKernel,
  type ExpertDispatcher,
  type TrainingSoftware,
} from '@engine/training/software';
import type { CaseTraining } from './case';
import type { Machine } from './case-hardware';
import { namesDispatchKernels, statedDispatch } from './expert-degrees';
import {
  attendsNarrow,
  fusesByHand,
  hasLibraryNorms,
  habitualAttention,
  habitualDispatcher,
  isLaterMegatron,
  isOfCapturedRecipes,
  permutesPlainly,
  isPlainStack,
  isTunedStack,
  statesCompile,
  waitsForCollectives,
} from './framework-habits';
import { readPrecision } from './precision';
import { isOff, isOn, settingText } from './setting';
import { keepsNoMaster } from './state-fields';
import { keptFromRecompute, readRecompute } from './training-fields';

type Assume = (sentence: string) => void;

/** The words for a switch that says whether attention is fused. */
function fusedAttentionText({ flash_attention: stated }: CaseTraining): string {
  if (isOn(stated)) return 'flash';
  return isOff(stated) ? '' : `flash ${settingText(stated)}`;
}

/** The kernel that a case names; null for none and for a name that says nothing of how it works. */
function statedKernel(given: CaseTraining): AttentionKernel | null {
  const text = given.attention_kernel?.toLowerCase() ?? fusedAttentionText(given);
  if (text === '') return null;
  if (/^(?:unfused|eager|naive)\b|\b(?:no|without) flash/.test(text)) return 'unfused';
  // The kernel in Triton is the first version's; the second came with PyTorch 2.1, in the summer of 2023.
  const isFirst =
    /torch 1\./.test(given.framework?.toLowerCase() ?? '') && /^flash(?!.*2)/.test(text);
  if (isFirst) return 'flash 1';
  if (/flash.*triton|triton.*flash|flash.?att(?:entio)?n[- ]?v?1|\bfa-?1\b/.test(text))
    return 'flash 1';
  if (
    /flash.?att(?:entio)?n[- ]?v?[34]|\bfa-?[34]\b|cudnn|transformer.?engine|^te\b|splash|aiter|turbo|\bck\b|composable/.test(
      text,
    )
  ) {
    return 'flash 3';
  }
  if (/flash|pallas|sdpa|\bfa-?2\b|xformers|memory.?efficient/.test(text)) return 'flash 2';
  if (/unfused|eager|torch|naive|plain|core|none/.test(text)) return 'unfused';
  return /fused/.test(text) ? 'fused softmax' : null;
}

/**
 * Kernels of TPUs have names of their own: the first, in Pallas, and Splash attention after it, which MaxText means by flash.
 *
 * Source: jax/experimental/pallas/ops/tpu, https://github.com/jax-ml/jax, from memory.
 */
function onPart(
  kernel: AttentionKernel | null,
  given: CaseTraining,
  { unit }: Device,
): AttentionKernel | null {
  const isFirst = /pallas/i.test(given.attention_kernel ?? '');
  return unit === 'systolic' && kernel === 'flash 2' && !isFirst ? 'flash 3' : kernel;
}

/** Whether a text means PyTorch's own full sharding; 'FSDP group n' is how Megatron writes its. */
function isPlainSharding(sharding: string): boolean {
  return /(?:fsdp|hsdp)(?!=0| group)/.test(sharding);
}

function shardingOf(given: CaseTraining): string {
  return settingText(given.zero_stage_or_fsdp);
}

function isDeepSpeed(given: CaseTraining): boolean {
  return /deepspeed|neox/.test(`${shardingOf(given)} ${given.framework?.toLowerCase() ?? ''}`);
}

/**
 * Whether gradients of a micro-batch are added to their sums by kernels of their own and exchanged after the backward pass: DeepSpeed, and
 * PaddlePaddle, whose hooks add to a 32-bit main_grad and whose sharding overlaps only when told to.
 *
 * Source: PaddlePaddle, fleet/utils/mix_precision_utils.py; PaddleNLP, sharding_parallel_config (enable_stage1_overlap), from memory.
 */
function sumsGradientsApart(given: CaseTraining): boolean {
  return isDeepSpeed(given) || /paddle/i.test(given.framework ?? '');
}

/**
 * PyTorch that runs operation by operation: where the case says that it is not compiled, or names PyTorch or a trainer on top
 * of it without a stack that brings kernels of its own.
 */
function isEager(given: CaseTraining): boolean {
  const compiled = statesCompile(given);
  if (compiled !== null) return !compiled;
  const precision = readPrecision(given.precision);
  // What computes in 8 bits comes with kernels of its own.
  if (precision === 'fp8' || precision === 'fp4') return false;
  const text = given.framework?.toLowerCase() ?? '';
  if (fusesByHand(given)) return false;
  const isPlain =
    /pytorch|torch (?:fsdp|ddp)|transformers|accelerate|hugging ?face|\btrl\b|prime.?rl|llama.?factory|axolotl/.test(
      text,
    );
  return isPlain && !/nvidia|nemo|megatron|deepspeed|neox|composer|foundry|xla/.test(text);
}

/** Stacks that compile or capture whole steps and bring kernels of their own; PyTorch by itself gains less. */
function isCompiled(given: CaseTraining): boolean {
  const text = given.framework?.toLowerCase() ?? '';
  return /jax|maxtext|paxml|xla|transformer.?engine|nemo|megatron.?(?:core|bridge)/.test(text);
}

/** A run of which neither the software nor any of the layout is told: no recipe of a vendor, which would state them. */
function isRunOfUnknownSoftware(given: CaseTraining): boolean {
  const { framework, tp, pp, dp, micro_batch: microBatch } = given;
  return !framework && !tp && !pp && !dp && !microBatch;
}

/** Parts from before 8-bit formats, whose software may be that of 2021 or 2023: A100, V100, MI250X. */
function isOfSixteenBits({ unit, family }: Device): boolean {
  return unit === 'sixteen-bit' || (unit === 'other' && family === 'cdna');
}

/**
 * The generation of the software, from what the case says and the machine. Newer parts run today's software, or plain PyTorch
 * where the case says FSDP and no stack that compiles, or tells nothing of a whole run but its tokens; on older ones sharded
 * data parallelism, whose exchange overlaps, gated blocks, BF16 without recomputing everything and a named fused kernel came
 * with FlashAttention, other multi-head GPTs before it.
 */
function generationOf(
  given: CaseTraining,
  architecture: Architecture,
  device: Device,
): SoftwareGeneration {
  const newest = usualGeneration(device);
  if (device.unit === 'systolic') return newest;
  const sharding = shardingOf(given);
  if (!isOfSixteenBits(device)) {
    // Who pipelines as well has a stack of his own around the sharding, unless it is PyTorch's by name.
    const isOwn = (given.pp ?? 1) === 1 || /fsdp2/.test(sharding);
    const isPlain = isPlainSharding(sharding) && !isCompiled(given) && isOwn;
    const isUnknown = device.unit === 'eight-bit' && isRunOfUnknownSoftware(given);
    const isBare = isEager(given) && !isCompiled(given);
    const isOfTwentyThree = device.unit !== 'eight-bit' || !isLaterMegatron(given);
    const isNamedPlain =
      device.unit !== 'other' && ((isPlainStack(given) && isOfTwentyThree) || isBare);
    return isPlain || isUnknown || isNamedPlain ? 'fused' : newest;
  }
  if (device.unit === 'sixteen-bit' && isTunedStack(given)) return 'current';
  if (/^flash/.test(statedKernel(given) ?? '')) return 'fused';
  const isShared = architecture.keyValueHeads < architecture.heads;
  const isOfTwentyThree = architecture.isGated || isShared;
  if (isDeepSpeed(given) && !isOfTwentyThree) return 'early';
  if (/plain dp/.test(sharding)) return 'early';
  if (/fsdp/.test(sharding)) return 'fused';
  if (readPrecision(given.precision) === 'fp16' && !isShared) return 'early';
  // Recomputing everything went with scores in memory, which fused attention made needless.
  const isPlain = readRecompute(given.recompute) === 'full';
  const isLater = readPrecision(given.precision) === 'bf16' && !isPlain;
  return isOfTwentyThree || isLater ? 'fused' : 'early';
}

/**
 * Root-mean-square norms of Megatron-LM had no kernel of their own on parts with 16-bit units: where a case lists its kernels
 * and names none for them. Layer norms always had one, and so had the stacks around PyTorch's own sharding where they were compiled.
 */
function hasPlainNorms(given: CaseTraining, architecture: Architecture, device: Device): boolean {
  return (
    Boolean(given.attention_kernel) &&
    architecture.isGated &&
    device.unit === 'sixteen-bit' &&
    !isPlainSharding(shardingOf(given)) &&
    (!given.framework || /megatron/i.test(given.framework)) &&
    !isCompiled(given) &&
    !/rms|norm/i.test(given.attention_kernel ?? '')
  );
}

/** Selective recomputation that a case states along with PyTorch's own sharding is PyTorch's own, too. */
function recomputesProducts(given: CaseTraining): boolean {
  return isPlainSharding(shardingOf(given)) && readRecompute(given.recompute) === 'selective';
}

/**
 * Megatron's own optimizer exchanges the gradients of 16-bit types as it sums them, in 32 bits (accumulate-allreduce-grads-in-fp32
 * is set with --bf16), torchtitan as well (mixed_precision_reduce); the recipes of NeMo and Megatron Bridge in 16 bits,
 * DeepSpeed in the type of the model.
 *
 * Source: NVIDIA/Megatron-LM, megatron/training/arguments.py; torchtitan, job configuration; performance recipes of Megatron Bridge (grad_reduce_in_fp32
 * false), from memory.
 */
function exchangesWide(given: CaseTraining): boolean {
  const text = `${shardingOf(given)} ${given.framework?.toLowerCase() ?? ''}`;
  const precision = readPrecision(given.precision);
  if (settingText(given.grad_reduce_in_fp32) !== '') return isOn(given.grad_reduce_in_fp32);
  if (precision !== 'bf16' && precision !== 'fp8') return false;
  return (
    /distributed optimi[sz]er|megatron|torchtitan/.test(text) &&
    !/nemo|bridge|deepspeed|neox|neuron|bf16|16.bit/.test(text)
  );
}

/**
 * What full sharding copies: that of DeepSpeed and PyTorch's second gather into buffers of their own, PyTorch's first
 * into place; compilers of JAX and the stacks of vendors plan their buffers.
 */
function copiesShards(given: CaseTraining): TrainingSoftware['copiesShards'] {
  const text = `${shardingOf(given)} ${given.framework?.toLowerCase() ?? ''}`;
  if (/jax|xla|maxtext|levanter|marin|axlearn|pax|megatron|nemo(?!.*fsdp2)/.test(text))
    return undefined;
  if (/fsdp2|torchtitan|fully_shard|dtensor|deepspeed|zero/.test(text)) return 'all';
  return isPlainSharding(shardingOf(given)) ? 'gradients' : undefined;
}

/** How tensor ranks exchange in PyTorch's own parallelism: through DTensor, 8-bit inputs as cast where whole tensors are scaled. */
function tensorCollectives(
  given: CaseTraining,
): Pick<TrainingSoftware, 'copiesSequences' | 'gathersNarrow'> {
  const text = `${shardingOf(given)} ${given.framework?.toLowerCase() ?? ''}`;
  if (!/torchtitan|dtensor|fsdp2/.test(text)) return {};
  const recipe = `${given.precision ?? ''} ${given.fp8_recipe ?? ''}`;
  const isNarrow = readPrecision(given.precision) === 'fp8' && !/row.?wise|mx/i.test(recipe);
  return { copiesSequences: true, ...(isNarrow ? { gathersNarrow: true } : {}) };
}

/** Whether the case says that norms are divided over the tensor ranks; null when it says nothing. */
function statedSequenceParallel(given: CaseTraining): boolean | null {
  const stated = settingText(given.sequence_parallel);
  if (stated !== '') return /^(true|1|yes)$/.test(stated);
  const recompute = settingText(given.recompute);
  if (/no sequence parallel/.test(recompute)) return false;
  return /\+ sequence parallel/.test(recompute) ? true : null;
}

/** How tokens reach their experts, where the case names it: by itself, or along with the framework or the kernels. */
function statedDispatcher(given: CaseTraining): ExpertDispatcher | null {
  if (namesDispatchKernels(given)) return 'deduplicated';
  const dispatcher = statedDispatch(given);
  if (/all.?gather/.test(dispatcher)) return 'gather';
  return /all.?to.?all|a2a|nccl/.test(dispatcher) ? 'copies' : null;
}

/**
 * The same as stated, or by habit of the framework. Kernels that dispatch tokens drive the ports from the accelerator, which
 * Amazon's adapter does not offer.
 */
function usualDispatcher(given: CaseTraining, device: Device): ExpertDispatcher | null {
  return statedDispatcher(given) ?? (isHostDriven(device) ? 'copies' : habitualDispatcher(given));
}

/** Whether tokens reach slots of experts by products with masks: in MaxText and the stacks of Mesh TensorFlow, where a capacity is stated. */
function dispatchesByMasks({ capacity_factor: factor, framework }: CaseTraining): boolean {
  return (
    Boolean(factor) &&
    /maxtext|gshard|mesh.?tensorflow|mesh.?tf|praxis|paxml/i.test(framework ?? '')
  );
}

/**
 * Whether layers with experts are launched kernel by kernel: Megatron with a dispatcher named that its recipes of captured graphs
 * do not use. HybridEP comes with those.
 */
function launchesEagerly(given: CaseTraining): boolean {
  const dispatcher = statedDispatch(given);
  const text = `${dispatcher} ${given.framework ?? ''}`;
  if (!/megatron/i.test(text)) return false;
  if (settingText(given.cuda_graph) !== '') return isOff(given.cuda_graph);
  return dispatcher !== '' && !/hybrid.?ep|graph/i.test(text);
}

/** Whether whole steps are captured, not only what of a layer has fixed shapes: as stated, or by habit of the recipes. */
function capturesSteps(given: CaseTraining, architecture: Architecture, { unit }: Device): boolean {
  const stated = settingText(given.cuda_graph);
  if (stated === '') return unit === 'four-bit' && isOfCapturedRecipes(given, architecture);
  return /full|whole|iteration|step/.test(stated) && !isOff(given.cuda_graph);
}

/** What is exchanged behind the passes, as the flags of Megatron say it; nothing where a case does not say. */
function statedOverlap({
  overlap_grad_reduce: reduce,
  overlap_param_gather: gather,
}: CaseTraining): Pick<TrainingSoftware, 'reducesAfterward' | 'gathersAfterward'> {
  return {
    ...(settingText(reduce) === '' ? {} : { reducesAfterward: isOff(reduce) }),
    ...(settingText(gather) === '' ? {} : { gathersAfterward: isOff(gather) }),
  };
}

/**
 * Whether tokens reach their experts behind the other micro-batch, as stated or because recipes that capture whole steps set it
 * (overlap_moe_expert_parallel_comm: pull requests 3983 and 4606 of Megatron Bridge, 2026); nothing where a case does not say.
 */
function overlapsExperts(given: CaseTraining, architecture: Architecture): boolean | undefined {
  const { moe_ep_overlap: stated, cuda_graph: graph } = given;
  if (settingText(stated) !== '') return !isOff(stated);
  return settingText(graph) === '' && isOfCapturedRecipes(given, architecture) ? true : undefined;
}

/**
 * Whether 8-bit products of experts have a kernel for all of them at once, as a case names it.
 *
 * Source: deepseek-ai/DeepGEMM (grouped GEMMs); AMD-AGI/Primus-Turbo (grouped_gemm_fp8), from memory.
 */
function groupsNarrowExperts({ precision, framework, fp8_recipe: recipe }: CaseTraining): boolean {
  return /deep.?gemm|primus.?turbo/i.test(`${precision ?? ''} ${framework ?? ''} ${recipe ?? ''}`);
}

/**
 * Whether experts in 8 or 4 bits run in one kernel that activates and casts as well: named, or because whole steps are captured
 * while tokens are routed freely, which takes products whose shapes the accelerator reads.
 *
 * Source: Megatron Bridge, docs/training/moe-optimization.md (device-initiated grouped GEMM) and release notes of 0.5 (CuTeDSL fused
 * grouped GEMM with full-iteration CUDA graphs), 2026, https://github.com/NVIDIA-NeMo/Megatron-Bridge.
 */
function fusesExperts(given: CaseTraining, { unit }: Device, isCaptured: boolean): boolean {
  const precision = readPrecision(given.precision);
  if (unit !== 'four-bit' || (precision !== 'fp8' && precision !== 'fp4')) return false;
  const named = `${given.framework ?? ''} ${settingText(given.cuda_graph)}`;
  if (/cute.?dsl|fused grouped|paged.?stash/i.test(named)) return true;
  return isCaptured && !given.capacity_factor;
}

/** The training software of a case: stated, or usual for the machine, and said. */
export function caseSoftware(
  given: CaseTraining,
  architecture: Architecture,
  { device }: Pick<Machine, 'device'>,
  assume: Assume,
): TrainingSoftware {
  const usual = usualSoftware(generationOf(given, architecture, device), architecture, device);
  const attention =
    onPart(statedKernel(given), given, device) ??
    habitualAttention(given, architecture, device) ??
    usual.attention;
  const isPlain = hasPlainNorms(given, architecture, device);
  const isUnfused = architecture.isGated && isEager(given);
  const hasSequenceParallel =
    statedSequenceParallel(given) ?? (usual.hasSequenceParallel && !isPlain);
  const overlaps = overlapsExperts(given, architecture);
  const copied = device.unit === 'systolic' ? undefined : copiesShards(given);
  const dispatcher = usualDispatcher(given, device);
  const isCaptured = capturesSteps(given, architecture, device);
  const kept = keptFromRecompute(given.recompute);
  assume(`software of the ${usual.generation} generation, attention ${attention}`);
  return {
    generation: usual.generation,
    attention,
    hasSequenceParallel,
    ...(isPlain || (isUnfused && !hasLibraryNorms(given, device)) ? { hasPlainNorms: true } : {}),
    ...(usual.generation === 'fused' && recomputesProducts(given)
      ? { recomputesProducts: true }
      : {}),
    ...(sumsGradientsApart(given) ? { sumsGradientsApart: true } : {}),
    ...(dispatcher ? { dispatcher } : {}),
    ...(waitsForCollectives(given, device) ? { waitsForCollectives: true } : {}),
    ...(isOn(given.async_tp) || isOn(given.tp_overlap) ? { overlapsTensorProducts: true } : {}),
    ...(keepsNoMaster(given) ? { keepsNoMaster: true } : {}),
    ...(copied ? { copiesShards: copied } : {}),
    ...(fusesByHand(given) ? { fusesByHand: true } : {}),
    ...(kept.length > 0 ? { keepsFromRecompute: kept } : {}),
    ...(dispatchesByMasks(given) ? { dispatchesByMasks: true } : {}),
    ...(launchesEagerly(given) ? { launchesEagerly: true } : {}),
    ...(isCaptured ? { capturesSteps: true } : {}),
    ...(attendsNarrow(given, architecture, isCaptured) ? { attendsNarrow: true } : {}),
    ...(overlaps === undefined ? {} : { overlapsExperts: overlaps }),
    ...statedOverlap(given),
    ...(fusesExperts(given, device, isCaptured) ? { fusesExperts: true } : {}),
    ...(permutesPlainly(given) ? { permutesPlainly: true } : {}),
    ...tensorCollectives(given),
    ...(groupsNarrowExperts(given) ? { groupsNarrowExperts: true } : {}),
    ...(statesCompile(given) ? { compilesOperations: true } : {}),
    ...(exchangesWide(given) ? { exchangesWide: true } : {}),
  };
}

/** Whether only adapters are trained: a task or recipe that names LoRA. */
export function trainsAdaptersOnly(given: CaseTraining): boolean {
  return /lora|peft|adapter/i.test(given.task ?? '');
}
