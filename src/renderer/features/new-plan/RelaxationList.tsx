import type { RankedBy, Relaxation } from '@engine/sizing/demand';
import { formatValue } from '@shared/format/value';
import classes from './new-plan.module.css';

interface RelaxationListProps {
  readonly relaxations: readonly Relaxation[];
  readonly rankedBy: RankedBy;
}

const unitOf: Readonly<Record<RankedBy, string>> = {
  cost: 'USD/h',
  power: 'kW',
  accelerators: 'accelerators',
};

/** What relaxing each target would save. */
export function RelaxationList({ relaxations, rankedBy }: RelaxationListProps) {
  if (relaxations.length === 0) return null;
  return (
    <div className={classes.relaxations}>
      <h3 className={classes.subtitle}>What each target costs</h3>
      <ul>
        {relaxations.map((relaxation) => (
          <li key={relaxation.target}>{sentence(relaxation, unitOf[rankedBy])}</li>
        ))}
      </ul>
    </div>
  );
}

function sentence(relaxation: Relaxation, unit: string): string {
  const { target, change, systemName, accelerators, before, after, perRun } = relaxation;
  const unitNow = perRun ? 'USD' : unit;
  const to = `${formatValue(after, unitNow)} on ${formatValue(accelerators, '')} accelerators (${systemName})`;
  if (before === null) return `${target}, ${change}: ${to} would meet the demand.`;
  const saved = formatValue((before - after) / before, 'fraction');
  return `${target}, ${change}: ${saved} less, ${to} instead of ${formatValue(before, unitNow)}.`;
}
