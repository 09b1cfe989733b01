import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { servingConstantsOn } from '@engine/inference/device-constants';
import type { SoftwareGeneration } from '@engine/inference/software';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function constantsOf(id: string, software: SoftwareGeneration = 'current') {
  const part = catalogue.accelerators.get(id);
  if (part === undefined) throw new Error(`Not in the catalogue: ${id}.`);
  const device = describeDevice(part, null, catalogue.assumptions);
  return servingConstantsOn(device, software, catalogue.assumptions);
}

describe('what engines accept by the memory of a part', () => {
  // vLLM: 1,024 requests and 8,192 tokens on 70 GiB and more, 256 and 2,048 on others and the A100
  test.each([
    ['h100-sxm', 1024],
    ['mi300x', 1024],
    ['rtx-pro-6000-blackwell', 1024],
    ['a100-sxm-80gb', 256],
    ['rtx-5090', 256],
    ['l40s', 256],
    ['ascend-910b', 256],
    ['rx-7900-xtx', 256],
    ['t4', 256],
  ])('%s: %d requests', (id, requests) => {
    const { largestBatch, prefillTokens } = constantsOf(id);
    expect(largestBatch).toBe(requests);
    expect(prefillTokens).toBe(requests === 256 ? 2048 : constantsOf('h100-sxm').prefillTokens);
  });

  test.each([
    ['tpu-v6e', 'current'],
    ['rtx-5090', 'trtllm-2025'],
    ['rtx-5090', 'sglang'],
  ] as const)('%s under %s has the limits of its own software', (id, software) => {
    expect(constantsOf(id, software).largestBatch).toBe(
      constantsOf('h100-sxm', software).largestBatch,
    );
  });

  test.each([
    ['a100-sxm-80gb', 1024, 8192],
    ['a100-sxm-40gb', 256, 2048],
    ['rtx-4090', 256, 2048],
  ])('%s under vLLM 0.9, which did not set the A100 apart: %d requests', (id, requests, tokens) => {
    expect(constantsOf(id, 'vllm-0.9')).toMatchObject({
      largestBatch: requests,
      prefillTokens: tokens,
    });
  });

  test('nothing else differs', () => {
    const { largestBatch, prefillTokens, ...little } = constantsOf('rx-7900-xtx');
    const part = catalogue.accelerators.get('rx-7900-xtx');
    if (part === undefined) throw new Error('Not in the catalogue.');
    const device = describeDevice(part, null, catalogue.assumptions);
    const large = servingConstantsOn(
      { ...device, memoryBytes: 80e9 },
      'current',
      catalogue.assumptions,
    );
    expect(large).toEqual({ ...little, largestBatch: 1024, prefillTokens: large.prefillTokens });
    expect(largestBatch).toBeLessThan(large.largestBatch);
    expect(prefillTokens).toBeLessThan(large.prefillTokens);
  });
});

describe('memory made for graphics', () => {
  // vLLM 0.7.2 reads 15.2 GB of weights 45 times a second on an RTX A6000 of 768 GB/s, 88 times on an A100 of 2,039 (Red Hat's model cards)
  test('reaches more of its rate than stacked memory, in a line of parts that comes with either', () => {
    const streamOf = (id: string): number => constantsOf(id, 'vllm-2024').weightStream;
    for (const id of ['rtx-a6000', 'a10', 'rtx-3090', 't4'])
      expect(streamOf(id) / streamOf('a100-sxm-80gb')).toBeGreaterThan(1.03);
    for (const id of ['a100-pcie-40gb', 'v100-sxm2-32gb', 'a30'])
      expect(streamOf(id)).toBe(streamOf('a100-sxm-80gb'));
  });
});
