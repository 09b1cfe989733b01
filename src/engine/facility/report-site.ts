import type { Assumptions } from '../catalogue/types';
import { factInput, figure, figureInput, planInput } from '../explain';
import type { Site } from '../plan';
import type { SiteReport } from '../report';
import { reportCapFits } from './cap-fit';
import { siteFootprint, type FootprintInputs } from './footprint';
import type { InstalledCluster } from './installed-cluster';
import { auxiliaryPower, reportPowerChain } from './power-chain';
import { auxiliaryShare, carbonTonnes, clusterPowerKw, energyMwhPerYear, loadPower } from './power';

/** What a site draws, emits and pays for electricity with the clusters that stand on it. */
export function reportSite(
  site: Site,
  clusters: readonly InstalledCluster[],
  costs: FootprintInputs['costs'],
  assumptions: Assumptions,
): SiteReport {
  const here = clusters.filter(({ cluster }) => cluster.siteId === site.id);
  const share = auxiliaryShare(assumptions).value;
  const itKw = here.reduce(
    (sum, { cluster, system }) => sum + clusterPowerKw(system, cluster.nodes.value, share),
    0,
  );
  const ratedKw = here.reduce(
    (sum, { cluster, system }) => sum + cluster.nodes.value * system.maxPower.value,
    0,
  );
  const effectiveness = site.powerUsageEffectiveness.value;
  const utilisation = costs.utilisationFraction.value;
  const mwh = energyMwhPerYear(itKw, effectiveness, utilisation);
  const key = (name: string): string => `${site.id}.${name}`;
  const auxiliaryKw = auxiliaryPower(site.id, ratedKw, assumptions);
  const itPowerKw = figure({
    key: key('itPowerKw'),
    label: 'IT power under load',
    value: itKw,
    unit: 'kW',
    formula: 'P_IT = Σ nᵢ · pᵢ + A',
    inputs: [
      ...here.flatMap(({ cluster, system }, index) => [
        planInput(`n${index + 1}`, `Nodes of ${cluster.name}`, cluster.nodes, 'nodes'),
        factInput(`p${index + 1}`, `Power of a ${system.name} under load`, loadPower(system)),
      ]),
      figureInput('A', auxiliaryKw),
    ],
    leavesOut: 'hours in which less is drawn',
  });
  const effectivenessInput = planInput(
    'PUE',
    'Power usage effectiveness',
    site.powerUsageEffectiveness,
    '1',
  );
  const energy = figure({
    key: key('energyMwhPerYear'),
    label: 'Electricity per year',
    value: mwh,
    unit: 'MWh',
    formula: 'E = P_IT · PUE · u · 8760 / 1000',
    inputs: [
      figureInput('P_IT', itPowerKw),
      effectivenessInput,
      planInput('u', 'Share of hours in use', costs.utilisationFraction, 'fraction'),
    ],
    leavesOut: 'idle power of the hours not in use',
  });
  const powerChain = reportPowerChain(site, { ratedKw, auxiliaryKw, itPowerKw }, assumptions);
  return {
    siteId: site.id,
    itPowerKw,
    facilityPowerKw: figure({
      key: key('facilityPowerKw'),
      label: 'Facility power under load',
      value: itKw * effectiveness,
      unit: 'kW',
      formula: 'P = P_IT · PUE',
      inputs: [figureInput('P_IT', itPowerKw), effectivenessInput],
      leavesOut: 'the change of PUE with load and season',
    }),
    energyMwhPerYear: energy,
    carbonTonnesPerYear: figure({
      key: key('carbonTonnesPerYear'),
      label: 'Emissions per year, location-based',
      value: carbonTonnes(mwh, site.gridGramsCo2PerKwh.value),
      unit: 't CO2e',
      formula: 'C = E · g / 1000',
      inputs: [
        figureInput('E', energy),
        planInput('g', 'Carbon intensity of the grid', site.gridGramsCo2PerKwh, 'g CO2e/kWh'),
      ],
      leavesOut: 'making of hardware and buildings; contracts for clean electricity',
    }),
    electricityUsdPerYear: figure({
      key: key('electricityUsdPerYear'),
      label: 'Electricity cost per year',
      value: mwh * 1e3 * site.electricityUsdPerKwh.value,
      unit: 'USD',
      formula: 'E · 1000 · price',
      inputs: [
        figureInput('E', energy),
        planInput('price', 'Electricity price', site.electricityUsdPerKwh, 'USD/kWh'),
      ],
      leavesOut: 'taxes; the demand charge, which is a figure of its own',
    }),
    demandChargeUsdPerYear: figure({
      key: key('demandChargeUsdPerYear'),
      label: 'Demand charge per year',
      value: itKw * effectiveness * 12 * (site.demandChargeUsdPerKwMonth?.value ?? 0),
      unit: 'USD',
      formula: '12 · P_IT · PUE · d',
      inputs: [
        figureInput('P_IT', itPowerKw),
        effectivenessInput,
        planInput('d', 'Demand charge', site.demandChargeUsdPerKwMonth ?? 0, 'USD/(kW·month)'),
      ],
      leavesOut: 'peaks above the power under load; taxes',
    }),
    powerChain,
    capFits: reportCapFits(site, here, powerChain.provisionedKw, assumptions),
    ...siteFootprint(
      site,
      {
        itKw,
        accelerators: here.reduce(
          (sum, { cluster, system }) =>
            sum + cluster.nodes.value * system.acceleratorsPerNode.value,
          0,
        ),
        energyMwh: energy,
        itPowerKw,
        costs,
      },
      assumptions,
    ),
  };
}
