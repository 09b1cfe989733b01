import type { Accelerator, Architecture, Precision } from '@engine/catalogue/types';
import { bytesPerElement } from '@engine/model/precision';
import { countParameters } from '@engine/model/parameters';
import type { CaseServing } from './case';
import type { Machine } from './case-hardware';
import { readPrecision } from './precision';
import { readWeightFormat } from './weight-format';

/** Share of the memory that weights, or the states of training, may take: the rest is for caches, activations and the software. */
export const shareOfWeights = 0.8;
/** Accelerators that share one model where nobody says otherwise: two usual nodes. */
const mostTogether = 16;

/**
 * The case with a format of its weights where it says none: what the name of the model says ('DeepSeek-R1-FP4'), else 16 bits
 * (8 on processors and beside a narrow cache), else the widest format that these accelerators hold, as a practitioner would
 * choose a checkpoint.
 */
export function withWeightFormat(
  given: CaseServing,
  modelName: string,
  architecture: Architecture,
  { accelerator, device, count }: Machine,
  assume: (sentence: string) => void,
): CaseServing {
  if (readWeightFormat(given.weights_precision) !== null) return given;
  if (readWeightFormat(modelName) !== null) {
    assume(`weights as the name of the model says: ${modelName}`);
    return { ...given, weights_precision: modelName };
  }
  const parameters = countParameters(architecture).total;
  const accelerators = (given.tp ?? 1) * (given.pp ?? 1) * (given.dp ?? 1);
  const together = Math.min(count, Math.max(mostTogether, device.scaleUp.domain));
  const room = device.memoryBytes * (accelerators > 1 ? accelerators : together) * shareOfWeights;
  const formats = usualFormats(given, accelerator);
  const chosen =
    formats.find((format) => parameters * bytesPerElement(format) <= room) ?? formats[0];
  const why =
    chosen === formats[0] ? 'precision not given' : 'precision not given, wider ones do not fit';
  assume(`${chosen.toUpperCase()} weights: ${why}`);
  return { ...given, weights_precision: chosen };
}

/** Formats in the order of preference. A narrow cache comes with narrow weights, and entries to MLPerf in TensorRT-LLM take the narrowest arithmetic of the part. */
function usualFormats(
  given: CaseServing,
  { kind, peakDense }: Accelerator,
): readonly [Precision, ...Precision[]] {
  const narrow = peakDense.fp8 ? 'fp8' : 'int8';
  if (kind === 'cpu') return ['int8', 'fp4'];
  if (given.mlperf_scenario && /tensorrt|trt/i.test(given.engine ?? ''))
    return peakDense.fp4 ? ['fp4'] : [narrow, 'fp4'];
  const cache = readPrecision(given.kv_precision);
  const isNarrow = cache !== null && bytesPerElement(cache) < 2;
  return isNarrow ? [narrow, 'fp4'] : ['fp16', narrow, 'fp4'];
}
