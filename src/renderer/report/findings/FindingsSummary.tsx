import type { Finding, FindingLevel } from '@engine/report';
import classes from './findings.module.css';

const wordings: readonly (readonly [FindingLevel, string, string])[] = [
  ['problem', 'problem', 'problems'],
  ['warning', 'warning', 'warnings'],
  ['note', 'note', 'notes'],
];

/** How many findings there are of each level, in one line. */
export function FindingsSummary({ findings }: { readonly findings: readonly Finding[] }) {
  const counts = wordings.flatMap(([level, one, many]) => {
    const count = findings.filter((finding) => finding.level === level).length;
    return count === 0 ? [] : [{ level, text: `${count} ${count === 1 ? one : many}` }];
  });
  return (
    <p className={classes.summary}>
      <span>Checks:</span>
      {counts.length === 0 && <span>nothing found</span>}
      {counts.map(({ level, text }) => (
        <span key={level} className={classes.count} data-level={level}>
          {text}
        </span>
      ))}
    </p>
  );
}
