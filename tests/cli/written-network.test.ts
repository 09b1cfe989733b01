import { expect, test } from 'vitest';
import { networkGbps } from '../../src/cli/estimate/written-network';

test.each([
  ['8x400G IB', 400],
  ['Jean Zay: 4x Omni-Path 100 Gb/s per node, NVLink in node', 50],
  ['400 Gb/s per GPU IB/Ethernet', 400],
  ['400 Gbps per GPU', 400],
  ['800 Gb/s inter-node (paper)', 100],
  ['400 Gb/s per node', 50],
  ['NVLink5 NVL72 domain', null],
  [null, null],
])('network of %s', (text, expected) => {
  expect(networkGbps(text, 8)).toBe(expected);
});

test.each([
  ['4x NDR200 InfiniBand', 4, 200],
  ['JUWELS Booster: 4x HDR200 IB per node, NVLink3', 4, 200],
  ['DGX-1: 4x EDR', 8, 50],
  ['8x NDR', 8, 400],
])('ports of a generation are counted: %s', (text, perNode, expected) => {
  expect(networkGbps(text, perNode)).toBe(expected);
});

test.each([
  ['AWS p5.48xlarge, 3200 Gb/s EFA', 400],
  ['AWS p4d, 400 Gb/s EFA per node', 50],
  ['EFA 6.4 Tb/s per node', 800],
  ['EFA, 3200 Gbps', 400],
  ['NVLink in the node, EFA 3,200 Gb/s per node', 400],
])('a cloud rates the adapter of a whole machine: %s', (text, expected) => {
  expect(networkGbps(text, 8)).toBe(expected);
});

test('plain Ethernet is a port of the machine, but not one beside InfiniBand', () => {
  expect(networkGbps('25 GbE', 8)).toBe(25 / 8);
  expect(networkGbps('100 Gb/s Ethernet', 4)).toBe(25);
  const both =
    'NVLINK Gen4 900 GB/s; 8x ConnectX-7 IB NDR 400Gb/s, Management: 100Gb/s Ethernet NIC';
  expect(networkGbps(both, 8)).toBeNull();
});
