import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Acquisition } from '../plan';
import type { CostDifference, CostOption, Figure, FigureInput } from '../report';
import { HOURS_PER_YEAR } from '../units';
import { acceleratorsOf } from './capital';
import { partDifferences } from './attribution';
import type { Missing } from './missing-price';
import { acceleratorsOfAll, acquisitionLabels, acquisitions, termsOf } from './options';
import { annuityInput, notInTotals, presentParts, rangeNote } from './owned-figures';
import { annuityYears } from './present-value';
import { hasOnlyRent } from './rent-lines';
import type { CostedPlan, RangedTotal } from './totals';

/** Keys of the figures, by way; those of renting and buying are older than the others. */
const names: Readonly<Record<Acquisition, { total: string; hour: string; label: string }>> = {
  rent: { total: 'rentUsdTotal', hour: 'usdPerAcceleratorHourRented', label: 'rented' },
  buy: { total: 'buyUsdTotal', hour: 'usdPerAcceleratorHourBought', label: 'bought' },
  build: {
    total: 'buildUsdTotal',
    hour: 'usdPerAcceleratorHourBuilt',
    label: 'bought, own building',
  },
  hybrid: {
    total: 'hybridUsdTotal',
    hour: 'usdPerAcceleratorHourHybrid',
    label: 'owned base, rented peaks',
  },
};

/** Total, unit cost and parts of every way to get the accelerators. */
export function costOptions(cost: CostedPlan, missing: Missing): CostOption[] {
  const { costs } = cost.priced.value;
  return acquisitions.map((kind) => {
    const totalUsd = totalFigure(cost, kind, missing[kind]);
    return {
      kind,
      label: acquisitionLabels[kind],
      isChosen: costs.acquisition === kind,
      totalUsd,
      usdPerAcceleratorHour: hourFigure(cost, kind, totalUsd),
      parts: missing[kind] === null ? presentParts(cost, cost.lines[kind]) : [],
    };
  });
}

function spread(total: RangedTotal, factor = 1): { low: number; high: number } {
  return { low: total.low * factor, high: total.high * factor };
}

function whyMissing(reason: string | null): { unavailable?: string } {
  return reason === null ? {} : { unavailable: reason };
}

function totalFigure(cost: CostedPlan, kind: Acquisition, reason: string | null): Figure {
  const { clusters, costs } = cost.priced.value;
  const isPlainRent =
    kind === 'rent' &&
    clusters.every(
      (entry) => hasOnlyRent(entry, costs) && (entry.site.linkUsdPerMonth?.value ?? 0) === 0,
    );
  const total = cost.totals[kind];
  return figure({
    ...whyMissing(reason),
    key: `cost.${names[kind].total}`,
    label: `Total cost, ${names[kind].label}`,
    value: reason === null ? total.value : null,
    ...spread(total),
    unit: 'USD',
    formula: isPlainRent ? 'a · 8760 · u · Σ Gᵢ · pᵢ' : 'Σ vᵢ',
    inputs: isPlainRent ? plainRentInputs(cost) : partInputs(cost, kind),
    leavesOut: `${notInTotals}; ${
      kind === 'rent' ? 'hours that are not in use' : 'replacement of parts beyond maintenance'
    }. ${rangeNote}`,
  });
}

/** Every line at its present value: what the total adds up. */
function partInputs(cost: CostedPlan, kind: Acquisition): FigureInput[] {
  return presentParts(cost, cost.lines[kind]).map((part, index) =>
    derivedInput(
      `v${String(index + 1)}`,
      `${part.label}, present value`,
      part.value,
      'USD',
      'cost',
    ),
  );
}

function plainRentInputs(cost: CostedPlan): FigureInput[] {
  const { clusters, costs } = cost.priced.value;
  return [
    planInput('u', 'Share of hours in use', costs.utilisationFraction, 'fraction'),
    annuityInput(cost),
    ...clusters.flatMap((entry, index) => {
      const { name, rentUsdPerAcceleratorHour } = entry.cluster;
      const nth = String(index + 1);
      return [
        derivedInput(`G${nth}`, `Accelerators of ${name}`, acceleratorsOf(entry), '1', 'plan'),
        planInput(`p${nth}`, `Rent of ${name}`, rentUsdPerAcceleratorHour, 'USD/h'),
      ];
    }),
  ];
}

function hourFigure(cost: CostedPlan, kind: Acquisition, total: Figure): Figure {
  const { costs } = cost.priced.value;
  const { horizonYears, discountRatePerYear } = termsOf(cost.priced.value);
  const accelerators = acceleratorsOfAll(cost.priced.value);
  const hours =
    accelerators *
    HOURS_PER_YEAR *
    costs.utilisationFraction.value *
    annuityYears(horizonYears, discountRatePerYear);
  return figure({
    ...whyMissing(total.unavailable ?? null),
    key: `cost.${names[kind].hour}`,
    label: `Per accelerator-hour in use, ${names[kind].label}`,
    value: total.value === null ? null : total.value / hours,
    ...spread(cost.totals[kind], 1 / hours),
    unit: 'USD/h',
    formula: 'total / (G · 8760 · u · a)',
    inputs: [
      figureInput('total', total),
      derivedInput('G', 'Accelerators', accelerators, 'accelerators', 'plan'),
      planInput('u', 'Share of hours in use', costs.utilisationFraction, 'fraction'),
      annuityInput(cost),
    ],
    leavesOut: notInTotals,
  });
}

/** The dearest option beside the cheapest, part by part. */
export function costDifference(options: readonly CostOption[]): CostDifference | null {
  const known = options
    .filter(({ totalUsd }) => totalUsd.value !== null)
    .toSorted((one, other) => (one.totalUsd.value ?? 0) - (other.totalUsd.value ?? 0));
  const [from, to] = [known.at(0), known.at(-1)];
  if (from === undefined || to === undefined || from === to) return null;
  const parts = partDifferences(from.parts, to.parts);
  return {
    from: from.kind,
    to: to.kind,
    usd: parts.reduce((sum, part) => sum + part.value, 0),
    parts: parts.filter(({ value }) => value !== 0),
  };
}
