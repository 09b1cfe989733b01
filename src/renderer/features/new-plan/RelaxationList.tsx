import type { RankedBy, Relaxation } from '@engine/sizing/demand';
import classes from './new-plan.module.css';
import { relaxationText } from './relaxation-text';

interface RelaxationListProps {
  readonly relaxations: readonly Relaxation[];
  readonly rankedBy: RankedBy;
}

/** What relaxing each target would save. */
export function RelaxationList({ relaxations, rankedBy }: RelaxationListProps) {
  if (relaxations.length === 0) return null;
  return (
    <div className={classes.relaxations}>
      <h3 className={classes.subtitle}>What each target costs</h3>
      <ul>
        {relaxations.map((relaxation) => (
          <li key={relaxation.target}>{relaxationText(relaxation, rankedBy)}</li>
        ))}
      </ul>
    </div>
  );
}
