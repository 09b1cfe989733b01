import { describe, expect, test } from 'vitest';
import type { Assumptions } from '@engine/catalogue/types';
import { readServingConstants, servingAssumptionKeys } from '@engine/inference/constants';
import type { AcceleratorFamily } from '@engine/hardware/family';
import type { SoftwareGeneration } from '@engine/inference/software';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const { assumptions } = bundledCatalogue;
const plain = readServingConstants(assumptions);
const generations: readonly SoftwareGeneration[] = [
  'current',
  'trtllm-2023',
  'trtllm-2024',
  'trtllm-2025',
  'vllm-2024',
  'sglang',
  'llama.cpp',
  'exllama',
  'pytorch',
  'deepspeed',
  'fastertransformer',
  'neuron',
];
const families: readonly AcceleratorFamily[] = [
  'ampere',
  'ada',
  'hopper',
  'blackwell',
  'blackwell-client',
  'cdna',
  'cdna-4',
  'radeon',
  'intel',
  'intel-integrated',
  'apple',
  'cpu',
  'other',
];
const pairs = generations.flatMap((software) => families.map((part) => [software, part] as const));

/** The catalogue with further values, as of an own calibration. */
function withValues(values: Readonly<Record<string, number>>): Assumptions {
  const fact = assumptions['serving.memoryFraction'];
  if (fact === undefined) throw new Error('The catalogue has no memory fraction.');
  const rows = Object.entries(values).map(([key, value]) => [key, { ...fact, value }] as const);
  return { ...assumptions, ...Object.fromEntries(rows) };
}

function factOf(key: string): number {
  const fact = assumptions[key];
  if (fact === undefined) throw new Error(`The catalogue has no ${key}.`);
  return fact.value;
}

describe('the constants of serving', () => {
  test('vLLM of 2024 reads weights of four bits no faster on an H100 than on an A100, whose memory is slower', () => {
    // 32 B on one part: 58.9 tokens/s on an A100 of 2.04 TB/s, 62.1 on an H100 of 3.35 (model cards of Red Hat)
    const share = (part: AcceleratorFamily): number =>
      readServingConstants(assumptions, 'vllm-2024', part).dequantisation;
    const ratio = (3.35 * share('hopper')) / (2.04 * share('ampere'));
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.3);
  });

  test('vLLM reaches less of the arithmetic of Blackwell than TensorRT-LLM does, and no less of others', () => {
    const share = (software: SoftwareGeneration, part: AcceleratorFamily): number =>
      readServingConstants(assumptions, software, part).computeShare;
    for (const release of ['vllm-2025', 'current'] as const)
      expect(share(release, 'blackwell')).toBeLessThan(share('trtllm-2025', 'blackwell'));
    expect(share('vllm-2025', 'hopper')).toBe(share('trtllm-2025', 'hopper'));
  });

  test.each([
    ['workspaceBytes', 'serving.workspace', 1e9],
    ['stepOverheadSeconds', 'serving.stepOverhead', 1e-3],
    ['requestOverheadSeconds', 'serving.requestOverhead', 1e-3],
    ['layerOverheadSeconds', 'serving.layerOverhead', 1e-6],
    ['sequenceOverheadSeconds', 'serving.sequenceOverhead', 1e-6],
    ['matmulFloorSeconds', 'serving.matmulFloor', 1e-6],
    ['expertFloorSeconds', 'serving.expertFloor', 1e-6],
  ] as const)('come in SI units: %s', (name, key, factor) => {
    expect(plain[name] / (factOf(key) * factor)).toBeCloseTo(1, 12);
  });

  test.each(pairs)('are usable numbers for %s on %s', (software, family) => {
    const constants = readServingConstants(assumptions, software, family);
    for (const [name, value] of Object.entries(constants)) {
      expect(value, name).toBeGreaterThanOrEqual(0);
      expect(value, name).toBeLessThan(Infinity);
    }
    const { memoryFraction, cacheStream, attentionShare, largestBatch } = constants;
    for (const share of [memoryFraction, cacheStream, attentionShare]) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    expect(largestBatch).toBeGreaterThanOrEqual(1);
    expect(Number.isInteger(constants.cacheBlockTokens)).toBe(true);
  });

  test.each(generations.slice(1))('of %s are its own where the catalogue has them', (software) => {
    const own = readServingConstants(assumptions, software);
    expect(own.stepOverheadSeconds).toBe(factOf(`serving.stepOverhead.${software}`) * 1e-3);
    expect(own.reservedAnswer).toBe(factOf(`serving.reservedAnswer.${software}`));
    expect(own.matmulFloorSeconds).toBe(plain.matmulFloorSeconds);
  });

  test.each(['ampere', 'ada', 'hopper', 'blackwell', 'blackwell-client', 'intel'] as const)(
    'of attention are those of the family: %s',
    (family) => {
      const own = readServingConstants(assumptions, 'current', family);
      expect(own.attentionShare).toBe(factOf(`serving.attentionShare.${family}`));
    },
  );

  test('are those of the software on the family where both together have a row', () => {
    const given = withValues({
      'serving.largestBatch.sglang': 7,
      'serving.largestBatch.sglang.ada': 5,
      'serving.largestBatch.current.ada': 3,
    });
    expect(readServingConstants(given, 'sglang', 'ada').largestBatch).toBe(5);
    expect(readServingConstants(given, 'sglang', 'hopper').largestBatch).toBe(7);
    expect(readServingConstants(given, 'current', 'ada').largestBatch).toBe(3);
  });

  test('of vLLM accept as many requests and tokens as its own tests ask for on large and on small parts', () => {
    const [small, large] = (['ampere', 'hopper'] as const).map((family) =>
      readServingConstants(assumptions, 'current', family),
    );
    expect([small?.largestBatch, small?.prefillTokens]).toEqual([256, 2048]);
    expect([large?.largestBatch, large?.prefillTokens]).toEqual([1024, 8192]);
  });

  test('multiply software with family for arithmetic and reading', () => {
    const given = withValues({
      'serving.weightStream': 0.9,
      'serving.weightStream.exllama': 0.6,
      'serving.weightStream.ada': 0.5,
      'serving.computeShare': 0.8,
      'serving.computeShare.ada': 0.25,
    });
    const both = readServingConstants(given, 'exllama', 'ada');
    expect(both.weightStream).toBeCloseTo(0.3, 12);
    expect(both.computeShare).toBeCloseTo(0.2, 12);
    expect(readServingConstants(given, 'exllama', null).weightStream).toBe(0.6);
    expect(readServingConstants(given, 'sglang', 'ada').weightStream).toBeCloseTo(0.45, 12);
  });

  test('take a family’s attention over that of the software', () => {
    const given = withValues({
      'serving.attentionShare.sglang': 0.11,
      'serving.attentionShare.hopper': 0.22,
    });
    expect(readServingConstants(given, 'sglang', 'hopper').attentionShare).toBe(0.22);
    expect(readServingConstants(given, 'sglang', 'other').attentionShare).toBe(0.11);
  });

  test('let a request of SGLang and TensorRT-LLM wait for a step that is on its way before the last has ended', () => {
    const stepsOf = (software: SoftwareGeneration): number =>
      readServingConstants(assumptions, software).firstTokenSteps;
    for (const ahead of ['sglang', 'sglang-0.5', 'sglang-2025', 'trtllm-2025'] as const)
      expect(stepsOf(ahead) - stepsOf('vllm-2025')).toBeGreaterThan(0.2);
  });

  test.each(Object.values(servingAssumptionKeys))('name the fact that lacks: %s', (key) => {
    const rows = Object.entries(assumptions).filter(([name]) => name !== key);
    const lacking: Assumptions = Object.fromEntries(rows);
    expect(() => readServingConstants(lacking)).toThrow(`'${key}'`);
  });
});
