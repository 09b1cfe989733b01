import type { CostAssumptions } from '../plan';
import type { PricedCandidate } from './candidates';
import type { FabricSplit, RankedBy, SizedCluster, SystemAnswer } from './demand';

type Acquisition = CostAssumptions['acquisition'];
/** A met demand before it has its place. */
export interface Priced extends Omit<SizedCluster, 'reason' | 'fabrics'> {
  /** absent where one fabric joins the cluster */
  readonly split: FabricSplit | undefined;
}

/** A met demand with its price and power; see hourlyCost. */
export function priced(
  { system, hourly, nodePowerKw }: PricedCandidate,
  { nodes, solution, split }: Extract<SystemAnswer, { isMet: true }>,
  acquisition: Acquisition,
): Priced {
  const times = (usd: number | null): number | null => (usd === null ? null : usd * nodes);
  const rentUsdPerHour = times(hourly.rentUsdPerHour);
  const ownUsdPerHour = times(hourly.ownUsdPerHour);
  const usdPerHour = acquisition === 'buy' ? ownUsdPerHour : rentUsdPerHour;
  const isRun = solution.kind === 'training' && usdPerHour !== null;
  return {
    systemId: system.id,
    systemName: system.name,
    nodes,
    accelerators: nodes * system.acceleratorsPerNode.value,
    solution,
    usdPerHour,
    rentUsdPerHour,
    ownUsdPerHour,
    usdTotal: isRun ? usdPerHour * 24 * solution.days : null,
    itPowerKw: nodes * nodePowerKw,
    split,
  };
}

/** What a ranking goes by; null where it is not known. */
export function measured(cluster: Priced, rankedBy: RankedBy): number | null {
  switch (rankedBy) {
    case 'cost':
      return cluster.usdTotal ?? cluster.usdPerHour;
    case 'power':
      return cluster.itPowerKw;
    case 'accelerators':
      return cluster.accelerators;
  }
}

const best: Readonly<Record<RankedBy, string>> = {
  cost: 'Lowest cost of all that meet the demand.',
  power: 'Lowest power of all that meet the demand.',
  accelerators: 'Fewest accelerators of all that meet the demand.',
};

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Of two met demands the one in its place first: what one fabric joins before what must be split, then by the measure. */
export function comparePlaces(first: Priced, second: Priced, rankedBy: RankedBy): number {
  const value = (cluster: Priced): number => measured(cluster, rankedBy) ?? Infinity;
  const isSplit = (cluster: Priced): number => (cluster.split === undefined ? 0 : 1);
  return (
    isSplit(first) - isSplit(second) ||
    value(first) - value(second) ||
    first.itPowerKw - second.itPowerKw ||
    first.nodes - second.nodes
  );
}

/** The clusters in order, each with the reason for its place; those without the measure are left out. */
export function ranked(met: readonly Priced[], rankedBy: RankedBy): SizedCluster[] {
  const value = (cluster: Priced): number => measured(cluster, rankedBy) ?? Infinity;
  const sorted = met
    .filter((cluster) => measured(cluster, rankedBy) !== null)
    .toSorted((first, second) => comparePlaces(first, second, rankedBy));
  const [first] = sorted;
  return sorted.map(({ split, ...cluster }) => {
    const reason =
      first === undefined || cluster.systemId === first.systemId
        ? best[rankedBy]
        : standing(value({ split, ...cluster }) / value(first), first, rankedBy);
    return split === undefined
      ? { ...cluster, reason }
      : { ...cluster, fabrics: split.clusters, reason: `${splitText(split)} ${reason}` };
  });
}

function splitText({ sentence, clusters }: FabricSplit): string {
  return `Placed last: ${sentence}. It takes ${words.format(clusters)} clusters.`;
}

function standing(ratio: number, first: Priced, rankedBy: RankedBy): string {
  const times = words.format(ratio);
  if (times !== '1') return `${times} times the ${rankedBy} of ${first.systemName}.`;
  return `As ${rankedBy === 'accelerators' ? 'many' : 'much'} as ${first.systemName}.`;
}

const counts = new Intl.NumberFormat('en');

/** Why a cluster that meets the demand has no place in a ranking by cost. */
export function withoutPrice(cluster: Priced, acquisition: Acquisition): string {
  const count = counts.format(cluster.accelerators);
  const missing =
    acquisition === 'buy' ? 'no purchase price is published' : 'no on-demand rent is quoted';
  return `${count} accelerators meet the demand, but ${missing}.`;
}
