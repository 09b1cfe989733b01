import { describe, expect, it } from 'vitest';
import { findAccelerator } from '@engine/catalogue/find-part';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

/** What can be checked of a data sheet by arithmetic: sparse rates printed as dense ones, and slips of a digit. */

const rows = [...catalogue.accelerators.values()].map((row) => [row.id, row] as const);

/** Parts whose units really do not double from 16 to 8 bits, as their makers print them. */
const eightBitRatio: Readonly<Record<string, number>> = {
  gaudi3: 1,
  'tpu-v6e': 1,
  trainium1: 1,
  inferentia2: 1,
  trainium2: 1.95,
  trainium3: 3.75,
  'rubin-vr200': 4.375,
  // The 16-bit rate is with 32-bit accumulation, which is half of the printed one.
  gb10: 4,
};

/** The same from 8 to 4 bits. */
const fourBitRatio: Readonly<Record<string, number>> = {
  'b300-sxm': 3,
  gb300: 3,
  trainium3: 1,
};

/** Client parts add up 8-bit products at half their rate, 4-bit ones at all of it. */
function usualFourBitRatio(name: string): number {
  return /^GeForce RTX 50/.test(name) ? 4 : 2;
}

describe.each(rows)('the rates of %s', (id, { name, peakDense }) => {
  it('double from 16 to 8 bits, or do not for a known reason', () => {
    if (!peakDense.fp8 || !peakDense.bf16) return;
    const ratio = peakDense.fp8.value / peakDense.bf16.value / (eightBitRatio[id] ?? 2);
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
  });

  it('double from 8 to 4 bits, or do not for a known reason', () => {
    if (!peakDense.fp8 || !peakDense.fp4) return;
    const ratio =
      peakDense.fp4.value / peakDense.fp8.value / (fourBitRatio[id] ?? usualFourBitRatio(name));
    expect(Math.abs(ratio - 1)).toBeLessThan(0.02);
  });
});

describe('memory', () => {
  // Stacks of memory on the package and gigabytes in each; some vendors keep a part back.
  it.each([
    ['v100-sxm2-16gb', 4, 4],
    ['v100-sxm2-32gb', 4, 8],
    ['a100-sxm-40gb', 5, 8],
    ['a100-sxm-80gb', 5, 16],
    ['a800-sxm-80gb', 5, 16],
    ['h100-sxm', 5, 16],
    ['h200-sxm', 6, 24],
    ['b200-sxm', 8, 24],
    ['b300-sxm', 8, 36],
    ['mi100', 4, 8],
    ['mi250x', 8, 16],
    ['mi300a', 8, 16],
    ['mi300x', 8, 24],
    ['mi325x', 8, 32],
    ['mi355x', 8, 36],
    ['mi455x', 12, 36],
    ['gaudi2', 6, 16],
    ['gaudi3', 8, 16],
    ['max-1550', 8, 16],
  ])('of %s is %i stacks of %i GB', (id, stacks, size) => {
    const memory = catalogue.accelerators.get(id)?.memoryCapacity.value ?? 0;
    expect(memory).toBeLessThanOrEqual(stacks * size);
    expect(memory).toBeGreaterThanOrEqual(0.92 * stacks * size);
  });
});

describe('a part under the name people use', () => {
  it.each([
    ['Tesla V100-SXM2-16GB', 'v100-sxm2-16gb'],
    ['V100-PCIE-32GB', 'v100-pcie-32gb'],
    ['NVIDIA A10G', 'a10g'],
    ['rtx4090', 'rtx-4090'],
    ['GeForce RTX 4080 SUPER', 'rtx-4080-super'],
    ['A800-SXM4-80GB', 'a800-sxm-80gb'],
    ['H800 PCIe', 'h800-pcie'],
    ['Intel Data Center GPU Max 1550', 'max-1550'],
    ['AWS Inferentia2', 'inferentia2'],
    ['trn1', 'trainium1'],
    ['Huawei Ascend 910C', 'ascend-910c'],
    ['gaudi2', 'gaudi2'],
    ['AMD Instinct MI300A', 'mi300a'],
    ['EPYC 9755', 'epyc-9755'],
  ])('%s is %s', (text, id) => {
    expect(findAccelerator(catalogue, text)?.id).toBe(id);
  });

  it.each(['RTX 4000 Laptop', 'RTX 6060', 'B200 PCIe', 'MI500X', 'Quadro RTX 9000'])(
    'that the catalogue does not have is not taken for another: %s',
    (text) => {
      expect(findAccelerator(catalogue, text)).toBeNull();
    },
  );
});
