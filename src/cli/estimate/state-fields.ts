import type { MomentPrecision, OptimizerKind } from '@engine/plan';
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

/** The optimizer that a case names where it is not AdamW; Muon with AdamW for what is no matrix is Muon. */
export function statedOptimizer(given: CaseTraining): OptimizerKind | null {
  const name = settingText(given.optimizer);
  const kinds: readonly OptimizerKind[] = ['muon', 'lion', 'adafactor', 'sgd'];
  return kinds.find((kind) => new RegExp(`(?<![a-z])${kind}(?![a-z])`).test(name)) ?? null;
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

/**
 * Layers of a stage whose activations wait in the host's memory for the backward pass, all `layers` of the model where no number stands: said of
 * them, in words of what is offloaded, or by a policy of recomputation that keeps what it does not repeat there
 * ('qkv_proj_offloaded'); null where nothing is said.
 */
export function offloadedLayers(given: CaseTraining, layers: number): number | null {
  const words = [given.offload, given.cpu_offload].map(settingText).join(' ');
  const policy = settingText(given.recompute);
  const isSaid = [given.activation_offload, given.activation_cpu_offload].some(isOn);
  const number = /(\d+) layers?/.exec(words)?.[1] ?? /cpu offload (\d+)/.exec(policy)?.[1];
  if (number !== undefined) return Math.min(layers, Number(number)) || null;
  return isSaid || /activation/.test(words) || /offloaded/.test(policy) ? layers : null;
}

/** Whether the states of the optimizer live in the host's memory: said of them, or of the sharding. */
export function offloadsOptimizer(given: CaseTraining): boolean {
  return (
    isOn(given.optimizer_offload) ||
    isOn(given.optimizer_cpu_offload) ||
    /zero.*offload/.test(settingText(given.zero_stage_or_fsdp)) ||
    /optimizer/.test(settingText(given.offload)) ||
    keepsWeightsInHost(given)
  );
}
