import type { Architecture } from '@engine/catalogue/types';
import type { Device } from '@engine/hardware/device';
import {
  usualGeneration,
  usualSoftware,
  type AttentionKernel,
  type SoftwareGeneration,
  type TrainingSoftware,
} from '@engine/training/software';
import type { CaseTraining } from './case';
import { readPrecision } from './precision';
import { readRecompute } from './training-fields';

type Assume = (sentence: string) => void;

function statedKernel(given: CaseTraining): AttentionKernel | null {
  const text = given.attention_kernel?.toLowerCase();
  if (!text) return null;
  if (/flash.?attention ?(v?1|v1)/.test(text)) return 'flash 1';
  if (/flash|cudnn|sdpa|splash/.test(text)) return 'flash 2';
  return /fused/.test(text) ? 'fused softmax' : 'unfused';
}

/** Whether a text means PyTorch's own full sharding; 'FSDP group n' is how Megatron writes its. */
function isPlainSharding(sharding: string): boolean {
  return /fsdp(?!=0| group)/.test(sharding);
}

function shardingOf(given: CaseTraining): string {
  return String(given.zero_stage_or_fsdp ?? '').toLowerCase();
}

/**
 * The generation of the software, from what the case says and the machine. Parts with 8-bit units run today's software, or
 * plain PyTorch where the case says FSDP; on older ones sharded data parallelism, whose exchange overlaps, and gated blocks came
 * with FlashAttention, plain multi-head GPTs and FP16 before it.
 */
function generationOf(
  given: CaseTraining,
  architecture: Architecture,
  device: Device,
): SoftwareGeneration {
  const newest = usualGeneration(device);
  if (device.unit === 'four-bit' || device.unit === 'systolic' || device.unit === 'other') {
    return newest;
  }
  const kernel = statedKernel(given);
  if (kernel !== null) return 'fused';
  const sharding = shardingOf(given);
  if (device.unit === 'eight-bit') return isPlainSharding(sharding) ? 'fused' : 'current';
  if (/deepspeed|neox|plain dp/.test(sharding)) return 'early';
  if (/fsdp/.test(sharding)) return 'fused';
  if (readPrecision(given.precision) === 'fp16') return 'early';
  const isShared = architecture.keyValueHeads < architecture.heads;
  return architecture.isGated || isShared ? 'fused' : 'early';
}

/**
 * Root-mean-square norms had no kernel of their own where a case lists its kernels and names none for them; layer norms
 * always had one.
 */
function hasPlainNorms(given: CaseTraining, architecture: Architecture): boolean {
  return (
    Boolean(given.attention_kernel) &&
    architecture.isGated &&
    !/rms|norm/i.test(given.attention_kernel ?? '')
  );
}

/** Selective recomputation that a case states along with PyTorch's own sharding is PyTorch's own, too. */
function recomputesProducts(given: CaseTraining): boolean {
  return isPlainSharding(shardingOf(given)) && readRecompute(given.recompute) === 'selective';
}

/** Whether the case says that norms are divided over the tensor ranks; null when it says nothing. */
function statedSequenceParallel(given: CaseTraining): boolean | null {
  const stated = given.sequence_parallel;
  if (stated !== null && stated !== undefined) return /^(true|1|yes)$/i.test(String(stated));
  const recompute = given.recompute?.toLowerCase() ?? '';
  if (/no sequence parallel/.test(recompute)) return false;
  return /\+ sequence parallel/.test(recompute) ? true : null;
}

/** The training software of a case: stated, or usual for the machine, and said. */
export function caseSoftware(
  given: CaseTraining,
  architecture: Architecture,
  device: Device,
  assume: Assume,
): TrainingSoftware {
  const usual = usualSoftware(generationOf(given, architecture, device));
  const attention = statedKernel(given) ?? usual.attention;
  const isPlain = hasPlainNorms(given, architecture);
  const hasSequenceParallel =
    statedSequenceParallel(given) ?? (usual.hasSequenceParallel && !isPlain);
  assume(`software of the ${usual.generation} generation, attention ${attention}`);
  return {
    generation: usual.generation,
    attention,
    hasSequenceParallel,
    ...(isPlain ? { hasPlainNorms: true } : {}),
    ...(usual.generation === 'fused' && recomputesProducts(given)
      ? { recomputesProducts: true }
      : {}),
  };
}

/** Whether only adapters are trained: a task or recipe that names LoRA. */
export function trainsAdaptersOnly(given: CaseTraining): boolean {
  return /lora|peft|adapter/i.test(given.task ?? '');
}
