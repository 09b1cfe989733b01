import { assumptionValue } from '@engine/catalogue/assumption';
import { generationLine } from '@engine/inference/software';
import type { Subject } from './replica-load';
import { servingSoftware } from './serving-software';

/**
 * Requests that an engine runs at once unless it is told otherwise. AMD's guide to throughput on its parts tells vLLM to accept all prompts
 * (--max-num-seqs as large as --num-prompts). SGLang runs fewer where proposed tokens are checked. It is told otherwise by
 * fleets with workers of their own for prompts or with attention in groups, by InferenceX, which draws its lengths, and by recipes for
 * NPUs.
 *
 * Source: python/sglang/srt/server_args.py of SGLang 0.4 to 0.5, "Max running requests is reset to 48 for speculative decoding",
 * https://github.com/sgl-project/sglang; GLM-5 with 100 users on eight H200 held 47 of them (Little's law); docs/dev-docker/README.md of
 * https://github.com/ROCm/vllm, "Throughput Benchmark", read 2026-11-30.
 */
export function runningDefault(subject: Subject, largestBatch: number): number {
  const { given, machine, load, catalogue } = subject;
  const isGuided =
    given.mode === 'offline' &&
    machine.accelerator.vendor === 'AMD' &&
    /vllm/i.test(given.engine ?? '');
  if (isGuided && load.kind === 'requests in flight') return Math.max(largestBatch, load.requests);
  const isSglang = generationLine(servingSoftware(given)).includes('sglang');
  if (!isSglang || !given.speculative_tokens) return largestBatch;
  if (isToldOtherwise(subject)) return largestBatch;
  return Math.min(
    largestBatch,
    assumptionValue(catalogue.assumptions, 'serving.speculativeBatch.sglang'),
  );
}

/** Whether SGLang was told its limits by whoever measured it: fleets, attention in groups, InferenceX, recipes for NPUs. */
export function isToldOtherwise({
  given,
  machine,
  shape,
}: Pick<Subject, 'given' | 'machine' | 'shape'>): boolean {
  return (
    given.mode === 'disaggregated' ||
    (given.dp ?? 1) > 1 ||
    isNearlyAlike(shape.answerSpread) ||
    machine.accelerator.kind === 'npu'
  );
}

/** Answers that InferenceX draws: between a large share of a length and all of it, not evenly up to it. */
export function isNearlyAlike(spread: number | undefined): boolean {
  return spread !== undefined && spread > 0 && spread < 1;
}
