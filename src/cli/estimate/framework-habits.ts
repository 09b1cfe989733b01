import type { Architecture } from '@engine/catalogue/types';
import type { Device } from '@engine/hardware/device';
import type { Recompute } from '@engine/plan';
import type { AttentionKernel, ExpertDispatcher } from '@engine/training/software';
import type { CaseTraining } from './case';
import { isOff, settingText } from './setting';

/** What software does unless told otherwise, where a case names the software and leaves the setting open. */

function named(given: CaseTraining): string {
  return given.framework?.toLowerCase() ?? '';
}

/**
 * Recomputation that a framework switches on by itself, with more of it where that does not fit; null where it has no such
 * habit.
 *
 * Source: neuronx-nemo-megatron, test_llama.sh and test.sh (full, uniform); neuronx-distributed, tutorials of Llama (selective
 * checkpointing), https://github.com/aws-neuron; EasyLM, LLaMAConfig.remat_block; torchtitan, activation_checkpoint.mode;
 * XTuner and LLaMA-Factory, gradient checkpointing unless disabled; Levanter, gradient_checkpointing of its models, and the
 * models of Marin on it (eqx.filter_checkpoint around every block), https://github.com/marin-community; the last six from memory.
 */
export function habitualRecompute(given: CaseTraining): readonly Recompute[] | null {
  const text = named(given);
  if (/neuron/.test(text)) return /nemo/.test(text) ? ['full'] : ['selective', 'full'];
  if (/easylm|xtuner|llama.?factory|levanter|marin|grug/.test(text)) return ['full'];
  return /torchtitan/.test(text) ? ['selective', 'full'] : null;
}

/** Release of PyTorch, and the month of it, that computes its attention with the kernels of cuDNN on parts they are written for. */
const kernelsOfLibrary = { minor: 11, month: 202604 };

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Year and month that a text names, as one number; null where it names none. */
function statedMonth(text: string): number | null {
  const [, word, year] = new RegExp(`(${months.join('|')})[a-z]* (20\\d\\d)`).exec(text) ?? [];
  return word === undefined ? null : 100 * Number(year) + months.indexOf(word) + 1;
}

/**
 * Whether PyTorch's own attention is that of cuDNN: torchtitan asks for it on parts with 4-bit units and for the kernel of 2023 on
 * others; everybody else gets it on Hopper and Blackwell from release 2.11 (March 2026), whose wheels bring cuDNN 9.15 or later.
 * Windows, and heads of latent attention, go another way.
 *
 * Source: torchtitan, models/attention.py (_init_backend); PyTorch, aten/src/ATen/native/transformers/cuda/sdp_utils.cpp
 * (check_prefer_cudnn_attention), pull request 162073, https://github.com/pytorch/pytorch; huggingface/transformers, pull request
 * 48163 (August 2026): in the code since 2.10, in effect since the cuDNN bundled with 2.11.
 */
function attendsByLibrary(
  given: CaseTraining,
  architecture: Architecture,
  device: Device,
): boolean {
  const { unit, family } = device;
  if (family !== 'hopper' && family !== 'blackwell') return false;
  const { latentAttention, slidingWindow } = architecture;
  if (latentAttention || slidingWindow) return false;
  const text = named(given);
  if (/torchtitan/.test(text)) return unit === 'four-bit';
  if (!/pytorch|transformers|accelerate|hugging ?face|\btrl\b|torchtune/.test(text)) return false;
  const minor = /\b(?:py)?torch 2\.(\d+)/.exec(text)?.[1];
  if (minor !== undefined) return Number(minor) >= kernelsOfLibrary.minor;
  return (statedMonth(text) ?? 0) >= kernelsOfLibrary.month;
}

/** Release of AWS Neuron from which its libraries have a fused attention kernel: July 2024, release notes of 0.6.0 and 2.19. */
const neuronWithFlash = 19;

/**
 * Attention that comes with a named framework; null where none is known for it. Scores in memory: XLA without a library of
 * kernels, EasyLM, Neuron before its own kernel. Transformer Engine brings the kernels of cuDNN, written for each part. PyTorch
 * on TPUs calls the first kernel in Pallas, torchax the Splash attention of JAX.
 *
 * Source: pytorch/xla, torch_xla/experimental/custom_kernel.py (flash_attention); AI-Hypercomputer/torchprime; from memory.
 */
export function habitualAttention(
  given: CaseTraining,
  architecture: Architecture,
  device: Device,
): AttentionKernel | null {
  const text = named(given);
  if (!given.attention_kernel && attendsByLibrary(given, architecture, device)) return 'flash 3';
  if (/(?:pytorch|torch)[/_ -]xla|torchprime/.test(text) && !/torchax/.test(text)) return 'flash 2';
  const neuron = /neuron\w*(?: sdk)? ?2\.(\d+)/.exec(text)?.[1];
  if (neuron !== undefined) return Number(neuron) < neuronWithFlash ? 'fused softmax' : null;
  if (/easylm|(?:without|no) (?:transformer.?engine|flash)/.test(text)) return 'fused softmax';
  return /transformer.?engine|\bte \d/.test(text) ? 'flash 3' : null;
}

/**
 * How tokens reach their experts in a named framework where nothing is said of it; null where it follows the part. Recipes of
 * Megatron Bridge end with apply_flex_dispatcher_backend: DeepEP on Hopper in those of 2025, HybridEP in those of 2026. torchtitan
 * exchanges by PyTorch's all-to-all unless DeepEP is asked for.
 *
 * Source: NVIDIA-NeMo/Megatron-Bridge, src/megatron/bridge/recipes/qwen/h100/qwen3_moe.py; its performance recipes of H100, B200,
 * GB200, B300 and GB300 all set hybridep: NVIDIA/Megatron-LM, pull request 5039 (May 2026).
 */
export function habitualDispatcher(given: CaseTraining): ExpertDispatcher | null {
  const text = named(given);
  if (/megatron.?bridge/.test(text)) return 'deduplicated';
  return /torchtitan/.test(text) ? 'copies' : null;
}

/**
 * Whether a framework is named that sorts tokens by expert with operations of PyTorch: torchtitan gathers them by index, weights
 * them in 32 bits and adds them up by index; libraries of models do the same or loop over the experts.
 *
 * Source: torchtitan, models/moe (TokenReorderer, scatter_add), https://github.com/pytorch/torchtitan; transformers, models
 * with experts, https://github.com/huggingface/transformers; from memory.
 */
export function permutesPlainly(given: CaseTraining): boolean {
  return /torchtitan|transformers|hugging ?face|accelerate|\btrl\b|llama.?factory/.test(
    named(given),
  );
}

/** Releases from which recipes of Megatron Bridge for MXFP8 capture whole steps: year and month of the container, version. */
const capturing = { container: 2606, version: 5 };

/**
 * Whether a release of Megatron Bridge is named whose recipes for models of attention with experts in MXFP8 capture whole steps, with
 * grouped products that cast and activate as well; hybrid models are captured in part.
 *
 * Source: release notes 0.5.0 and 0.5.1 (NeMo 26.06), pull requests 4249 and 4606, https://github.com/NVIDIA-NeMo/Megatron-Bridge.
 */
export function isOfCapturedRecipes(given: CaseTraining, architecture: Architecture): boolean {
  const isMicroscaled = /mx/i.test(`${given.precision ?? ''} ${given.fp8_recipe ?? ''}`);
  const { mixtureOfExperts, recurrentMixer } = architecture;
  if (!isMicroscaled || !mixtureOfExperts || recurrentMixer) return false;
  const text = named(given);
  const [, year, month] = /nemo\D*(\d\d)\.(\d\d)/.exec(text) ?? [];
  const minor = /megatron.?bridge v?r?0\.(\d+)/.exec(text)?.[1];
  return (
    (year !== undefined && 100 * Number(year) + Number(month) >= capturing.container) ||
    (minor !== undefined && Number(minor) >= capturing.version)
  );
}

/**
 * Whether the products of attention are of 8 bits too: as stated, by the recipes of Megatron Bridge for MXFP8 that capture whole
 * steps, or in NVIDIA's entries to MLPerf Training v6.0 (of DeepSeek-V3: other attention gains nothing by it).
 *
 * Source: pull requests 3983 (DeepSeek-V3, May 2026) and 4606 (Qwen3, June 2026), fp8_dot_product_attention,
 * https://github.com/NVIDIA-NeMo/Megatron-Bridge; of the entries, NVIDIA/cudnn-frontend, issue 786 (August 2026).
 */
export function attendsNarrow(
  given: CaseTraining,
  architecture: Architecture,
  isCaptured: boolean,
): boolean {
  const { fp8_attention: stated } = given;
  if (settingText(stated) !== '') return !isOff(stated);
  const isEntry = /mlperf\D{0,12}6\.0/.test(named(given)) && /fp[48]/i.test(given.precision ?? '');
  return isEntry || (isCaptured && isOfCapturedRecipes(given, architecture));
}

/**
 * Micro-batches of a step where a framework cuts the batch into as many as there are stages; null elsewhere.
 *
 * Source: torchtitan until 2025, experimental.pipeline_parallel_microbatches or the degree of the pipeline,
 * https://github.com/pytorch/torchtitan.
 */
export function habitualMicroBatches(given: CaseTraining): number | null {
  const stages = given.pp ?? 1;
  return stages > 1 && /torchtitan/.test(named(given)) ? stages : null;
}

/** Stacks of a vendor whose containers come with JAX, which case texts list among the versions of what is installed. */
const besideJax = /nemo|megatron/;

/**
 * Whether a framework is named that compiles a step over the whole batch of a replica and cuts it into micro-batches only when
 * told to: those written in JAX.
 *
 * Source: MaxText, gradient_accumulation_steps 1; Levanter, per_device_parallelism -1, https://github.com/marin-community/levanter;
 * EasyLM, accumulate_gradient_steps 1; from memory.
 */
export function runsBatchWhole(given: CaseTraining): boolean {
  const text = named(given);
  return (
    /\bjax\b|maxtext|levanter|easylm|axlearn|pax(?:ml)?\b|t5x/.test(text) && !besideJax.test(text)
  );
}

/**
 * Whether a framework is named whose pipelines run stages whole, one chunk each, unless told otherwise: DeepSpeed's, Neuron's,
 * torchtitan's. Recipes of Megatron interleave as finely as they can.
 */
export function runsStagesWhole(given: CaseTraining): boolean {
  return /neuron|deepspeed|neox|torchtitan/.test(named(given));
}

/**
 * Whether Megatron-LM is named along with what dates it to 2024 or later, when its scripts had become those of Megatron Core with
 * Transformer Engine: a container or a release of those, a year, or a dispatcher of experts.
 *
 * Source: NVIDIA/Megatron-LM, --transformer-impl transformer_engine by default from release 0.6 of Megatron Core (2024) on, from memory.
 */
export function isLaterMegatron(given: CaseTraining): boolean {
  const text = named(given);
  const isDated = /\bte 2\.|pytorch 2[4-9]\.\d\d|202[4-9]|hybrid.?ep|deep.?ep/.test(text);
  return /megatron-?lm/.test(text) && isDated;
}

const plainStacks =
  /nanotron|megatron-?lm|deepspeed|neox|flagscale|lit-?gpt|colossal|transformers|llama.?factory|xtuner|swift|nnscaler|lightning|axolotl|torchtune|internevo|veomni|modalities|open.?lm|metaseq/;

/**
 * Whether steps are compiled: as the case says, or the words for its software; null where nothing says. nanochat and what it
 * grew from compile unless told otherwise.
 *
 * Source: karpathy/nanoGPT, train.py (compile = True); karpathy/nanochat, scripts/base_train.py; KellerJordan/modded-nanogpt,
 * https://github.com/karpathy/nanochat, from memory.
 */
export function statesCompile(given: CaseTraining): boolean | null {
  const stated = settingText(given.compile);
  if (stated !== '') return !/^(?:false|0|no|none|off|eager)/.test(stated);
  const text = named(given);
  if (/\b(?:no|not|without|un)[- ]?(?:torch\.?)?compiled?\b|\beager\b/.test(text)) return false;
  return /compile|nano-?(?:gpt|chat)/.test(text) ? true : null;
}

/**
 * Whether a stack is named that runs operations one after the other, without the compiler or the captured steps of a vendor's
 * recipes.
 */
export function isPlainStack(given: CaseTraining): boolean {
  const text = named(given);
  // torchtitan is PyTorch's own parallelism, also where it pipelines.
  if (/torchtitan/.test(text)) return true;
  if (/nemo|core|bridge|primus|jax|xla/.test(text) || statesCompile(given)) return false;
  return plainStacks.test(text);
}

/**
 * Whether a framework is named whose collectives computation does not hide. PyTorch on TPUs (PyTorch/XLA, torchprime, torchax)
 * waits for the weights that its sharding gathers and for its tensor ranks: on 256 v6e a step of Llama 3 8B has 0.26 s that do
 * not grow with the batch, one of 405B about 10 s. XLA overlaps collectives on GPUs only under a scheduler that is off unless
 * asked for, as the scripts of MaxText do, and recomputation keeps them on the stream of the products; nor are the weights of
 * spread experts gathered ahead of the shard_map that their exchange runs in: steps of DeepSeek-V3 and Kimi K2 on 64 B200 and
 * MI355X took 1.3 to 2.2 times as long as their computation, whatever the batch.
 *
 * Source: https://github.com/AI-Hypercomputer/torchprime, READMEs of torch_xla_models and torchax_models; JAX, GPU performance tips,
 * xla_gpu_enable_latency_hiding_scheduler, https://docs.jax.dev/en/latest/gpu_performance_tips.html;
 * https://github.com/openxla/xla/issues/14397; https://github.com/amd-agi/maxtext-slurm.
 */
export function waitsForCollectives(given: CaseTraining, { unit }: Device): boolean {
  const text = named(given);
  if (unit === 'systolic') return /torch/.test(text);
  if (/latency.hiding/.test(text) || besideJax.test(text)) return false;
  return /maxtext/.test(text) ? (given.ep ?? 1) > 1 : /\bjax\b|\bpax|axlearn|levanter/.test(text);
}

/** Release of PyTorch, and the month of it, whose RMSNorm has a kernel of its own without compiling; torchtitan's release after it. */
const fusedNorms = { minor: 9, month: 202510, torchtitan: '0.2.1' };

/**
 * Whether norms have a kernel of their own although nothing is compiled: those of torchtitan, which calls PyTorch's RMSNorm, from release 2.9
 * on, with CUDA and ROCm. Libraries of models write theirs out.
 *
 * Source: PyTorch, pull request 153666 (2025: about nine times the speed of norms step by step), https://github.com/pytorch/pytorch; torchtitan,
 * models (nn.RMSNorm), https://github.com/pytorch/torchtitan, from memory.
 */
export function hasLibraryNorms(given: CaseTraining, { family }: Device): boolean {
  const text = named(given);
  if (!/torchtitan/.test(text) || family === 'intel') return false;
  const minor = /\b(?:py)?torch 2\.(\d+)/.exec(text)?.[1];
  if (minor !== undefined) return Number(minor) >= fusedNorms.minor;
  const release = /torchtitan v?(\d+\.\d+\.\d+)/.exec(text)?.[1];
  if (release !== undefined) return release >= fusedNorms.torchtitan;
  return (statedMonth(text) ?? 0) >= fusedNorms.month;
}

/** Whether kernels of norms, activations and the loss are fused by hand: said, or what a named stack is known for. */
export function fusesByHand(given: CaseTraining): boolean {
  return /llm\.c\b|fused|liger|unsloth|veomni/.test(named(given));
}

/** Whether steps are compiled, or kernels fused by hand. */
export function isTunedStack(given: CaseTraining): boolean {
  if (statesCompile(given)) return true;
  const text = named(given);
  return (
    fusesByHand(given) || isLaterMegatron(given) || /megatron.?(?:core|bridge)|nemo/.test(text)
  );
}
