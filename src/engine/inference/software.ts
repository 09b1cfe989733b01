import type { Assumptions } from '../catalogue/types';
import { assumptionValue } from '../hardware/constants';
import type { AcceleratorFamily } from '../hardware/family';

/** Serving software whose overheads and scheduling differ enough to be told apart. */
export type SoftwareGeneration =
  | 'current'
  | 'trtllm-2023'
  | 'trtllm-2024'
  | 'trtllm-2025'
  | 'vllm-2024'
  | 'sglang'
  | 'llama.cpp'
  | 'exllama'
  | 'pytorch';

/** Names of the catalogue's assumptions that describe a serving engine; `.generation` after a name sets it apart. */
export const servingAssumptionKeys = {
  memoryFraction: 'serving.memoryFraction',
  gibibytes: 'serving.gibibytes',
  workspace: 'serving.workspace',
  largestBatch: 'serving.largestBatch',
  layerOverhead: 'serving.layerOverhead',
  stepOverhead: 'serving.stepOverhead',
  sequenceOverhead: 'serving.sequenceOverhead',
  requestOverhead: 'serving.requestOverhead',
  firstTokenSteps: 'serving.firstTokenSteps',
  promptLayerOverhead: 'serving.promptLayerOverhead',
  prefillTokens: 'serving.prefillTokens',
  expertImbalance: 'serving.expertImbalance',
  expertShare: 'serving.expertShare',
  expertStream: 'serving.expertStream',
  dequantisation: 'serving.dequantisation',
  prefillFraction: 'serving.prefillFraction',
  closedLoopBurst: 'serving.closedLoopBurst',
  reservedAnswer: 'serving.reservedAnswer',
  burstDeviations: 'serving.burstDeviations',
  weightStream: 'serving.weightStream',
  computeShare: 'serving.computeShare',
} as const;

/** How a serving engine uses the machine, as plain numbers in SI units; the facts are in the catalogue. */
export interface ServingConstants {
  /** share of the accelerator's memory that the engine may fill, 0–1 */
  readonly memoryFraction: number;
  /** bytes behind each "GB" that a memory is sold by, over 10⁹ */
  readonly gibibytes: number;
  /** activations, captured graphs and buffers per accelerator */
  readonly workspaceBytes: number;
  /** requests in flight that the engine accepts on one replica */
  readonly largestBatch: number;
  /** norms, rotary embedding, activation and the gaps between kernels, per layer */
  readonly layerOverheadSeconds: number;
  /** scheduling and launching per step */
  readonly stepOverheadSeconds: number;
  /** sampling, detokenising and bookkeeping per request and step */
  readonly sequenceOverheadSeconds: number;
  /** receiving, tokenising and queueing one request */
  readonly requestOverheadSeconds: number;
  /** steps of the running requests that pass before a new one has its first token */
  readonly firstTokenSteps: number;
  /** launching the kernels of a prompt, which are not captured beforehand, per layer */
  readonly promptLayerOverheadSeconds: number;
  /** prompt tokens processed together */
  readonly prefillTokens: number;
  /** busiest accelerator's share of the expert work over the mean */
  readonly expertImbalance: number;
  /** arithmetic of grouped expert products over dense ones, 0–1 */
  readonly expertShare: number;
  /** speed of reading expert weights over dense ones, 0–1 */
  readonly expertStream: number;
  /** speed of reading weights that are widened before they are multiplied, over plain ones, 0–1 */
  readonly dequantisation: number;
  /** share of the kernels' own speed that whole prompts reach, 0–1 */
  readonly prefillFraction: number;
  /** share of a closed-loop benchmark's prompts that arrive together, 0–1 */
  readonly closedLoopBurst: number;
  /** share of the answer whose cache is set aside when a request starts, 0–1 */
  readonly reservedAnswer: number;
  /** standard deviations of the requests in flight that a replica keeps free at the peak */
  readonly burstDeviations: number;
  /** speed of reading weights over the kernels measured; software × family of the accelerator */
  readonly weightStream: number;
  /** arithmetic over the kernels measured; software × family of the accelerator */
  readonly computeShare: number;
}

/**
 * The constants of one generation of serving software on one family of accelerators. A constant that a generation does
 * not set apart is that of a current engine.
 */
export function readServingConstants(
  assumptions: Assumptions,
  generation: SoftwareGeneration = 'current',
  family: AcceleratorFamily | null = null,
): ServingConstants {
  const names = servingAssumptionKeys;
  const read = (key: string): number =>
    assumptions[`${key}.${generation}`]?.value ?? assumptionValue(assumptions, key);
  const onFamily = (key: string): number =>
    family === null ? 1 : (assumptions[`${key}.${family}`]?.value ?? 1);
  return {
    memoryFraction: read(names.memoryFraction),
    gibibytes: read(names.gibibytes),
    workspaceBytes: read(names.workspace) * 1e9,
    largestBatch: read(names.largestBatch),
    layerOverheadSeconds: read(names.layerOverhead) * 1e-6,
    stepOverheadSeconds: read(names.stepOverhead) * 1e-3,
    sequenceOverheadSeconds: read(names.sequenceOverhead) * 1e-6,
    requestOverheadSeconds: read(names.requestOverhead) * 1e-3,
    firstTokenSteps: read(names.firstTokenSteps),
    promptLayerOverheadSeconds: read(names.promptLayerOverhead) * 1e-6,
    prefillTokens: read(names.prefillTokens),
    expertImbalance: read(names.expertImbalance),
    expertShare: read(names.expertShare),
    expertStream: read(names.expertStream),
    dequantisation: read(names.dequantisation),
    prefillFraction: read(names.prefillFraction),
    closedLoopBurst: read(names.closedLoopBurst),
    reservedAnswer: read(names.reservedAnswer),
    burstDeviations: read(names.burstDeviations),
    weightStream: read(names.weightStream) * onFamily(names.weightStream),
    computeShare: read(names.computeShare) * onFamily(names.computeShare),
  };
}

/** The year and version that a text names: 'vLLM 0.9.0' → 0.9, 'TensorRT-LLM 1.0 (PyTorch)' → 1, 'vLLM (Nov 2024)' → null. */
function versionIn(text: string): number | null {
  const found = /(?:^|[^\d.])v?(\d{1,2}\.\d{1,2})(?:\.|[^\d]|$)/.exec(text)?.[1];
  if (found === undefined) return null;
  const [major, minor] = found.split('.');
  return Number(major) + Number(minor) / 100;
}

function yearIn(text: string): number | null {
  const found = /\b(20[12]\d)\b/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** The generation of serving software that a name means; 'current' for one that is not known or not old. */
export function findSoftware(text: string | null | undefined): SoftwareGeneration {
  const lower = (text ?? '').toLowerCase();
  const version = versionIn(lower);
  const year = yearIn(lower);
  if (/llama\.?cpp|gguf|ollama|lm ?studio|kobold|mlx|llamafile/.test(lower)) return 'llama.cpp';
  if (/exllama|exl2|exl3|tabby/.test(lower)) return 'exllama';
  if (/sglang/.test(lower)) return 'sglang';
  if (/tensorrt[- ]?llm|trt-?llm/.test(lower)) {
    if (version !== null && version >= 0.2) return version >= 0.99 ? 'trtllm-2025' : 'trtllm-2024';
    if (version !== null) return version < 0.1 ? 'trtllm-2023' : 'trtllm-2024';
    return year === 2023 ? 'trtllm-2023' : year === 2024 ? 'trtllm-2024' : 'trtllm-2025';
  }
  if (/tensorrt/.test(lower) && version !== null && version >= 10) return 'trtllm-2025';
  if (/tensorrt|lmdeploy|turbomind|nim\b/.test(lower)) return 'trtllm-2024';
  if (/vllm|boost|aphrodite|tgi|text generation inference/.test(lower)) {
    if (version !== null) return version < 0.08 ? 'vllm-2024' : 'current';
    return (year !== null && year <= 2024) || /tgi/.test(lower) ? 'vllm-2024' : 'current';
  }
  if (/pytorch|transformers|hugging|eager|deepspeed|ipex/.test(lower)) return 'pytorch';
  return 'current';
}
