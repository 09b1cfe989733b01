import { expect, test } from 'vitest';
import { networkGbps } from '../../src/cli/estimate/written-network';

test.each([
  ['8x400G IB', 400],
  ['Jean Zay: 4x Omni-Path 100 Gb/s per node, NVLink in node', 50],
  ['400 Gb/s per GPU IB/Ethernet', 400],
  ['400 Gbps per GPU', 400],
  ['Slingshot-11, 200 Gb/s a GPU (Isambard-AI)', 200],
  ['NVLink4 8-GPU node + NDR IB 400G/GPU (DGX H100)', 400],
  ['NVLink in node; 400 Gb/s RDMA per GPU; HBM2e 96 GB 2.4 TB/s', 400],
  ['200 Gb/s HDR InfiniBand per GPU', 200],
  ['HCCS in node, RoCE 200 Gb/s per NPU between nodes', 200],
  ['NVLink 900 GB/s per GPU', null],
  ['8x ConnectX-7 IB NDR 400Gb/s', 400],
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
  const beside = 'Management: 100Gb/s Ethernet NIC';
  expect(networkGbps(`NVLINK Gen4 900 GB/s; InfiniBand NDR, ${beside}`, 8)).toBeNull();
  expect(networkGbps(`NVLINK Gen4; 8x ConnectX-7 IB NDR 400Gb/s, ${beside}`, 8)).toBe(400);
});
