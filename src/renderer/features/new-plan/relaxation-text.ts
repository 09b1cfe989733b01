import type { RankedBy, Relaxation } from '@engine/sizing/demand';
import { formatValue } from '@shared/format/value';

const unitOf: Readonly<Record<RankedBy, string>> = {
  cost: 'USD/h',
  power: 'kW',
  accelerators: 'accelerators',
};

/** What relaxing one target would save, in a sentence. */
export function relaxationText(relaxation: Relaxation, rankedBy: RankedBy): string {
  const { target, change, systemName, accelerators, before, after, perRun } = relaxation;
  const unit = perRun && rankedBy === 'cost' ? 'USD' : unitOf[rankedBy];
  const on = rankedBy === 'accelerators' ? '' : ` on ${formatValue(accelerators, '')} accelerators`;
  const to = `${formatValue(after, unit)}${on} (${systemName})`;
  if (before === null) return `${target}, ${change}: ${to} would meet the demand.`;
  const saved = formatValue((before - after) / before, 'fraction');
  return `${target}, ${change}: ${saved} less, ${to} instead of ${formatValue(before, unit)}.`;
}
