import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { formatDate } from '@shared/format/date';
import { FigureGrid } from '../figure/FigureGrid';
import { FindingsSummary } from '../findings/FindingsSummary';
import { useReport } from '../report-context';
import { answersOf } from '../section/answer';
import answers from '../section/section.module.css';
import classes from './document.module.css';

interface CoverProps {
  readonly plan: Plan;
  readonly report: Report;
  readonly catalogue: Catalogue;
  readonly printedAt: string;
}

/** The head of the first page: what was planned, what it comes to in words, and the headline figures. */
export function Cover({ plan, report, catalogue, printedAt }: CoverProps) {
  const { locale } = useReport();
  return (
    <header className={classes.cover}>
      <p className={classes.kicker}>Cluster plan</p>
      <h1 className={classes.name}>{plan.name}</h1>
      <p className={classes.quiet}>
        {formatDate(printedAt)}. Catalogue of {formatDate(report.catalogueDate)}, engine{' '}
        {report.engineVersion}. Amounts in US dollars, taxes excluded.
      </p>
      <ul className={answers.answers}>
        {answersOf(plan, report, catalogue, locale).map((answer) => (
          <li key={answer.workloadId} data-infeasible={!answer.isFeasible || undefined}>
            {answer.text}
          </li>
        ))}
      </ul>
      <FigureGrid figures={report.headline} size="large" />
      <FindingsSummary findings={report.findings} />
      {plan.notes.trim() !== '' && (
        <div className={classes.notes}>
          <strong>Notes</strong>
          <p>{plan.notes}</p>
        </div>
      )}
    </header>
  );
}
