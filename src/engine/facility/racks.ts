import { assumptionOf } from '../catalogue/assumption';
import type { NetworkDesign } from '../catalogue/network';
import type { Assumptions, System } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { Cluster } from '../plan';
import type { Figure, FigureInput } from '../report';

/** Racks, what one draws, and the heat that leaves them. */
export interface RackReport {
  readonly nodesPerRack: Figure;
  readonly racks: Figure;
  readonly rackPowerKw: Figure;
  readonly ratedPowerKw: Figure;
  readonly heatBtuPerHour: Figure;
  readonly coolingTons: Figure;
  /** a full rack with its equipment; null where the weight of the system is not published */
  readonly rackWeightKg: Figure;
  readonly floorSquareMetres: Figure;
}

/** BTU/h per kW: 3,600,000 J over 1,055.05585262 J (International Table BTU, exact). */
const btuPerHourPerKw = 3412.141633;
/** kW per ton of refrigeration: 12,000 BTU/h (exact by definition of the BTU). */
const kwPerTon = 3.5168528421;

interface Bound {
  readonly term: string;
  readonly inputs: readonly FigureInput[];
  readonly nodes: number;
}

/** What keeps a rack from holding more: its height, its power, or else the design that its maker publishes. */
function bounds(
  cluster: Cluster,
  system: System,
  design: NetworkDesign | undefined,
  assumptions: Assumptions,
): Bound[] {
  const found: Bound[] = [];
  const height = assumptions['facility.rackUnits'];
  const limit = cluster.rackPowerKw ?? null;
  if (system.rackUnits && height) {
    found.push({
      term: '⌊H / h⌋',
      inputs: [
        factInput('H', 'Height of a rack', height),
        factInput('h', 'Height of a node', system.rackUnits),
      ],
      nodes: Math.floor(height.value / system.rackUnits.value),
    });
  }
  if (limit) {
    found.push({
      term: '⌊K / p⌋',
      inputs: [
        planInput('K', 'Power that a rack may draw', limit, 'kW'),
        factInput('p', 'Rated power of a node', system.maxPower),
      ],
      nodes: Math.floor(limit.value / system.maxPower.value),
    });
  }
  if (design?.nodesPerRack && (!limit || !system.rackUnits)) {
    found.push({
      term: 'd',
      inputs: [factInput('d', 'Nodes in a rack of the reference design', design.nodesPerRack)],
      nodes: design.nodesPerRack.value,
    });
  }
  return found;
}

/** The weight of a full rack and the floor that all racks take. */
function weightAndFloor(
  cluster: Cluster,
  system: System,
  { nodesPerRack, racks }: Pick<RackReport, 'nodesPerRack' | 'racks'>,
  assumptions: Assumptions,
): Pick<RackReport, 'rackWeightKg' | 'floorSquareMetres'> {
  const key = (name: string): string => `${cluster.id}.${name}`;
  const node = assumptions[`facility.weight.${system.id}`];
  const [empty, area] = [
    assumptionOf(assumptions, 'facility.rackWeight'),
    assumptionOf(assumptions, 'facility.squareMetresPerRack'),
  ];
  // A rack-scale system is weighed with its rack.
  const own = system.rackUnits === null ? 0 : empty.value;
  const count = nodesPerRack.value;
  return {
    rackWeightKg: figure({
      key: key('rackWeightKg'),
      label: 'Weight of a full rack',
      value: node === undefined || count === null ? null : count * node.value + own,
      unit: 'kg',
      formula: own === 0 ? 'm · w' : 'm · w + e',
      inputs: [
        figureInput('m', nodesPerRack),
        ...(node === undefined ? [] : [factInput('w', node.label, node)]),
        ...(own === 0 ? [] : [factInput('e', empty.label, empty)]),
      ],
      leavesOut: 'switches and cables in the rack; coolant',
      unavailable: 'The weight of this system is not in the catalogue.',
    }),
    floorSquareMetres: figure({
      key: key('floorSquareMetres'),
      label: 'Floor for the racks of nodes',
      value: racks.value === null ? null : racks.value * area.value,
      low: (racks.value ?? 0) * (area.low ?? area.value),
      high: (racks.value ?? 0) * (area.high ?? area.value),
      unit: 'm²',
      formula: 'R · a',
      inputs: [figureInput('R', racks), factInput('a', area.label, area)],
      leavesOut: 'racks for switches, storage and management; rooms for power and cooling',
      unavailable: 'No node fits into a rack.',
    }),
  };
}

/**
 * Racks of a cluster.
 *
 *   m = min(⌊H / h⌋, ⌊K / p⌋)      R = ⌈n / m⌉
 *
 * m nodes in a rack · H height of a rack [U] · h height of a node [U] · K power that a rack may draw [kW] · p rated power of a
 * node [kW] · R racks · n nodes. Without a stated K the number of nodes of the maker's reference rack bounds m.
 *
 * Heat: every kilowatt drawn leaves as heat; 1 kW = 3,412.14 BTU/h, 1 ton of refrigeration = 12,000 BTU/h.
 *
 * Leaves out: racks for switches, storage and management; weight; room for cables and power distribution within the rack.
 * Source: definitions.
 */
export function reportRacks(
  cluster: Cluster,
  system: System,
  design: NetworkDesign | undefined,
  assumptions: Assumptions,
): RackReport {
  const key = (name: string): string => `${cluster.id}.${name}`;
  const found = bounds(cluster, system, design, assumptions);
  const perRack = found.length === 0 ? 1 : Math.min(...found.map(({ nodes }) => nodes));
  const terms = found.map(({ term }) => term);
  const isRackScale = found.length === 0;
  const nodesPerRack = figure({
    key: key('nodesPerRack'),
    label: 'Nodes in a rack',
    value: perRack >= 1 ? perRack : null,
    unit: 'nodes',
    formula: isRackScale
      ? 'm = 1'
      : terms.length === 1
        ? `m = ${terms.join('')}`
        : `m = min(${terms.join(', ')})`,
    inputs: found.flatMap(({ inputs }) => inputs),
    leavesOut: 'weight; room for switches and power distribution',
    unavailable: 'A rack may not draw what one node needs, or is not as high.',
  });
  const nodes = planInput('n', 'Nodes', cluster.nodes, 'nodes');
  const rated = factInput('p', 'Rated power of a node', system.maxPower);
  const racks = perRack >= 1 ? Math.ceil(cluster.nodes.value / perRack) : null;
  const ratedKw = cluster.nodes.value * system.maxPower.value;
  const ratedPowerKw = figure({
    key: key('ratedPowerKw'),
    label: 'Power to provision for the nodes',
    value: ratedKw,
    unit: 'kW',
    formula: 'P = n · p',
    inputs: [nodes, rated],
    leavesOut: 'switches, storage and management nodes; redundancy of the supply; cooling',
  });
  const heat = figureInput('P', ratedPowerKw);
  const racksFigure = figure({
    key: key('racks'),
    label: 'Racks of nodes',
    value: racks,
    unit: 'racks',
    formula: 'R = ⌈n / m⌉',
    inputs: [nodes, figureInput('m', nodesPerRack)],
    leavesOut: 'racks for switches, storage and management',
    unavailable: 'No node fits into a rack.',
  });
  return {
    nodesPerRack,
    racks: racksFigure,
    ...weightAndFloor(cluster, system, { nodesPerRack, racks: racksFigure }, assumptions),
    rackPowerKw: figure({
      key: key('rackPowerKw'),
      label: 'Rated power of a full rack',
      value: perRack >= 1 ? perRack * system.maxPower.value : null,
      unit: 'kW',
      formula: 'm · p',
      inputs: [figureInput('m', nodesPerRack), rated],
      leavesOut: 'switches in the rack',
      unavailable: 'No node fits into a rack.',
    }),
    ratedPowerKw,
    heatBtuPerHour: figure({
      key: key('heatBtuPerHour'),
      label: 'Heat at rated power',
      value: ratedKw * btuPerHourPerKw,
      unit: 'BTU/h',
      formula: 'Q = P · c',
      inputs: [heat, derivedInput('c', 'BTU/h per kW', btuPerHourPerKw, 'BTU/h', 'definition')],
    }),
    coolingTons: figure({
      key: key('coolingTons'),
      label: 'Cooling at rated power',
      value: ratedKw / kwPerTon,
      unit: 'tons of refrigeration',
      formula: 'Q = P / c',
      inputs: [
        heat,
        derivedInput('c', 'kW per ton of refrigeration', kwPerTon, 'kW', 'definition'),
      ],
      leavesOut: 'fans and pumps of the cooling; heat from outside',
    }),
  };
}
