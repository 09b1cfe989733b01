import type { Precision } from '@engine/catalogue/types';
import { FieldReader, type FieldProblem } from './field-reader';

const methods: ReadonlyMap<string, Precision> = new Map([
  ['fp8', 'fp8'],
  ['fbgemm_fp8', 'fp8'],
  ['mxfp4', 'fp4'],
  ['nvfp4', 'fp4'],
  ['awq', 'fp4'],
  ['gptq', 'fp4'],
  ['bitsandbytes', 'int8'],
]);

interface Quantization {
  readonly precision: Precision | null;
  readonly problems: readonly FieldProblem[];
}

/** How a quantization_config says that weights are stored; null where it does not say. */
export function readQuantization(raw: unknown): Quantization {
  if (raw === undefined || raw === null) return { precision: null, problems: [] };
  if (typeof raw !== 'object' || Array.isArray(raw)) {
    return {
      precision: null,
      problems: [{ field: 'quantization_config', problem: 'is not an object with named fields' }],
    };
  }
  const reader = new FieldReader({ ...raw });
  const bits = reader.whole(['bits', 'w_bit']);
  const isFourBit = reader.flag(['load_in_4bit']) === true;
  const algorithm = reader.text(['quant_algo'])?.toLowerCase() ?? null;
  const method = algorithm ?? reader.text(['quant_method'])?.toLowerCase() ?? null;
  const problems = reader.problems.map(({ field, problem }) => ({
    field: `quantization_config.${field}`,
    problem,
  }));
  if (isFourBit || bits === 4) return { precision: 'fp4', problems };
  if (bits === 8) return { precision: 'int8', problems };
  return { precision: methods.get(method ?? '') ?? null, problems };
}
