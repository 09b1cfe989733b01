import { addMonths, daysBetween, monthsBetween } from './calendar';

/** One thing that has to be ordered and waited for. */
export interface Step {
  readonly kind: 'grid' | 'transformers' | 'systems' | 'installation';
  readonly label: string;
  readonly months: number;
}

/** A step with its dates. */
export interface ScheduledStep extends Step {
  readonly startOn: string;
  readonly endOn: string;
  /** the latest date on which it can begin for the wanted date */
  readonly latestStartOn: string;
  /** on the longest way to the date of service: a delay of it delays the whole */
  readonly isCritical: boolean;
}

/** When a cluster can be in service, and when everything has to be ordered for the date on which it is wanted. */
export interface Schedule {
  readonly steps: readonly ScheduledStep[];
  readonly earliestOn: string;
  readonly wantedOn: string;
  /** the later of both */
  readonly inServiceOn: string;
  /** the first of the latest order dates */
  readonly orderBy: string;
  readonly delayMonths: number;
}

/**
 * The schedule of one cluster: everything is ordered at the start, what is delivered is then installed.
 *
 *   earliest = start + max(L_i) + I      latest order of i = wanted − I − L_i      delay = max(0, earliest − wanted)
 *
 * L_i lead time of a delivery [months] · I installation [months]
 *
 * Leaves out: orders that wait for money or permits; deliveries in parts; work that can begin before the last delivery.
 * Source: critical path of parallel deliveries and one task after them, definition.
 */
export function scheduleOf(
  deliveries: readonly Step[],
  installation: Step,
  startOn: string,
  wanted: string | null,
): Schedule {
  const longest = Math.max(0, ...deliveries.map(({ months }) => months));
  const deliveredOn = addMonths(startOn, longest);
  const earliestOn = addMonths(deliveredOn, installation.months);
  const wantedOn = wanted ?? earliestOn;
  const isLate = daysBetween(earliestOn, wantedOn) < 0;
  const installBy = addMonths(wantedOn, -installation.months);
  const steps = [
    ...deliveries.map((step) => ({
      ...step,
      startOn,
      endOn: addMonths(startOn, step.months),
      latestStartOn: addMonths(installBy, -step.months),
      isCritical: step.months === longest,
    })),
    {
      ...installation,
      startOn: deliveredOn,
      endOn: earliestOn,
      latestStartOn: installBy,
      isCritical: true,
    },
  ];
  return {
    steps,
    earliestOn,
    wantedOn,
    inServiceOn: isLate ? earliestOn : wantedOn,
    orderBy: addMonths(installBy, -longest),
    delayMonths: isLate ? monthsBetween(wantedOn, earliestOn) : 0,
  };
}
