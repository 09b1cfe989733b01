import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allGatherSeconds,
  allReduceSeconds,
  allToAllSeconds,
  linkFor,
  pointToPointSeconds,
  reduceScatterSeconds,
  type Link,
} from '@engine/hardware/collective';
import { describeDevice, withScaleOut } from '@engine/hardware/device';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, systemOf } from '../../fixtures/engine-fixture';

const anyLink: fc.Arbitrary<Link> = fc.record({
  bytesPerSecond: fc.double({ min: 1e8, max: 1e13, noNaN: true }),
  baseSeconds: fc.double({ min: 0, max: 1e-3, noNaN: true }),
  stepSeconds: fc.double({ min: 0, max: 1e-4, noNaN: true }),
  bandwidthFraction: fc.double({ min: 0.1, max: 1, noNaN: true }),
  blendExponent: fc.double({ min: 0.5, max: 4, noNaN: true }),
  tier: fc.constantFrom('scale-up', 'scale-out'),
});
const anyBytes = fc.double({ min: 1, max: 1e11, noNaN: true });
const anyGroup = fc.integer({ min: 2, max: 16_384 });
/** Equal but for rounding. */
const slack = 1 + 1e-9;

type Collective = (bytes: number, participants: number, link: Link) => number;

/** [name, function, bytes that every participant must send at least, as a share of the buffer] */
const collectives: readonly (readonly [string, Collective, (n: number) => number])[] = [
  ['all-reduce', allReduceSeconds, (n) => (2 * (n - 1)) / n],
  ['reduce-scatter', reduceScatterSeconds, (n) => (n - 1) / n],
  ['all-gather', allGatherSeconds, (n) => (n - 1) / n],
  ['all-to-all', allToAllSeconds, (n) => (n - 1) / n],
  ['point to point', (bytes, _participants, link) => pointToPointSeconds(bytes, link), () => 1],
];

/** Lower bounds: Patarasuk and Yuan 2009, https://doi.org/10.1016/j.jpdc.2008.09.002, theorem 1. */
describe.each(collectives)('%s', (_name, seconds, sentShare) => {
  it('never takes less than its bytes need on the wire', () => {
    fc.assert(
      fc.property(anyBytes, anyGroup, anyLink, (bytes, group, link) => {
        const wire = (sentShare(group) * bytes) / link.bytesPerSecond;
        expect(seconds(bytes, group, link) * slack).toBeGreaterThanOrEqual(wire);
      }),
    );
  });

  it('never takes less than the time to start', () => {
    fc.assert(
      fc.property(anyBytes, anyGroup, anyLink, (bytes, group, link) => {
        expect(seconds(bytes, group, link) * slack).toBeGreaterThanOrEqual(
          link.baseSeconds + link.stepSeconds,
        );
      }),
    );
  });

  it('never gets faster with more bytes or more participants', () => {
    fc.assert(
      fc.property(anyBytes, anyGroup, anyLink, (bytes, group, link) => {
        const time = seconds(bytes, group, link);
        expect(seconds(1.5 * bytes, group, link) * slack).toBeGreaterThanOrEqual(time);
        expect(seconds(bytes, group + 1, link) * slack).toBeGreaterThanOrEqual(time);
      }),
    );
  });

  it('reaches the bandwidth of long messages as the message grows', () => {
    const link: Link = {
      bytesPerSecond: 1e11,
      baseSeconds: 1e-5,
      stepSeconds: 1e-6,
      bandwidthFraction: 0.8,
      blendExponent: 1,
      tier: 'scale-up',
    };
    const bytes = 1e15;
    const rate = (sentShare(8) * bytes) / seconds(bytes, 8, link);
    expect(rate / (0.8 * link.bytesPerSecond)).toBeCloseTo(1, 5);
  });
});

describe('collectives among one another', () => {
  it('an all-reduce lies between one and two reduce-scatters', () => {
    fc.assert(
      fc.property(anyBytes, anyGroup, anyLink, (bytes, group, link) => {
        const half = reduceScatterSeconds(bytes, group, { ...link, tier: 'scale-up' });
        const whole = allReduceSeconds(bytes, group, { ...link, tier: 'scale-up' });
        expect(whole * slack).toBeGreaterThanOrEqual(half);
        expect(whole).toBeLessThanOrEqual(2 * half * slack);
      }),
    );
  });

  it('an all-to-all is never slower than the ring that sends as much', () => {
    fc.assert(
      fc.property(anyBytes, anyGroup, anyLink, (bytes, group, link) => {
        expect(allToAllSeconds(bytes, group, link)).toBeLessThanOrEqual(
          reduceScatterSeconds(bytes, group, link) * slack,
        );
      }),
    );
  });

  it('across nodes a tree keeps the start of an all-reduce short', () => {
    const link: Link = {
      bytesPerSecond: 5e10,
      baseSeconds: 0,
      stepSeconds: 1e-5,
      bandwidthFraction: 1,
      blendExponent: 1,
      tier: 'scale-out',
    };
    expect(allReduceSeconds(0, 1_024, link)).toBeCloseTo(20e-5, 12);
    expect(allReduceSeconds(0, 1_024, { ...link, tier: 'scale-up' })).toBeCloseTo(2_046e-5, 12);
  });
});

describe('the link of a group', () => {
  const device = describeDevice(
    acceleratorOf('h100-sxm'),
    systemOf('dgx-h100'),
    catalogue.assumptions,
  );
  const degree = fc.constantFrom(1, 2, 4, 8, 16, 64, 512);

  it.each([
    [8, 1, 450e9, 'scale-up'],
    [2, 4, 450e9, 'scale-up'],
    // One member per node: one port of 400 Gb/s.
    [16, 8, 50e9, 'scale-out'],
    [2, 8, 50e9, 'scale-out'],
    // Eight members per node bring eight ports, 400 GB/s, less than NVLink.
    [16, 1, 400e9, 'scale-out'],
    [1_024, 1, 400e9, 'scale-out'],
    // Four members per node, every second GPU.
    [8, 2, 200e9, 'scale-out'],
  ])('of %i members, %i apart, on DGX H100 runs at %d B/s', (members, stride, rate, tier) => {
    expect(linkFor(device, members, stride)).toMatchObject({ bytesPerSecond: rate, tier });
  });

  it.each([
    // A board of four without a switch: a third of the links goes to each of the others.
    [2, 1, 150e9, 'scale-up'],
    [4, 1, 450e9, 'scale-up'],
    [2, 4, 50e9, 'scale-out'],
    // Two members per node, every second GPU: two ports, less than the links between them.
    [4, 2, 100e9, 'scale-out'],
  ])('of %i members, %i apart, on boards of four runs at %d B/s', (members, stride, rate, tier) => {
    const scaleUp = { ...device.scaleUp, domain: 4, directPeers: 3 };
    const board = { ...device, acceleratorsPerNode: 4, scaleUp };
    expect(linkFor(board, members, stride)).toMatchObject({ bytesPerSecond: rate, tier });
  });

  it('never crosses nodes faster than the link inside them', () => {
    fc.assert(
      fc.property(degree, degree, fc.integer({ min: 1, max: 6_400 }), (members, stride, gbps) => {
        const link = linkFor(withScaleOut(device, gbps), members, stride);
        const widest = Math.max(device.scaleUp.bytesPerSecond, (gbps * 1e9) / 8);
        expect(link.bytesPerSecond).toBeLessThanOrEqual(widest);
      }),
    );
  });

  it('never slows down on a faster network', () => {
    fc.assert(
      fc.property(degree, degree, fc.integer({ min: 1, max: 3_200 }), (members, stride, gbps) => {
        const rate = (speed: number): number =>
          linkFor(withScaleOut(device, speed), members, stride).bytesPerSecond;
        expect(rate(2 * gbps)).toBeGreaterThanOrEqual(rate(gbps));
      }),
    );
  });

  it('in a rack-scale domain holds 72 members without leaving it', () => {
    const rack = describeDevice(
      acceleratorOf('gb200'),
      systemOf('gb200-nvl72'),
      catalogue.assumptions,
    );
    expect(linkFor(rack, 72, 1)).toMatchObject({ tier: 'scale-up', bytesPerSecond: 900e9 });
    expect(linkFor(rack, 73, 1).tier).toBe('scale-out');
  });
});
