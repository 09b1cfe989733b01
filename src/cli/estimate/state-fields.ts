import type { MomentPrecision } from '@engine/plan';
import type { CaseTraining } from './case';
import { isOn, settingText } from './setting';

/** Where and in which precision a case keeps weights, gradients and the state of the optimizer. */

/** What a case says of the precision of the optimizer: 'bf16', 'BF16+SR', 'BF16+FP32Optimizer'. */
function statedPrecision(given: CaseTraining): string {
  return `${settingText(given.optimizer_dtype)} ${settingText(given.optimizer_precision)}`;
}

const inSixteenBits = /bf16|bfloat16|fp16|float16|16.?bit/;
const inMore = /fp32|float32|32.?bit|master/;

/** Precision of the moments, where a case names one other than 32 bits: by themselves, or that of the whole optimizer. */
export function statedMoments(given: CaseTraining): MomentPrecision | null {
  const text = settingText(given.moment_dtype) || statedPrecision(given);
  const name = settingText(given.optimizer);
  if (/8.?bit|int8|fp8|float8/.test(`${text} ${name}`)) return '8-bit';
  return inSixteenBits.test(text) && !inMore.test(text) ? '16-bit' : null;
}

/** Whether nothing is kept in 32 bits: an optimizer said to be of 16 bits updates the weights as they are. */
export function keepsNoMaster(given: CaseTraining): boolean {
  const text = statedPrecision(given);
  return inSixteenBits.test(text) && !inMore.test(text);
}

/**
 * Whether full sharding keeps its weights in the host's memory: said of the parameters, or of the whole of PyTorch's sharding,
 * which offloads all or nothing.
 *
 * Source: DeepSpeed, offload_param; PyTorch, CPUOffload and CPUOffloadPolicy of FSDP, from memory.
 */
export function keepsWeightsInHost(given: CaseTraining): boolean {
  const text = settingText(given.zero_stage_or_fsdp);
  const isSaid = [given.param_offload, given.parameter_offload, given.offload_params].some(isOn);
  const isWhole = /fsdp/.test(text) && (isOn(given.cpu_offload) || /cpu.?offload/.test(text));
  return (
    isSaid ||
    isWhole ||
    /zero.?infinity|offload\w* (?:of )?(?:\w+ )?param|param\w*[- _]offload/.test(text)
  );
}

/** Whether the states of the optimizer live in the host's memory: said of them, or of the sharding. */
export function offloadsOptimizer(given: CaseTraining): boolean {
  return (
    isOn(given.optimizer_offload) ||
    isOn(given.optimizer_cpu_offload) ||
    /zero.*offload/.test(settingText(given.zero_stage_or_fsdp)) ||
    keepsWeightsInHost(given)
  );
}
