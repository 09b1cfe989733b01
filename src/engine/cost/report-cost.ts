import { derivedInput, figure, figureInput } from '../explain';
import type { CostAssumptions, Workload } from '../plan';
import type { CostReport, Figure, WorkloadReport } from '../report';
import { dayText } from '../timeline/day-text';
import type { CostedCluster } from './capital';
import { cashFlow } from './cash-flow';
import { comparisonFigures } from './comparison-figures';
import { missingPrices } from './missing-price';
import { costDifference, costOptions } from './option-figures';
import { termsOf } from './options';
import { ownedFigures } from './owned-figures';
import { rentOffers } from './rent-offers';
import { siteCosts } from './site-costs';
import { costPlan, type CostCatalogue, type CostedPlan } from './totals';
import { unitCosts } from './unit-costs';

const chosenLabels: Readonly<Record<CostAssumptions['acquisition'], string>> = {
  rent: 'rented',
  buy: 'bought',
  build: 'bought, own building',
  hybrid: 'owned base, rented peaks',
};

/** The cost of a plan's clusters in every way to get them; a missing price makes only what depends on it unavailable. */
export function reportCost(
  clusters: readonly CostedCluster[],
  costs: CostAssumptions,
  catalogue: CostCatalogue,
  workloads: readonly { readonly workload: Workload; readonly report: WorkloadReport }[] = [],
): CostReport {
  const cost = costPlan(clusters, costs, catalogue);
  const missing = missingPrices(clusters);
  const options = costOptions(cost, missing);
  const optionOf = (kind: CostAssumptions['acquisition']) => {
    const found = options.find((option) => option.kind === kind);
    if (found === undefined) throw new TypeError(`There is no way ${kind}.`);
    return found;
  };
  const [rent, buy, chosen] = [optionOf('rent'), optionOf('buy'), optionOf(costs.acquisition)];
  const terms = termsOf(cost.priced.value);
  const points = missing.hybrid === null ? cashFlow(cost.lines, terms) : [];
  const chosenUsdTotal = figure({
    ...chosen.totalUsd,
    key: 'cost.chosenUsdTotal',
    label: `Total cost as planned, ${chosenLabels[costs.acquisition]}`,
  });
  return {
    rentUsdTotal: rent.totalUsd,
    buyUsdTotal: buy.totalUsd,
    chosenUsdTotal,
    usdPerAcceleratorHourRented: rent.usdPerAcceleratorHour,
    usdPerAcceleratorHourBought: buy.usdPerAcceleratorHour,
    ...ownedFigures(cost, missing.buy),
    ...comparisonFigures(cost, points, { rent: rent.totalUsd, buy: buy.totalUsd }, missing.hybrid),
    ownedShare: ownedShareFigure(cost, missing.hybrid),
    buyParts: buy.parts,
    rentParts: rent.parts,
    cashFlow: points,
    options,
    difference: costDifference(options),
    workloads: unitCosts(cost, workloads),
    offers: rentOffers(cost.priced.value, terms, catalogue),
    inCurrency: inCurrency(chosenUsdTotal, costs),
    sites: siteCosts(cost, missing),
  };
}

function ownedShareFigure(cost: CostedPlan, missing: string | null): Figure {
  const { costs } = cost.priced.value;
  const isEntered = costs.hybridOwnedFraction !== null && costs.hybridOwnedFraction !== undefined;
  return figure({
    key: 'cost.ownedShare',
    label: isEntered ? 'Share that the hybrid owns' : 'Share whose ownership costs least',
    value: missing === null ? cost.ownedShare : null,
    unit: 'fraction',
    formula: isEntered
      ? 'as entered: share h'
      : '(1 − u*) to the power (1 − u) / u, the share h at which the last accelerator owned breaks even',
    inputs: [
      derivedInput(
        'u',
        'Share of hours in use',
        costs.utilisationFraction.value,
        'fraction',
        'plan',
      ),
      derivedInput('u*', 'Break-even utilisation', cost.breakEven ?? 1, 'fraction', 'cost'),
    ],
    leavesOut: 'the shape of a measured load; the sizes in which systems come',
    ...(missing === null ? {} : { unavailable: missing }),
  });
}

/** The total as planned in the further currency, at the rate and date that were entered. */
function inCurrency(total: Figure, { currency }: CostAssumptions): Figure[] {
  if (!currency) return [];
  const { code, perUsd, date } = currency;
  const times = (value: number | undefined) => (value === undefined ? undefined : value * perUsd);
  const [low, high] = [times(total.low), times(total.high)];
  return [
    figure({
      key: 'cost.chosenInCurrency',
      label: `Total cost as planned in ${code}, rate of ${dayText(date)}`,
      value: total.value === null ? null : total.value * perUsd,
      ...(low === undefined ? {} : { low }),
      ...(high === undefined ? {} : { high }),
      unit: code,
      formula: 'total · x',
      inputs: [
        figureInput('total', total),
        derivedInput('x', `${code} for one USD on ${dayText(date)}`, perUsd, '1', 'plan'),
      ],
      leavesOut: 'changes of the rate after that date',
      ...(total.unavailable === undefined ? {} : { unavailable: total.unavailable }),
    }),
  ];
}
