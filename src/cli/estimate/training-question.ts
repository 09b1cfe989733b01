import type { Architecture, Precision } from '@engine/catalogue/types';
import { largestDivisor } from '@engine/largest-divisor';
import { countParameters } from '@engine/model/parameters';
import type { LayoutQuestion } from '@engine/search/layout-question';
import type { CaseTraining } from './case';
import type { Machine } from './case-hardware';
import { caseSoftware, trainsAdaptersOnly } from './case-software';
import { readPrecision } from './precision';

type Assume = (sentence: string) => void;

const usualSequenceLength = 4096;
const usualBatchTokens = 4_194_304;
const usualTokensPerAccelerator = 1_024;

/** Accelerators for a job of that size where the case names no count: one per 100 million parameters, whole nodes of 8. */
function usualCount(parameters: number): number {
  return 8 * Math.max(1, 2 ** Math.round(Math.log2(parameters / 8e8)));
}

/** The precision of a case; where its source leaves open which of two it is, the narrower one that the part has. */
function casePrecision(given: CaseTraining, machine: Machine): Precision {
  const isOpen = /\bor\b.*fp4|fp4.*\bor\b/i.test(given.precision ?? '');
  if (isOpen && machine.device.unit === 'four-bit') return 'fp4';
  return readPrecision(given.precision) ?? usualPrecision(machine);
}

/** What training computes in where nobody says: BF16, on parts that lack it FP16, else FP32. */
function usualPrecision({ device }: Machine): Precision {
  const usual = ['bf16', 'fp16', 'fp32'] as const;
  return usual.find((precision) => device.rates[precision]?.computedIn === precision) ?? 'bf16';
}

/** Sequence length that nobody stated: 4,096, or what the model can take where that is less. */
function usualSequence({ contextLength }: Architecture): number {
  return contextLength > 0 ? Math.min(usualSequenceLength, contextLength) : usualSequenceLength;
}

/**
 * Whether the router is held to an even load: as stated, else where no whole run is told of. Benchmarks train on random
 * tokens, whose routing would be their own, and hold it even (`moe-router-force-load-balancing` of Megatron Core, the fake
 * gate of NeMo AutoModel).
 */
function routesEvenly(given: CaseTraining): boolean {
  const { moe_routing: stated, tokens_total: tokens } = given;
  if (isUnbalanced(given)) return false;
  if (stated) return /even|balanc|forced|uniform|fake|drop(?!less)/i.test(stated);
  return !tokens && !isTuned(given);
}

/** Whether a case says that nothing balances the router, as recipes of gpt-oss have it (moe_router_load_balancing_type none). */
function isUnbalanced({ moe_routing: stated }: CaseTraining): boolean {
  return /\bno (?:load.?)?balanc|\bunbalanc|without (?:load.?)?balanc/i.test(stated ?? '');
}

/**
 * Whether a trained model is trained on: on data of its own kind, whose routing nothing holds even. Fine-tuning runs on real samples in every
 * stack, and the loss that balances experts is off or as small as it was.
 */
function isTuned({ task }: CaseTraining): boolean {
  return /sft|fine.?tun|(?:mid|post).?train|lora|peft|instruct/i.test(task ?? '');
}

/** Attention and feed-forward blocks side by side where the words for the software say so. */
function withStatedBlocks(architecture: Architecture, { framework }: CaseTraining): Architecture {
  const areParallel = /parallel (?:transformer )?block/i.test(framework ?? '');
  return areParallel ? { ...architecture, hasParallelBlocks: true } : architecture;
}

/** What a case trains, with what it leaves open filled in and said. */
export function trainingQuestion(
  given: CaseTraining,
  known: Architecture,
  machine: Machine,
  assume: Assume,
): LayoutQuestion {
  const architecture = withStatedBlocks(known, given);
  const parameters = countParameters(architecture);
  const precision = casePrecision(given, machine);
  if (!readPrecision(given.precision)) assume(`${precision.toUpperCase()}: precision not given`);
  const batchImplied =
    given.global_batch_tokens && given.global_batch_seqs
      ? Math.round(given.global_batch_tokens / given.global_batch_seqs)
      : null;
  const sequenceLength = given.seq_len ?? batchImplied ?? usualSequence(architecture);
  if (!given.seq_len && !batchImplied) assume(`sequence length ${sequenceLength}: not given`);
  const accelerators = machine.isCountGiven ? machine.count : usualCount(parameters.total);
  if (!machine.isCountGiven) assume(`${accelerators} accelerators: count not given`);
  const software = caseSoftware(given, architecture, machine, assume);
  return {
    architecture,
    parameters,
    precision,
    sequenceLength,
    globalBatch: batchOf(given, sequenceLength, accelerators, assume),
    accelerators,
    software,
    ...(given.etp ? { expertTensorParallel: given.etp } : {}),
    ...(trainsAdaptersOnly(given) ? { trainsAdaptersOnly: true } : {}),
    ...(routesEvenly(given) ? { routesEvenly: true } : {}),
    ...((isTuned(given) || isUnbalanced(given)) && !routesEvenly(given)
      ? { routesFreely: true }
      : {}),
  };
}

/** Micro-batches per stage at which a pipeline stands still little. Huang et al. 2019, GPipe, from memory. */
const fillingMicroBatches = 4;

/** Sequences that fill a pipeline whose stages a case states; none where it states none. */
function fillingBatch(given: CaseTraining, accelerators: number): number {
  const stages = given.pp ?? 1;
  if (stages === 1) return 0;
  const replicas = given.dp ?? accelerators / (stages * (given.tp ?? 1) * (given.cp ?? 1));
  return fillingMicroBatches * stages * replicas * (given.micro_batch ?? 1);
}

function batchOf(
  given: CaseTraining,
  sequenceLength: number,
  accelerators: number,
  assume: Assume,
): number {
  if (given.global_batch_seqs) return given.global_batch_seqs;
  if (given.global_batch_tokens) {
    const exact = given.global_batch_tokens / sequenceLength;
    if (given.tp || given.pp || given.dp) return exact;
    // Sources round batches; one that a power of two divides leaves layouts to choose from.
    const step = accelerators % 8 === 0 ? 8 : 1;
    return Math.max(step, step * Math.round(exact / step));
  }
  const replicas = given.dp ?? 1;
  if (given.micro_batch && given.dp && (given.pp ?? 1) === 1) {
    const batch = given.micro_batch * given.dp * (given.grad_accum ?? 1);
    assume(`global batch of ${batch} sequences: not given, one micro-batch per replica and step`);
    return batch;
  }
  const tokens = Math.max(usualBatchTokens, usualTokensPerAccelerator * accelerators);
  const wanted = Math.max(tokens / sequenceLength, fillingBatch(given, accelerators));
  const unit = given.dp ? replicas : largestDivisor(accelerators, wanted);
  const batch = Math.max(1, Math.round(wanted / unit)) * unit;
  assume(
    `global batch of ${batch} sequences: not given, near 4 Mi tokens or 1,024 per accelerator, more where a pipeline needs it`,
  );
  return batch;
}
