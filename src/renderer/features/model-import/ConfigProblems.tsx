import type { FieldProblem } from '@shared/model-import/field-reader';
import classes from './model-import.module.css';

interface ConfigProblemsProps {
  readonly problems: readonly FieldProblem[];
}

const mostShown = 12;

/** Why a text is not a model, field by field. */
export function ConfigProblems({ problems }: ConfigProblemsProps) {
  const more = problems.length - mostShown;
  return (
    <div role="alert" className={classes.problems}>
      <p className={classes.title}>This cannot be imported</p>
      <ul>
        {problems.slice(0, mostShown).map(({ field, problem }, index) => (
          <li key={`${field} ${index}`}>
            {field === '' ? 'The text' : <code>{field}</code>} {problem}.
          </li>
        ))}
        {more > 0 && <li>{more} more fields.</li>}
      </ul>
    </div>
  );
}
