import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { CostAssumptions } from '../plan';
import type { CostReport, Figure, Part } from '../report';
import {
  acceleratorsOf,
  breakEvenMonth,
  breakEvenUtilisation,
  cashFlow,
  totalCost,
  type CostedCluster,
  type TotalCost,
} from './total-cost';

const taxes = 'taxes, staff, software, price changes over the horizon';

/** The cost of a plan's clusters, bought and rented; a missing price makes only what depends on it unavailable. */
export function reportCost(clusters: readonly CostedCluster[], costs: CostAssumptions): CostReport {
  const cost = totalCost(clusters, costs);
  const missing = {
    purchase: missingPrice(clusters, 'price', ({ cluster }) => cluster.purchaseUsdPerNode.value),
    rent: missingPrice(clusters, 'rent', ({ cluster }) => cluster.rentUsdPerAcceleratorHour.value),
  };
  const points = (missing.purchase ?? missing.rent) ? [] : cashFlow(cost, costs);
  const bought = boughtFigures(cost, costs, missing.purchase);
  const rented = rentedFigures(clusters, cost, costs, missing.rent);
  const chosen = costs.acquisition === 'buy' ? bought.buyUsdTotal : rented.rentUsdTotal;
  const eitherMissing = missing.purchase ?? missing.rent;
  const share = breakEvenUtilisation(cost, costs.utilisationFraction.value);
  return {
    ...bought,
    ...rented,
    chosenUsdTotal: figure({
      ...chosen,
      key: 'cost.chosenUsdTotal',
      label:
        costs.acquisition === 'buy'
          ? 'Total cost as planned, bought'
          : 'Total cost as planned, rented',
      ...(chosen.unavailable === undefined ? {} : { unavailable: chosen.unavailable }),
    }),
    breakEvenUtilisation: figure({
      key: 'cost.breakEvenUtilisation',
      label: 'Break-even utilisation',
      value: eitherMissing === null ? share : null,
      unit: 'fraction',
      formula: 'u* = F / (D − V)',
      inputs: [
        derivedInput(
          'F',
          'Owning, without electricity',
          cost.buy - cost.annuity * cost.electricityPerYear,
          'USD',
          'cost',
        ),
        derivedInput(
          'D',
          'Rent at full use',
          cost.rent / costs.utilisationFraction.value,
          'USD',
          'cost',
        ),
        derivedInput(
          'V',
          'Electricity at full use',
          (cost.annuity * cost.electricityPerYear) / costs.utilisationFraction.value,
          'USD',
          'cost',
        ),
      ],
      leavesOut: `${taxes}; reserved capacity that is paid for when idle`,
      unavailable: eitherMissing ?? 'Renting costs less than owning even at full use.',
    }),
    breakEvenMonth: figure({
      key: 'cost.breakEvenMonth',
      label: 'Break-even month',
      value: eitherMissing === null ? breakEvenMonth(points) : null,
      unit: 'month',
      formula: 'first month with cumulative owning ≤ cumulative renting, both discounted',
      inputs: [
        planInput('H', 'Horizon', costs.horizonYears, 'years'),
        ...discountInputs(cost, costs),
      ],
      leavesOut: `${taxes}; resale before the end of the horizon`,
      unavailable: eitherMissing ?? 'Owning does not catch up with renting within the horizon.',
    }),
    buyParts: missing.purchase === null ? buyParts(cost) : [],
    rentParts: missing.rent === null ? rentParts(clusters, cost) : [],
    cashFlow: points,
  };
}

function missingPrice(
  clusters: readonly CostedCluster[],
  what: string,
  priceOf: (entry: CostedCluster) => number,
): string | null {
  const without = clusters.find((entry) => priceOf(entry) <= 0);
  return without === undefined
    ? null
    : `${without.cluster.name} has no ${what}: enter one to see this total.`;
}

function discountInputs(cost: TotalCost, costs: CostAssumptions) {
  return [
    planInput('r', 'Discount rate', costs.discountRatePerYear, 'fraction'),
    derivedInput('a', 'Present value of one unit per year', cost.annuity, 'years', 'cost'),
  ];
}

function boughtFigures(cost: TotalCost, costs: CostAssumptions, unavailable: string | null) {
  const known = (value: number): number | null => (unavailable === null ? value : null);
  const why = unavailable === null ? {} : { unavailable };
  const capitalUsd = figure({
    key: 'cost.capitalUsd',
    label: 'Capital',
    value: known(cost.capital),
    unit: 'USD',
    formula: 'C = N · (1 + f)',
    inputs: [
      derivedInput('N', 'Nodes', cost.nodes, 'USD', 'plan'),
      planInput('f', 'Network and storage share', costs.networkAndStorageFraction, 'fraction'),
    ],
    leavesOut: 'taxes, installation, buildings',
    ...why,
  });
  const operatingUsdPerYear = figure({
    key: 'cost.operatingUsdPerYear',
    label: 'Operating cost per year',
    value: known(cost.operatingPerYear),
    unit: 'USD',
    formula: 'O = maintenance + colocation + electricity',
    inputs: [
      derivedInput('maintenance', 'Maintenance', cost.maintenancePerYear, 'USD', 'cost'),
      derivedInput('colocation', 'Colocation', cost.colocationPerYear, 'USD', 'cost'),
      derivedInput('electricity', 'Electricity', cost.electricityPerYear, 'USD', 'cost'),
    ],
    leavesOut: taxes,
    ...why,
  });
  const buyUsdTotal = figure({
    key: 'cost.buyUsdTotal',
    label: 'Total cost, bought',
    value: known(cost.buy),
    unit: 'USD',
    formula: 'C + a · O − R',
    inputs: [
      figureInput('C', capitalUsd),
      figureInput('O', operatingUsdPerYear),
      ...discountInputs(cost, costs),
      derivedInput('R', 'Value left at the end, discounted', cost.residual, 'USD', 'cost'),
    ],
    leavesOut: taxes,
    ...why,
  });
  const usdPerAcceleratorHourBought = figure({
    key: 'cost.usdPerAcceleratorHourBought',
    label: 'Per accelerator-hour, bought',
    value: known(cost.buy / cost.discountedHours),
    unit: 'USD/h',
    formula: 'total / (G · 8760 · u · a)',
    inputs: [figureInput('total', buyUsdTotal), ...hourInputs(cost, costs)],
    leavesOut: taxes,
    ...why,
  });
  return { capitalUsd, operatingUsdPerYear, buyUsdTotal, usdPerAcceleratorHourBought };
}

function hourInputs(cost: TotalCost, costs: CostAssumptions) {
  return [
    derivedInput('G', 'Accelerators', cost.accelerators, 'accelerators', 'plan'),
    planInput('u', 'Share of hours in use', costs.utilisationFraction, 'fraction'),
    derivedInput('a', 'Present value of one unit per year', cost.annuity, 'years', 'cost'),
  ];
}

function rentedFigures(
  clusters: readonly CostedCluster[],
  cost: TotalCost,
  costs: CostAssumptions,
  unavailable: string | null,
): { rentUsdTotal: Figure; usdPerAcceleratorHourRented: Figure } {
  const known = (value: number): number | null => (unavailable === null ? value : null);
  const why = unavailable === null ? {} : { unavailable };
  const rentUsdTotal = figure({
    key: 'cost.rentUsdTotal',
    label: 'Total cost, rented',
    value: known(cost.rent),
    unit: 'USD',
    formula: 'a · 8760 · u · Σ Gᵢ · pᵢ',
    inputs: [
      planInput('u', 'Share of hours in use', costs.utilisationFraction, 'fraction'),
      ...discountInputs(cost, costs),
      ...clusters.flatMap(rentInputs),
    ],
    leavesOut: `${taxes}; storage and traffic; hours that are not in use`,
    ...why,
  });
  return {
    rentUsdTotal,
    usdPerAcceleratorHourRented: figure({
      key: 'cost.usdPerAcceleratorHourRented',
      label: 'Per accelerator-hour, rented',
      value: known(cost.rent / cost.discountedHours),
      unit: 'USD/h',
      formula: 'total / (G · 8760 · u · a)',
      inputs: [figureInput('total', rentUsdTotal), ...hourInputs(cost, costs)],
      leavesOut: taxes,
      ...why,
    }),
  };
}

/** Accelerators of one cluster and their rent; counted from 1, as the formula's index is. */
function rentInputs(entry: CostedCluster, index: number) {
  const { name, rentUsdPerAcceleratorHour } = entry.cluster;
  const nth = String(index + 1);
  return [
    derivedInput(`G${nth}`, `Accelerators of ${name}`, acceleratorsOf(entry), '1', 'plan'),
    planInput(`p${nth}`, `Rent of ${name}`, rentUsdPerAcceleratorHour, 'USD/h'),
  ];
}

function usd(key: string, label: string, value: number): Part {
  return { key, label, value, unit: 'USD' };
}

function buyParts(cost: TotalCost): Part[] {
  return [
    usd('nodes', 'Nodes', cost.nodes),
    usd('network', 'Network and storage', cost.networkAndStorage),
    usd('maintenance', 'Maintenance', cost.annuity * cost.maintenancePerYear),
    usd('colocation', 'Colocation', cost.annuity * cost.colocationPerYear),
    usd('electricity', 'Electricity', cost.annuity * cost.electricityPerYear),
    usd('residual', 'Value left at the end', -cost.residual),
  ];
}

function rentParts(clusters: readonly CostedCluster[], cost: TotalCost): Part[] {
  const perHour = (entry: CostedCluster): number =>
    acceleratorsOf(entry) * entry.cluster.rentUsdPerAcceleratorHour.value;
  const all = clusters.reduce((sum, entry) => sum + perHour(entry), 0);
  return clusters.map((entry) =>
    usd(entry.cluster.id, entry.cluster.name, all === 0 ? 0 : (cost.rent * perHour(entry)) / all),
  );
}
