import { assumptionValue } from '@engine/catalogue/assumption';
import type { ServingConstants } from '@engine/inference/serving';
import { isNearlyAlike } from './running-default';
import type { Subject } from './replica-load';

/** Words by which a case says that AMD's operators run: their library, AMD's own builds and images, and stacks built on them. */
const tuned = /aiter|rocm|amd|atom|moreh|boost/i;

/**
 * Whether experts run in vLLM's own Triton kernels on an Instinct: those of AMD's library are off unless asked for (`VLLM_ROCM_USE_AITER`), which AMD's
 * images, its recipes, InferenceX and entries to MLPerf do.
 *
 * Source: vllm/envs.py of https://github.com/vllm-project/vllm, VLLM_ROCM_USE_AITER = False, against that of the image rocm/vllm, True;
 * https://docs.vultr.com/inference-cookbook/rocm/optimization/aiter-configuration, read 2026-11-30.
 */
export function usesUpstreamExperts({ given, machine, shape }: Subject): boolean {
  const { vendor, kind } = machine.accelerator;
  const engine = given.engine ?? '';
  return (
    vendor === 'AMD' &&
    kind === 'gpu' &&
    (machine.device.family === 'cdna' || machine.device.family === 'cdna-4') &&
    /vllm/i.test(engine) &&
    !tuned.test(engine) &&
    !given.mlperf_scenario &&
    !isNearlyAlike(shape.answerSpread)
  );
}

/** Experts as they run, see usesUpstreamExperts: reading and multiplying them both reach a share of what AMD's kernels do. */
export function withUpstreamExperts(
  subject: Subject,
  { expertStream, expertShare }: ServingConstants,
): Pick<ServingConstants, 'expertStream' | 'expertShare'> {
  const share = usesUpstreamExperts(subject)
    ? assumptionValue(subject.catalogue.assumptions, 'serving.upstreamExperts')
    : 1;
  return { expertStream: expertStream * share, expertShare: expertShare * share };
}
