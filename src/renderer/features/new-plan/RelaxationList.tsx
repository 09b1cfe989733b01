import type { RankedBy, Relaxation } from '@engine/sizing/demand';
import classes from './new-plan.module.css';
import { relaxationText } from './relaxation-text';

const noRelaxation =
  'Nothing: with any one of them relaxed to twice as long, the best cluster stays the best.';

interface RelaxationListProps {
  readonly relaxations: readonly Relaxation[];
  readonly rankedBy: RankedBy;
}

/** What relaxing each target would save. */
export function RelaxationList({ relaxations, rankedBy }: RelaxationListProps) {
  return (
    <div className={classes.relaxations}>
      <h3 className={classes.subtitle}>What each target costs</h3>
      {relaxations.length === 0 ? (
        <p>{noRelaxation}</p>
      ) : (
        <ul>
          {relaxations.map((relaxation) => (
            <li key={relaxation.target}>{relaxationText(relaxation, rankedBy)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
