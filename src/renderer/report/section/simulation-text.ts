import type { SimulationChoice } from '@engine/plan';
import { formatValue } from '@shared/format/value';

const arrivalText: Readonly<Record<SimulationChoice['arrivals'], string>> = {
  steady: 'at random at the peak rate',
  bursty: 'in bursts of twice the peak rate for a fifth of the time',
  daily: 'over a day with the plan’s peak',
};

/** "50,000 requests at random at the peak rate, seed 1", "the 3 requests of trace.csv, seed 1". */
export function simulationText(choice: SimulationChoice, locale: string): string {
  const failure = choice.hasFailedNode ? ', one node failing for ten minutes halfway' : '';
  const requests = formatValue(choice.requests, 'requests', locale);
  const what = choice.trace
    ? `the ${requests} of ${choice.trace.name}`
    : `${requests} ${arrivalText[choice.arrivals]}`;
  return `${what}${failure}, seed ${String(choice.seed)}`;
}
