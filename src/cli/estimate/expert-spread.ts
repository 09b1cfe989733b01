import { generationLine, type SoftwareGeneration } from '@engine/inference/software';
import type { ServingSetup } from '@engine/inference/serving';
import type { CaseServing } from './case';

/** Kernels and settings that send tokens to the ranks of their experts. */
const sending = /deep-?ep|\bmori\b|mega-?moe|all-?to-?all|\ba2a\b|pplx|wide-?ep/i;

/**
 * How the experts of a case lie over its ranks and how tokens get there: over as many ranks as are stated, by the kernels that are named beside
 * the engine. Attention in groups by itself leaves experts cut over all ranks in vLLM and SGLang.
 *
 * Source: --ep-size of SGLang, 1 by default and all ranks with DeepEP; --enable-expert-parallel of vLLM, "If not set, tensor parallelism
 * is used for the MoE layers" (https://docs.vllm.ai/en/latest/serving/expert_parallel_deployment, both from memory).
 */
export function expertSpread(
  { engine, ep, dp }: CaseServing,
  software: SoftwareGeneration,
): Pick<ServingSetup, 'expertParallel' | 'sendsTokens'> {
  const line = generationLine(software);
  const isCut = (line.includes('sglang') || line.includes('current')) && (dp ?? 1) > 1;
  return {
    ...(ep && ep > 1 ? { expertParallel: ep } : isCut ? { expertParallel: 1 } : {}),
    ...(sending.test(engine ?? '') ? { sendsTokens: true } : {}),
  };
}
