import { describe, expect, test } from 'vitest';
import { buildFabric } from '@engine/facility/fabric/fat-tree';
import type { Fabric, FabricRules } from '@engine/facility/fabric/types';
import { bundledCatalogue } from '@shared/catalogue/bundled';

/** Cables of a layer, as a table counts them: `linksPerCable` links of a port's speed share one. */
function cables(fabric: Fabric, key: string, linksPerCable: number): number {
  return (fabric.layers.find((layer) => layer.key === key)?.links ?? 0) / linksPerCable;
}

/** One row as printed: scalable units, nodes, GPUs, leaf, spine, core, node–leaf, leaf–spine, spine–core cables. */
type Row = readonly [
  units: number,
  nodes: number,
  gpus: number,
  leaf: number,
  spine: number,
  core: number,
  nodeLeaf: number,
  leafSpine: number,
  spineCore: number,
];

const eightRails = { oversubscription: 1, rails: 8 } as const;

/**
 * Tables "Larger SuperPOD component counts" of NVIDIA's reference architectures, read 2026-11-23 at
 * docs.nvidia.com/dgx-superpod/reference-architecture-scalable-infrastructure-b200 and
 * docs.nvidia.com/dgx-superpod/reference-architecture/scalable-infrastructure-b300 and -b300-xdr, …/latest/dgx-superpod-architecture.html.
 */
const tables: readonly {
  readonly name: string;
  readonly nodesPerUnit: number;
  /** links at the speed of a switch port that one printed cable carries */
  readonly linksPerCable: number;
  readonly rules: Omit<FabricRules, 'endpoints'>;
  readonly rows: readonly Row[];
}[] = [
  {
    name: 'DGX B200, Quantum-2: 64 ports of 400 Gb/s',
    nodesPerUnit: 32,
    linksPerCable: 1,
    rules: { ...eightRails, radix: 64, linkGbps: 400, planes: 1 },
    rows: [
      [2, 64, 512, 16, 8, 0, 512, 512, 0],
      [4, 128, 1024, 32, 16, 0, 1024, 1024, 0],
      [8, 256, 2048, 64, 32, 0, 2048, 2048, 0],
      [16, 512, 4096, 128, 128, 64, 4096, 4096, 4096],
      [32, 1024, 8192, 256, 256, 128, 8192, 8192, 8192],
      [64, 2048, 16384, 512, 512, 256, 16384, 16384, 16384],
    ],
  },
  {
    // "Each GPU has 2x 400GbE connectivity through two different planes"; the table counts 800 Gb/s cables.
    name: 'DGX B300, Spectrum-4: 128 ports of 400 Gb/s in two planes',
    nodesPerUnit: 64,
    linksPerCable: 2,
    rules: { ...eightRails, radix: 128, linkGbps: 400, planes: 2 },
    rows: [
      [1, 64, 512, 16, 8, 0, 512, 512, 0],
      [2, 128, 1024, 32, 16, 0, 1024, 1024, 0],
      [4, 256, 2048, 64, 32, 0, 2048, 2048, 0],
      [8, 512, 4096, 128, 64, 0, 4096, 4096, 0],
      [16, 1024, 8192, 256, 128, 0, 8192, 8192, 0],
    ],
  },
  {
    name: 'DGX B300, Quantum-X800: 144 ports of 800 Gb/s',
    nodesPerUnit: 72,
    linksPerCable: 1,
    rules: { ...eightRails, radix: 144, linkGbps: 800, planes: 1 },
    rows: [
      [1, 72, 576, 8, 4, 0, 576, 576, 0],
      [2, 144, 1152, 16, 8, 0, 1152, 1152, 0],
      [4, 288, 2304, 32, 18, 0, 2304, 2304, 0],
      [8, 576, 4608, 64, 36, 0, 4608, 4608, 0],
      // Printed GPU count: 9,216, a misprint: 1,296 nodes of eight are 10,368, and so are the row's own cables.
      [18, 1296, 10368, 144, 72, 0, 10368, 10368, 0],
    ],
  },
];

describe.each(tables)(
  'NVIDIA’s table for $name',
  ({ nodesPerUnit, linksPerCable, rules, rows }) => {
    test.each(rows)('%i scalable units', (units, nodes, gpus, leaf, spine, core, ...printed) => {
      expect(units * nodesPerUnit).toBe(nodes);
      expect(nodes * 8).toBe(gpus);
      const fabric = buildFabric({ ...rules, endpoints: gpus });
      if (fabric === null) throw new Error('The fabric cannot be built.');
      expect([fabric.leaves, fabric.spines, fabric.cores]).toEqual([leaf, spine, core]);
      expect(
        ['nodeLeaf', 'leafSpine', 'spineCore'].map((key) => cables(fabric, key, linksPerCable)),
      ).toEqual(printed);
    });
  },
);

test('the misprint of the Quantum-X800 table: 9,216 GPUs would need 128 leaves, not the 144 that are printed', () => {
  const xdr = tables[2]?.rules;
  if (xdr === undefined) throw new Error('The table is missing.');
  const asPrinted = buildFabric({ ...xdr, endpoints: 9216 });
  expect(asPrinted?.leaves).toBe(128);
  expect(asPrinted?.layers[0]?.links).toBe(9216);
});

test('DGX GB200: eight racks are the 576 GPUs of a scalable unit, and 128 racks the 9,216 of the largest stated', () => {
  // The GB200 document states these sizes and no switch counts; four GPUs of a tray make four rails.
  const perRack = bundledCatalogue.systems.get('gb200-nvl72')?.acceleratorsPerNode.value ?? 0;
  expect(8 * perRack).toBe(576);
  expect(128 * perRack).toBe(9216);
  const rules = { radix: 64, linkGbps: 400, oversubscription: 1, planes: 1, rails: 4 };
  const unit = buildFabric({ ...rules, endpoints: 8 * perRack });
  const largest = buildFabric({ ...rules, endpoints: 128 * perRack });
  expect(unit?.tiers).toBe(2);
  expect(largest?.tiers).toBe(3);
  expect(largest?.bisectionTbps).toBeCloseTo(16 * (unit?.bisectionTbps ?? 0), 9);
});

test.each([
  [64, 8],
  [128, 48],
  [256, 96],
  [512, 192],
  [1024, 384],
  [2048, 768],
  [4096, 2560],
])(
  'a published bill of materials: %i nodes of eight H100, one fabric per rail, need %i switches',
  (nodes, switches) => {
    // "H100 cluster" sheet of Latent Space, August 2024, 64-port NDR switches:
    // https://docs.google.com/spreadsheets/d/1Ft3RbeZ-w43kYSiLfYc1vxO41mK5lmJpcPC9GOYHAWc, read 2026-11-23.
    // Its largest row, 13,107 nodes and 8,192 switches, divides without rounding up to whole pods, so it is not built here.
    const perRail = { radix: 64, linkGbps: 400, oversubscription: 1, planes: 8, rails: 1 };
    const fabric = buildFabric({ ...perRail, endpoints: nodes });
    expect((fabric?.leaves ?? 0) + (fabric?.spines ?? 0) + (fabric?.cores ?? 0)).toBe(switches);
  },
);
