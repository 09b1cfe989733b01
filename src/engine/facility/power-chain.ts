import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions, Fact } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { PowerRedundancy, Site } from '../plan';
import type { Figure } from '../report';
import { auxiliaryShare, auxiliaryShareInput } from './power';

/** The power chain of a site: how many units it takes, and what is lost in it. */
export interface PowerChainReport {
  /** what switches, storage and management nodes are provisioned with */
  readonly auxiliaryKw: Figure;
  readonly provisionedKw: Figure;
  /** power under load as a share of what is provisioned */
  readonly loadShare: Figure;
  readonly upsUnits: Figure;
  readonly distributionUnits: Figure;
  readonly generators: Figure;
  readonly transformers: Figure;
  readonly chainLossKw: Figure;
}

/**
 * Units of a power chain.
 *
 *   N = ⌈P / u⌉      N+1: N + 1      2N: 2 · N
 *
 * P power that they feed [kW] · u power of one [kW]
 *
 * Leaves out: distributed redundant schemes such as 3N/2; derating with temperature and altitude; growth.
 * Source: redundancy classes N, N+1 and 2N, ANSI/TIA-942 and Uptime Institute tiers (from memory).
 */
export function unitsFor(kilowatts: number, unitKw: number, redundancy: PowerRedundancy): number {
  if (kilowatts <= 0) return 0;
  const needed = Math.ceil(kilowatts / unitKw - 1e-9);
  switch (redundancy) {
    case 'N':
      return needed;
    case 'N+1':
      return needed + 1;
    case '2N':
      return 2 * needed;
  }
}

const formulas: Readonly<Record<PowerRedundancy, string>> = {
  N: '⌈P / u⌉',
  'N+1': '⌈P / u⌉ + 1',
  '2N': '2 · ⌈P / u⌉',
};

/** What the chain of a site is computed from. */
export interface ChainLoad {
  /** rated power of the nodes */
  readonly ratedKw: number;
  /** what switches, storage and management draw */
  readonly auxiliaryKw: Figure;
  /** power of all computers under load */
  readonly itPowerKw: Figure;
}

function ratedInput(ratedKw: number) {
  return derivedInput('n', 'Rated power of all nodes', ratedKw, 'kW', 'the clusters');
}

/**
 * What switches, optics, storage and management nodes draw beside nodes of a rated power.
 *
 *   A = α · n
 *
 * n rated power of the nodes [kW] · α share [1]
 *
 * Leaves out: the make of the switches and the size of the storage.
 * Source: definition; α is facility.auxiliaryPowerShare of the catalogue.
 */
export function auxiliaryPower(owner: string, ratedKw: number, assumptions: Assumptions): Figure {
  const share = auxiliaryShare(assumptions);
  return figure({
    key: `${owner}.auxiliaryKw`,
    label: 'Switches, storage and management',
    value: share.value * ratedKw,
    low: (share.low ?? share.value) * ratedKw,
    high: (share.high ?? share.value) * ratedKw,
    unit: 'kW',
    formula: 'A = α · n',
    inputs: [auxiliaryShareInput(assumptions), ratedInput(ratedKw)],
    leavesOut: 'the make of the switches and the size of the storage',
  });
}

/** Uninterruptible supplies and distribution carry the computers, generators and transformers the whole facility. */
export function reportPowerChain(
  site: Site,
  { ratedKw, auxiliaryKw, itPowerKw }: ChainLoad,
  assumptions: Assumptions,
): PowerChainReport {
  const key = (name: string): string => `${site.id}.${name}`;
  const redundancy = site.powerRedundancy ?? 'N';
  const fact = (name: string): Assumptions[string] => assumptionOf(assumptions, `facility.${name}`);
  const effectiveness = site.powerUsageEffectiveness;
  const computersKw = ratedKw + (auxiliaryKw.value ?? 0);
  const provisionedKw = figure({
    key: key('provisionedKw'),
    label: 'Power to provision for the computers',
    value: computersKw,
    unit: 'kW',
    formula: 'R = n + A',
    inputs: [ratedInput(ratedKw), figureInput('A', auxiliaryKw)],
  });
  const feeds = figureInput('R', provisionedKw);
  const units = (
    name: keyof PowerChainReport,
    label: string,
    unitFact: Fact,
    wholeFacility: boolean,
  ): Figure =>
    figure({
      key: key(name),
      label: `${label}, ${redundancy}`,
      value: unitsFor(
        computersKw * (wholeFacility ? effectiveness.value : 1),
        unitFact.value,
        redundancy,
      ),
      unit: 'units',
      formula:
        ratedKw <= 0 ? '0 · R' : formulas[redundancy].replace('P', wholeFacility ? 'R · PUE' : 'R'),
      inputs: [
        feeds,
        ...(wholeFacility
          ? [planInput('PUE', 'Power usage effectiveness', effectiveness, '1')]
          : []),
        factInput('u', `Power of one: ${label.toLowerCase()}`, unitFact),
      ],
      leavesOut: 'derating with temperature and altitude; switchgear and batteries',
    });
  const [ups, pdu, transformer] = [
    fact('upsEfficiency'),
    fact('distributionEfficiency'),
    fact('transformerEfficiency'),
  ];
  const through = ups.value * pdu.value * transformer.value;
  return {
    auxiliaryKw,
    provisionedKw,
    loadShare: figure({
      key: key('loadShare'),
      label: 'Drawn under load as a share of what is provisioned',
      value: itPowerKw.value === null ? null : itPowerKw.value / computersKw,
      unit: 'fraction',
      formula: 'P_IT / R',
      inputs: [figureInput('P_IT', itPowerKw), feeds],
      leavesOut: 'idle hours',
      unavailable: 'No cluster stands on this site.',
    }),
    upsUnits: units('upsUnits', 'Uninterruptible supplies', fact('upsKw'), false),
    distributionUnits: units(
      'distributionUnits',
      'Power distribution units',
      fact('distributionKw'),
      false,
    ),
    generators: units('generators', 'Generators', fact('generatorKw'), true),
    transformers: units('transformers', 'Transformers', fact('transformerKw'), true),
    chainLossKw: figure({
      key: key('chainLossKw'),
      label: 'Lost in the power chain under load',
      value: itPowerKw.value === null ? null : itPowerKw.value * (1 / through - 1),
      unit: 'kW',
      formula: 'P_IT · (1 / (a · b · c) − 1)',
      inputs: [
        figureInput('P_IT', itPowerKw),
        factInput('a', ups.label, ups),
        factInput('b', pdu.label, pdu),
        factInput('c', transformer.label, transformer),
      ],
      leavesOut:
        'the fall of efficiency at part load, which 2N brings; it is part of the PUE, not beside it',
    }),
  };
}
