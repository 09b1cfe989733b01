import { derivedInput, planInput } from '../explain';
import type { Cluster } from '../plan';
import type { FigureInput } from '../report';

/** What an hour of one accelerator costs a workload. */
export interface AcceleratorPrice {
  /** USD per accelerator-hour; null where the price is not known */
  readonly usdPerHour: number | null;
  readonly input: FigureInput;
  /** why there is no cost where the price is not known */
  readonly unavailable: string;
}

/** The price at which a plan gets accelerators; `label` says what hour it is of and how the plan gets them. */
export function plannedPrice(
  usdPerHour: number,
  label: string,
  missing: string | null,
): AcceleratorPrice {
  const known = missing === null && Number.isFinite(usdPerHour);
  return {
    usdPerHour: known ? usdPerHour : null,
    input: derivedInput('p', label, usdPerHour, 'USD/h', 'cost'),
    unavailable: missing ?? 'No price of an accelerator-hour is known.',
  };
}

/** The price that a plan pays for the accelerators of a workload: the planned one where there is one, else the rent. */
export function acceleratorPrice({
  cluster,
  price,
}: {
  readonly cluster: Cluster;
  readonly price?: AcceleratorPrice | undefined;
}): AcceleratorPrice {
  if (price !== undefined) return price;
  const rent = cluster.rentUsdPerAcceleratorHour;
  return {
    usdPerHour: rent.value > 0 ? rent.value : null,
    input: planInput('p', 'Rent', rent, 'USD/h'),
    unavailable: 'No rent is known for this accelerator; enter one to see the cost.',
  };
}
