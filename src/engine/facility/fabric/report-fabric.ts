import { derivedInput, factInput, figure } from '../../explain';
import type { Figure, FigureInput } from '../../report';
import type { BuiltFabric, ClusterFabric } from './cluster-fabric';
import type { FabricLayer } from './types';

/** The switches, links and transceivers of a cluster's fabric. */
export interface FabricReport {
  readonly leaves: Figure;
  readonly spines: Figure;
  readonly cores: Figure;
  readonly links: Figure;
  readonly nodeTransceivers: Figure;
  readonly switchTransceivers: Figure;
  readonly bisectionTbps: Figure;
}

/** Links of a layer, 0 where the fabric has no such layer. */
export function linksOf({ fabric }: BuiltFabric, key: FabricLayer['key']): number {
  return fabric.layers.find((layer) => layer.key === key)?.links ?? 0;
}

/** Links of all layers together. */
export function totalLinks({ fabric }: BuiltFabric): number {
  return fabric.layers.reduce((sum, { links }) => sum + links, 0);
}

/**
 * Transceivers in the switches when every link is optical.
 *
 *   X = ⌈(a + 2 · b) / t⌉
 *
 * a links node–leaf · b links between switches · t links that one transceiver of the switch serves
 *
 * Leaves out: copper within a rack; transceivers that are only half used.
 * Source: definition.
 */
export function switchTransceivers(found: BuiltFabric): number {
  const toNodes = linksOf(found, 'nodeLeaf');
  const between = totalLinks(found) - toNodes;
  return Math.ceil((toNodes + 2 * between) / found.device.portsPerTransceiver.value);
}

/** Figures of a fabric; null with the reason where there is none. */
export function reportFabric(clusterId: string, found: ClusterFabric): FabricReport {
  const built = found.kind === 'built' ? found : null;
  const unavailable = found.kind === 'built' ? '' : found.reason;
  const shape = built?.fabric.shape;
  const from = 'the wiring of the fabric';
  const number = (symbol: string, label: string, value = 0, unit = '1'): FigureInput =>
    derivedInput(symbol, label, value, unit, from);
  const planes = number('p', 'Planes', built?.rules.planes);
  const layer = (symbol: string, label: string, key: FabricLayer['key']): FigureInput =>
    number(symbol, label, built ? linksOf(built, key) : 0, 'links');
  const layers = [
    layer('a', 'Links node to leaf', 'nodeLeaf'),
    layer('b', 'Links leaf to spine', 'leafSpine'),
    layer('c', 'Links spine to core', 'spineCore'),
    layer('d', 'Links group to group', 'betweenGroups'),
    layer('e', 'Links switch to switch', 'betweenSwitches'),
  ].filter(({ value }) => built === null || value > 0);
  const one = (
    name: keyof FabricReport,
    label: string,
    value: number | undefined,
    unit: string,
    formula: string,
    inputs: readonly FigureInput[],
    leavesOut = '',
  ): Figure =>
    figure({
      key: `${clusterId}.${name}`,
      label,
      value: value ?? null,
      unit,
      formula,
      inputs,
      leavesOut,
      unavailable,
    });
  const crossing = built && (built.fabric.bisectionTbps * 2e3) / built.rules.linkGbps;
  const pods = number('q', 'Pods', shape?.pods);
  return {
    leaves: one('leaves', 'Leaf switches', built?.fabric.leaves, 'switches', 'L = p · q · l', [
      planes,
      pods,
      number('l', 'Leaves of a pod', shape?.leavesPerPod),
    ]),
    spines: one('spines', 'Spine switches', built?.fabric.spines, 'switches', 'S = p · q · s', [
      planes,
      pods,
      number('s', 'Spines of a pod', shape?.spinesPerPod),
    ]),
    cores: one('cores', 'Core switches', built?.fabric.cores, 'switches', 'C = p · c', [
      planes,
      number('c', 'Cores of a plane', shape?.cores),
    ]),
    links: one(
      'links',
      'Links of the fabric',
      built ? totalLinks(built) : undefined,
      'links',
      layers.length > 0 ? layers.map(({ symbol }) => symbol).join(' + ') : 'a',
      layers,
      'storage and management networks',
    ),
    nodeTransceivers: one(
      'nodeTransceivers',
      'Transceivers in the nodes',
      built ? linksOf(built, 'nodeLeaf') : undefined,
      'transceivers',
      'a',
      layers.slice(0, 1),
      'nodes whose cages take two links, such as DGX H100, need half as many; copper within a rack',
    ),
    switchTransceivers: one(
      'switchTransceivers',
      'Transceivers in the switches',
      built ? switchTransceivers(built) : undefined,
      'transceivers',
      `X = ⌈(${layers.map(({ symbol }) => (symbol === 'a' ? 'a' : `2 · ${symbol}`)).join(' + ') || 'a'}) / t⌉`,
      [
        ...layers,
        ...(built
          ? [factInput('t', 'Links of one transceiver', built.device.portsPerTransceiver)]
          : []),
      ],
      'copper within a rack',
    ),
    bisectionTbps: one(
      'bisectionTbps',
      'Bisection bandwidth, one direction',
      built?.fabric.bisectionTbps,
      'Tb/s',
      'B = x · v / 2 / 1000',
      [
        number(
          'x',
          'Links of the narrowest layer, at most one per endpoint',
          crossing ?? 0,
          'links',
        ),
        number('v', 'Speed of a link', built?.rules.linkGbps, 'Gb/s'),
      ],
      'what routing reaches of it',
    ),
  };
}
