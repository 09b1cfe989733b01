import type { LayoutQuestion } from '@engine/search/layout-question';
import type { CaseTraining } from './case';
import { settingText } from './setting';

/** Columns of an expert below which ranks seldom share it: recipes of many narrow experts leave each whole. */
const narrowShare = 1024;

/**
 * Ranks that may share an expert: as stated; none where the words say that experts are laid out apart from the tensor ranks; else
 * the tensor ranks, where the stage has enough for both, which is what Megatron Core does by itself. Narrow experts may be
 * whole or shared.
 *
 * Source: expert_tensor_parallel_size is the tensor-parallel size unless set, NVIDIA/Megatron-LM, megatron/training/arguments.py;
 * recipes of Megatron Bridge set 1 for Qwen3 and DeepSeek-V3; Wei et al. 2024, Skywork-MoE (EDP), https://arxiv.org/abs/2406.06563;
 * from memory.
 */
export function expertRanks(question: LayoutQuestion, given: CaseTraining): readonly number[] {
  if (question.expertTensorParallel) return [question.expertTensorParallel];
  const experts = question.architecture.mixtureOfExperts;
  const tensor = given.tp ?? 1;
  if (experts === null || tensor === 1) return [1];
  if (/\bedp\b|folding/i.test(given.framework ?? '')) return [1];
  const ranks = question.accelerators / (given.pp ?? 1);
  if ((given.ep ?? 1) * tensor > ranks) return [1];
  return experts.expertFfn / tensor < narrowShare ? [1, tensor] : [tensor];
}

/** What a case says of how tokens reach their experts, in lower case; '' where it says nothing. */
export function statedDispatch(given: CaseTraining): string {
  return settingText(given.moe_dispatcher ?? given.moe_token_dispatcher);
}

/** Whether kernels are named that dispatch tokens to experts and send each to a rank or node once. */
export function namesDispatchKernels(given: CaseTraining): boolean {
  const named = [
    settingText(given.zero_stage_or_fsdp),
    statedDispatch(given),
    given.framework,
    given.attention_kernel,
  ].join(' ');
  return /deep.?ep|hybrid.?ep|uccl|nvshmem|flex.?dispatch|\bflex\b/i.test(named);
}

/** Full sharding without a word of experts spreads no experts: every rank gathers them all. */
export function expertDegrees(given: CaseTraining): readonly number[] | undefined {
  if (given.ep) return [given.ep];
  const sharding = settingText(given.zero_stage_or_fsdp);
  const spreads =
    /\bep\b/i.test(`${sharding} ${given.framework ?? ''}`) || namesDispatchKernels(given);
  return /fsdp/.test(sharding) && !spreads ? [1] : undefined;
}
