import type { Assumptions, Fact, System } from '../catalogue/types';
import type { Cluster, Quantity } from '../plan';
import type { BuiltFabric, ClusterFabric } from './fabric/cluster-fabric';
import type { CableRun } from './fabric/cable-reach';
import { linksOf, switchTransceivers } from './fabric/report-fabric';
import type { FabricLayer } from './fabric/types';
import { priceOfFact, type Price } from './price';
import { supportLines } from './bill-support';

/** How far a price can be trusted: a quote of the user, a figure of the catalogue, or none. */
export type Confidence = 'confirmed' | 'estimate' | 'unknown';

/** One line of the bill of materials. */
export interface BillLine {
  readonly key: string;
  readonly clusterId: string;
  readonly category: 'nodes' | 'switches' | 'optics' | 'racks' | 'support' | 'storage';
  readonly item: string;
  readonly quantity: number;
  readonly spares: number;
  /** USD for one; null where no price is known */
  readonly unitUsd: Price | null;
  /** USD with spares; null where no price is known */
  readonly totalUsd: Price | null;
  readonly confidence: Confidence;
  /** where quantity and price come from, in words */
  readonly basis: string;
  readonly sources: readonly string[];
}

export interface LineSpec {
  readonly name: string;
  readonly category: BillLine['category'];
  readonly item: string;
  readonly quantity: number;
  readonly spareShare?: Fact | undefined;
  readonly price: Price | null;
  readonly confidence: Confidence;
  readonly basis: string;
  readonly sources?: readonly string[];
}

/** The price of a node: a default takes its range from the catalogue, which it was taken from. */
function priceOfNode({ purchaseUsdPerNode }: Cluster, system: System): Price | null {
  const { value, origin, low, high } = purchaseUsdPerNode;
  if (value <= 0) return null;
  if (origin === 'default' && value === system.price?.value) return priceOfFact(system.price);
  return { value, low: low ?? value, high: high ?? value };
}

function times(price: Price | null, count: number): Price | null {
  if (price === null) return null;
  return { value: price.value * count, low: price.low * count, high: price.high * count };
}

/** A quote that the user entered or imported is confirmed; a default is the catalogue's estimate. */
function confidenceOf(quantity: Quantity): Confidence {
  if (quantity.value <= 0) return 'unknown';
  return quantity.origin === 'default' ? 'estimate' : 'confirmed';
}

function basisOfNode({ purchaseUsdPerNode }: Cluster, system: System): string {
  if (purchaseUsdPerNode.value <= 0) return 'No price is known for this system.';
  const isDefault = purchaseUsdPerNode.origin === 'default';
  const note = isDefault ? system.price?.note : purchaseUsdPerNode.note;
  const stated = isDefault ? 'The catalogue’s price' : 'The price that was entered';
  return `${stated}, network cards included${note === undefined ? '' : `: ${note}`}.`;
}

function switchLines(found: BuiltFabric, spareShare: Fact | undefined): LineSpec[] {
  const { device, fabric } = found;
  const price = priceOfFact(device.price);
  return (['leaves', 'spines', 'cores'] as const)
    .map((tier) => ({
      name: tier,
      category: 'switches' as const,
      item: `${device.name}, ${{ leaves: 'leaf', spines: 'spine', cores: 'core' }[tier]}`,
      quantity: fabric[tier],
      spareShare,
      price,
      confidence: price === null ? ('unknown' as const) : ('estimate' as const),
      basis: device.price?.note ?? `${device.generation}; no price is published.`,
      sources: [device.ports.source, ...(device.price ? [device.price.source] : [])],
    }))
    .filter(({ quantity }) => quantity > 0);
}

function opticsLines(
  found: BuiltFabric,
  assumptions: Assumptions,
  runs: Readonly<Partial<Record<FabricLayer['key'], CableRun>>>,
): LineSpec[] {
  const spareShare = assumptions['facility.opticsSpares'];
  const speed = `${String(found.rules.linkGbps)} Gb/s`;
  const unknown = {
    category: 'optics' as const,
    spareShare,
    price: null,
    confidence: 'unknown' as const,
  };
  const layers = [
    ['nodeLeaf', 'node to leaf'],
    ['leafSpine', 'leaf to spine'],
    ['spineCore', 'spine to core'],
    ['betweenGroups', 'group to group'],
    ['betweenSwitches', 'switch to switch'],
  ] as const;
  const cables = layers
    .map(([key, where]) => ({
      ...unknown,
      name: key,
      item: `Cable, ${speed}, ${where}`,
      quantity: linksOf(found, key),
      basis: cableBasis(runs[key]),
    }))
    .filter(({ quantity }) => quantity > 0);
  const budget = assumptions[`facility.opticsUsdPerAccelerator${String(found.fabric.tiers)}`];
  const isPriced =
    budget !== undefined &&
    found.topology !== '2D torus' &&
    found.topology !== '3D torus' &&
    found.planesPerAccelerator * found.rules.linkGbps ===
      assumptions['facility.opticsLinkSpeed']?.value;
  return [
    {
      ...unknown,
      name: 'nodeTransceivers',
      item: `Transceiver, one link of ${speed}, node side`,
      quantity: linksOf(found, 'nodeLeaf'),
      basis: 'One per link; nodes whose cages take two links need half as many.',
    },
    {
      ...unknown,
      name: 'switchTransceivers',
      item: `Transceiver, ${String(found.device.portsPerTransceiver.value)} × ${speed}, switch side`,
      quantity: switchTransceivers(found),
      basis: 'Every link optical.',
      sources: [found.device.portsPerTransceiver.source],
    },
    ...cables,
    ...(isPriced
      ? [
          {
            name: 'opticsBudget',
            category: 'optics' as const,
            item: 'Transceivers and cables, price per accelerator',
            quantity: found.accelerators,
            spareShare,
            price: priceOfFact(budget),
            confidence: 'estimate' as const,
            basis: `Covers the transceivers and cables above. ${budget.note ?? ''}`.trim(),
            sources: [budget.source],
          },
        ]
      : []),
  ];
}

/** How long the longest cable of a layer is and what it is made of, in words. */
function cableBasis(run: CableRun | undefined): string {
  if (run === undefined) return 'One per link; length follows from the floor plan.';
  const length = `up to ${String(Math.ceil(run.metres))} m on a square floor`;
  return run.medium === null
    ? `One per link, ${length}: longer than any medium of the catalogue reaches.`
    : `One per link, ${length}: ${run.medium}.`;
}

/**
 * The bill of materials of a cluster's nodes, compute fabric and racks.
 *
 *   total = (q + ⌈q · s⌉) · price
 *
 * q quantity · s share kept as spares. A price is confirmed when the user entered it, an estimate when the catalogue gives it,
 * unknown otherwise; an unknown price stays out of every total and is counted.
 *
 * Leaves out: servers and software of the storage; cables of the support networks; power distribution and cooling; installation, freight, taxes.
 * Source: definition.
 */
export function billOfCluster(
  cluster: Cluster,
  system: System,
  found: ClusterFabric,
  racks: number | null,
  assumptions: Assumptions,
  runs: Readonly<Partial<Record<FabricLayer['key'], CableRun>>> = {},
): BillLine[] {
  const lines: LineSpec[] = [
    {
      name: 'nodes',
      category: 'nodes',
      item: system.name,
      quantity: cluster.nodes.value,
      price: priceOfNode(cluster, system),
      confidence: confidenceOf(cluster.purchaseUsdPerNode),
      basis: basisOfNode(cluster, system),
      sources:
        system.price && cluster.purchaseUsdPerNode.origin === 'default'
          ? [system.price.source]
          : [],
    },
    ...(found.kind === 'built'
      ? [
          ...switchLines(found, assumptions['facility.switchSpares']),
          ...opticsLines(found, assumptions, runs),
        ]
      : []),
    ...(racks === null || system.rackUnits === null
      ? []
      : [
          {
            name: 'racks',
            category: 'racks' as const,
            item: 'Rack for nodes',
            quantity: racks,
            price: null,
            confidence: 'unknown' as const,
            basis: 'Racks for switches, storage and management are not counted.',
          },
        ]),
    ...supportLines(cluster, system, found, assumptions),
  ];
  return lines.map(({ name, spareShare, price, sources = [], ...line }) => {
    const spares = spareShare ? Math.ceil(line.quantity * spareShare.value) : 0;
    return {
      ...line,
      key: `${cluster.id}.bill.${name}`,
      clusterId: cluster.id,
      spares,
      unitUsd: price,
      totalUsd: times(price, line.quantity + spares),
      sources: sources.length > 1 ? [...new Set(sources)] : sources,
    };
  });
}

/** What one category of a bill costs; null where none of its lines has a price. */
export interface CategoryTotal {
  readonly category: BillLine['category'];
  readonly totalUsd: Price | null;
  /** lines that have no price and that no other line stands for */
  readonly unpriced: number;
}

/** The bill by category, in the order in which the categories first occur: what a cost model takes prices from. */
export function billByCategory(lines: readonly BillLine[]): readonly CategoryTotal[] {
  const categories = [...new Set(lines.map(({ category }) => category))];
  return categories.map((category) => {
    const here = lines.filter((line) => line.category === category);
    const { unpriced, ...totalUsd } = billTotal(here);
    const isPriced = here.some((line) => line.totalUsd !== null);
    return { category, totalUsd: isPriced ? totalUsd : null, unpriced };
  });
}

/** What the priced lines add up to, and how many lines have no price. A budget line stands for the lines it covers. */
export function billTotal(lines: readonly BillLine[]): Price & { readonly unpriced: number } {
  const covered = new Set(
    lines.filter(({ key }) => key.endsWith('.opticsBudget')).map(({ clusterId }) => clusterId),
  );
  const sum = (end: keyof Price): number =>
    lines.reduce((total, { totalUsd }) => total + (totalUsd?.[end] ?? 0), 0);
  const unpriced = lines.filter(
    ({ totalUsd, category, clusterId }) =>
      totalUsd === null && !(category === 'optics' && covered.has(clusterId)),
  );
  return { value: sum('value'), low: sum('low'), high: sum('high'), unpriced: unpriced.length };
}
