import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { CostAssumptions, Site } from '../plan';
import type { Figure } from '../report';
import { carbonTonnes } from './power';

/** What a site's footprint is computed from. */
export interface FootprintInputs {
  readonly itKw: number;
  readonly accelerators: number;
  readonly energyMwh: Figure;
  readonly itPowerKw: Figure;
  readonly costs: Pick<
    CostAssumptions,
    'utilisationFraction' | 'horizonYears' | 'depreciationYears'
  >;
}

/**
 * Emissions of making the hardware, spread over its life.
 *
 *   C = G · k / (1000 · L)
 *
 * C emissions [t CO₂e/year] · G accelerators [1] · k emissions of making one with its share of the server [kg CO₂e] · L life [years]
 *
 * Leaves out: network, building, transport, disposal.
 * Source: definition; k from the catalogue.
 */
export function embodiedTonnesPerYear(
  accelerators: number,
  kilogramsEach: number,
  lifeYears: number,
): number {
  return (accelerators * kilogramsEach) / (1e3 * lifeYears);
}

/**
 * Water used on the site in a year.
 *
 *   W = P_IT · u · 8760 · w / 1000
 *
 * W water [m³] · P_IT power of the computers under load [kW] · u share of hours in use [1] · w water usage effectiveness [L/kWh]
 *
 * Leaves out: water of making the electricity and the hardware.
 * Source: definition of water usage effectiveness, The Green Grid 2011 (from memory).
 */
export function waterCubicMetresPerYear(itKw: number, use: number, litresPerKwh: number): number {
  return (itKw * use * 8760 * litresPerKwh) / 1e3;
}

/** Market-based emissions, embodied emissions and water of a site. */
export function siteFootprint(
  site: Site,
  { itKw, accelerators, energyMwh, itPowerKw, costs }: FootprintInputs,
  assumptions: Assumptions,
) {
  const key = (name: string): string => `${site.id}.${name}`;
  const contracted = site.marketGramsCo2PerKwh ?? site.gridGramsCo2PerKwh;
  const making = assumptionOf(assumptions, 'embodied.kgPerAccelerator');
  const averageWater = assumptionOf(assumptions, 'water.litresPerKwh');
  const water = site.waterLitresPerKwh?.value ?? averageWater.value;
  const life = costs.depreciationYears ?? costs.horizonYears;
  const use = costs.utilisationFraction.value;
  const embodied = (kilograms: number): number =>
    embodiedTonnesPerYear(accelerators, kilograms, life.value);
  const cubicMetres = (litres: number): number => waterCubicMetresPerYear(itKw, use, litres);
  return {
    carbonMarketTonnesPerYear: figure({
      key: key('carbonMarketTonnesPerYear'),
      label: 'Emissions per year, market-based',
      value: energyMwh.value === null ? null : carbonTonnes(energyMwh.value, contracted.value),
      unit: 't CO2e',
      formula: 'C = E · g / 1000',
      inputs: [
        figureInput('E', energyMwh),
        planInput(
          'g',
          site.marketGramsCo2PerKwh
            ? 'Carbon intensity of the contracted electricity'
            : 'Carbon intensity of the grid, for want of a contract',
          contracted,
          'g CO2e/kWh',
        ),
      ],
      leavesOut:
        'making of hardware and buildings; whether contracted power is generated at the same hours',
    }),
    embodiedTonnesPerYear: figure({
      key: key('embodiedTonnesPerYear'),
      label: 'Emissions of making the hardware, per year of its life',
      value: embodied(making.value),
      low: embodied(making.low ?? making.value),
      high: embodied(making.high ?? making.value),
      unit: 't CO2e',
      formula: 'C = G · k / (1000 · L)',
      inputs: [
        derivedInput('G', 'Accelerators', accelerators, 'accelerators', 'plan'),
        factInput('k', 'Making of one, with its share of the server', making),
        planInput('L', 'Life of the hardware', life, 'years'),
      ],
      leavesOut: 'network, building, transport and disposal',
    }),
    waterCubicMetresPerYear: figure({
      key: key('waterCubicMetresPerYear'),
      label: 'Water used on the site per year',
      value: cubicMetres(water),
      ...(site.waterLitresPerKwh
        ? {}
        : {
            low: cubicMetres(averageWater.low ?? water),
            high: cubicMetres(averageWater.high ?? water),
          }),
      unit: 'm³',
      formula: 'W = P_IT · u · 8760 · w / 1000',
      inputs: [
        figureInput('P_IT', itPowerKw),
        planInput('u', 'Share of hours in use', costs.utilisationFraction, 'fraction'),
        site.waterLitresPerKwh
          ? planInput('w', 'Water usage effectiveness', site.waterLitresPerKwh, 'L/kWh')
          : factInput('w', 'Water usage effectiveness', averageWater),
      ],
      leavesOut: 'water of making the electricity and the hardware',
    }),
  };
}
