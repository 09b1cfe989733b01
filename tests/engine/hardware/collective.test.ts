import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allGatherSeconds,
  allReduceSeconds,
  allToAllSeconds,
  linkFor,
  pointToPointSeconds,
  reduceScatterSeconds,
  type Link,
} from '@engine/hardware/collective';
import { describeDevice, withElasticAdapter, withScaleOut } from '@engine/hardware/device';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const h100 = catalogue.accelerators.get('h100-sxm');
const dgxH100 = catalogue.systems.get('dgx-h100');
if (!h100 || !dgxH100) throw new Error('The catalogue has no DGX H100.');
const device = describeDevice(h100, dgxH100, catalogue.assumptions);

/** A link without latency and loss: the textbook ring. */
const ideal: Link = {
  bytesPerSecond: 450e9,
  baseSeconds: 0,
  stepSeconds: 0,
  bandwidthFraction: 1,
  blendExponent: 0.6,
  tier: 'scale-up',
};

describe('collectives', () => {
  test('take the ring bound on an ideal link', () => {
    const bytes = 1e9;
    expect(allReduceSeconds(bytes, 8, ideal)).toBeCloseTo((2 * 7 * bytes) / (8 * 450e9), 12);
    expect(reduceScatterSeconds(bytes, 8, ideal)).toBeCloseTo((7 * bytes) / (8 * 450e9), 12);
    expect(allGatherSeconds(bytes, 8, ideal)).toBe(reduceScatterSeconds(bytes, 8, ideal));
    expect(allToAllSeconds(bytes, 8, ideal)).toBeCloseTo((7 * bytes) / (8 * 450e9), 12);
    expect(pointToPointSeconds(bytes, ideal)).toBeCloseTo(bytes / 450e9, 12);
  });

  test("of all with all reach a part of Amazon's adapter, rings and other networks all of their share", () => {
    const plain = linkFor(device, 16, 8);
    const adapter = linkFor(withElasticAdapter(device), 16, 8);
    const share = device.constants.elasticAdapterUniformFraction;
    const bytes = 1e10;
    expect(reduceScatterSeconds(bytes, 16, adapter)).toBe(reduceScatterSeconds(bytes, 16, plain));
    const longer = allToAllSeconds(bytes, 16, adapter) / allToAllSeconds(bytes, 16, plain);
    expect(longer).toBeGreaterThan(0.95 / share);
    expect(longer).toBeLessThan(1.05 / share);
    expect(allToAllSeconds(bytes, 8, linkFor(withElasticAdapter(device), 8, 1))).toBe(
      allToAllSeconds(bytes, 8, linkFor(device, 8, 1)),
    );
  });

  // Published: TensorRT-LLM's all-reduce of 16-bit elements, ai-dynamo/aiconfigurator at 095f58a.
  test.each([
    ['h100-sxm', 2, 1 << 20, 6.1],
    ['h100-sxm', 4, 1 << 20, 12.9],
    ['h100-sxm', 8, 1 << 18, 10.2],
    ['h100-sxm', 8, 1 << 20, 26],
    ['h100-sxm', 8, 1 << 24, 122.3],
    ['a100-sxm-80gb', 4, 1 << 20, 23.1],
    ['a100-sxm-80gb', 8, 1 << 23, 128.8],
    ['b200-sxm', 4, 1 << 22, 26.8],
    ['b200-sxm', 8, 1 << 21, 30.4],
  ])("of a serving engine's own on %s, %i ranks, %i bytes: %d µs", (id, ranks, bytes, measured) => {
    const accelerator = catalogue.accelerators.get(id);
    if (!accelerator) throw new Error(`The catalogue has no ${id}.`);
    const part = describeDevice(accelerator, null, catalogue.assumptions);
    const seconds = allReduceSeconds(bytes, ranks, linkFor(part, ranks, 1, 'low latency'));
    expect(Math.abs(Math.log((seconds * 1e6) / measured))).toBeLessThan(0.35);
  });

  test("of a serving engine's own are never slower than the library with the same link", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        (ranks, size) => {
          const own = linkFor(device, ranks, 1, 'low latency');
          const library = {
            ...linkFor(device, ranks, 1),
            bandwidthFraction: own.bandwidthFraction,
          };
          expect(allReduceSeconds(10 ** size, ranks, own)).toBeLessThanOrEqual(
            allReduceSeconds(10 ** size, ranks, library),
          );
        },
      ),
    );
  });

  test('cost nothing alone', () => {
    expect(allReduceSeconds(1e9, 1, ideal)).toBe(0);
    expect(reduceScatterSeconds(1e9, 1, ideal)).toBe(0);
    expect(allToAllSeconds(1e9, 1, ideal)).toBe(0);
  });

  // Published: 8 H200 over NVLink, ring, 16 GiB: 367.61 GB/s bus bandwidth (ML Engineering, network chapter).
  test('come within 10 % of the published ring bus bandwidth of eight NVLink 4 GPUs', () => {
    const bytes = 16 * 2 ** 30;
    const seconds = allReduceSeconds(bytes, 8, linkFor(device, 8, 1));
    const busBandwidth = (2 * 7 * bytes) / 8 / seconds / 1e9;
    expect(Math.abs(busBandwidth / 367.61 - 1)).toBeLessThan(0.1);
  });

  // Published for a serving engine's kernel: 8 KiB over 8 H100 takes a few microseconds, a library call above ten.
  test('start sooner in a serving kernel than in a library', () => {
    const serving = allReduceSeconds(8192, 8, linkFor(device, 8, 1, 'low latency'));
    const library = allReduceSeconds(8192, 8, linkFor(device, 8, 1));
    expect(serving).toBeLessThan(8e-6);
    expect(library).toBeGreaterThan(10e-6);
  });

  test('stay in the node when the group fits, leave it when it does not', () => {
    expect(linkFor(device, 8, 1).tier).toBe('scale-up');
    expect(linkFor(device, 8, 8).tier).toBe('scale-out');
    expect(linkFor(device, 16, 1).tier).toBe('scale-out');
  });

  test('share the ports of the members of one node, up to the scale-up rate', () => {
    expect(linkFor(device, 64, 8).bytesPerSecond).toBe(50e9);
    expect(linkFor(device, 64, 1).bytesPerSecond).toBe(400e9);
    const fast = withScaleOut(device, 1600);
    expect(linkFor(fast, 64, 1).bytesPerSecond).toBe(450e9);
  });

  test('never get faster with more bytes, nor slower with more bandwidth', () => {
    const operations = [allReduceSeconds, reduceScatterSeconds, allGatherSeconds, allToAllSeconds];
    fc.assert(
      fc.property(
        fc.constantFrom(...operations),
        fc.double({ min: 1, max: 1e12, noNaN: true }),
        fc.double({ min: 1, max: 1e3, noNaN: true }),
        fc.integer({ min: 2, max: 4096 }),
        fc.integer({ min: 1, max: 64 }),
        (operation, bytes, factor, participants, stride) => {
          const link = linkFor(device, participants, stride);
          const seconds = operation(bytes, participants, link);
          expect(Number.isFinite(seconds)).toBe(true);
          expect(seconds).toBeGreaterThan(0);
          expect(operation(bytes * factor, participants, link)).toBeGreaterThanOrEqual(seconds);
          const faster = { ...link, bytesPerSecond: link.bytesPerSecond * factor };
          expect(operation(bytes, participants, faster)).toBeLessThanOrEqual(seconds);
        },
      ),
    );
  });

  // Llama 3.1 70B on eight L40S, TensorRT-LLM 0.17, 2,048 in and 128 out: 3,000 tokens/s with four cards as with eight.
  test('move at most the 14 GB/s over a host bus that eight L40S are known to', () => {
    const l40s = catalogue.accelerators.get('l40s');
    if (!l40s) throw new Error('The catalogue has no L40S.');
    const alone = describeDevice(l40s, null, catalogue.assumptions);
    const eight = { ...alone, scaleUp: { ...alone.scaleUp, domain: 8 } };
    const bytes = 2048 * 8192 * 2;
    for (const code of ['library', 'low latency'] as const) {
      const seconds = allReduceSeconds(bytes, 8, linkFor(eight, 8, 1, code));
      const rate = (2 * 7 * bytes) / 8 / seconds / 1e9;
      expect(rate).toBeGreaterThan(12);
      expect(rate).toBeLessThan(16);
    }
  });
});
