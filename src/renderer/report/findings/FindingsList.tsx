import type { Finding, FindingLevel } from '@engine/report';
import { Button } from '@mantine/core';
import { memo } from 'react';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import { useReport } from '../report-context';
import { isSameData } from '../same-data';
import classes from './findings.module.css';

interface FindingsListProps {
  readonly findings: readonly Finding[];
  /** puts the fix's value into its field; without it no fix is offered */
  readonly onFix?: (finding: Finding) => void;
  /** shows the input that the finding is about */
  readonly onGoTo?: (finding: Finding) => void;
  /** the name of a site, cluster or workload */
  readonly subjectName?: (subjectId: string) => string | null;
}

const levels: readonly FindingLevel[] = ['problem', 'warning', 'note'];
const levelNames = { problem: 'Problem', warning: 'Warning', note: 'Note' } as const;
const levelIcons = {
  problem: IconCircleX,
  warning: IconAlertTriangle,
  note: IconInfoCircle,
} as const;

/** What the checks found, gravest first: what is wrong, why, and how it may be mended. */
export function FindingsList({ findings, onFix, onGoTo, subjectName }: FindingsListProps) {
  if (findings.length === 0)
    return <p className={classes.none}>No check found anything to report.</p>;
  const ordered = levels.flatMap((level) => findings.filter((finding) => finding.level === level));
  return (
    <ul className={classes.list} aria-label="Findings">
      {ordered.map((finding, index) => (
        <FindingItem
          key={`${finding.code} ${finding.subjectId ?? 'plan'} ${finding.field ?? ''} ${index}`}
          finding={finding}
          subject={finding.subjectId === null ? null : (subjectName?.(finding.subjectId) ?? null)}
          onFix={onFix ?? null}
          onGoTo={onGoTo ?? null}
        />
      ))}
    </ul>
  );
}

interface FindingItemProps {
  readonly finding: Finding;
  readonly subject: string | null;
  readonly onFix: ((finding: Finding) => void) | null;
  readonly onGoTo: ((finding: Finding) => void) | null;
}

function FindingRow({ finding, subject, onFix, onGoTo }: FindingItemProps) {
  const { mode } = useReport();
  const Icon = levelIcons[finding.level];
  const canAct = mode === 'screen';
  return (
    <li className={classes.item} data-level={finding.level}>
      <Icon className={classes.icon} size="1rem" stroke={2} aria-hidden />
      <div className={classes.body}>
        <div className={classes.title}>
          <span className={classes.level}>{levelNames[finding.level]}</span>
          {subject !== null && <span className={classes.subject}>{subject}</span>}
          <strong>{finding.title}</strong>
        </div>
        <p>{finding.cause}</p>
        {finding.advice !== '' && <p className={classes.advice}>{finding.advice}</p>}
      </div>
      {canAct && (
        <div className={classes.actions}>
          {onFix !== null && finding.fix !== null && finding.field !== null && (
            <Button size="compact-xs" variant="light" onClick={() => onFix(finding)}>
              {finding.fix.label}
            </Button>
          )}
          {onGoTo !== null && finding.subjectId !== null && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={`Show the input: ${finding.title}`}
              onClick={() => onGoTo(finding)}
            >
              Show input
            </Button>
          )}
        </div>
      )}
    </li>
  );
}

/** Every evaluation finds anew: what it finds again is not drawn again. */
const FindingItem = memo(
  FindingRow,
  (before, after) =>
    before.subject === after.subject &&
    before.onFix === after.onFix &&
    before.onGoTo === after.onGoTo &&
    isSameData(before.finding, after.finding),
);
