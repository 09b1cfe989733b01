import { FigureGrid } from '../figure/FigureGrid';
import { LossDiagram } from '../chart/LossDiagram';
import { FindingsSummary } from '../findings/FindingsSummary';
import { useReport } from '../report-context';
import { answersOf } from './answer';
import { Section, SectionEmpty } from './Section';
import { subjectName, wholeOf } from './subject';
import type { SectionProps } from './section-props';
import classes from './section.module.css';

/** The answer at a glance: in words, in headline figures, and whether the checks object. */
export function OverviewSection({ plan, report, catalogue }: SectionProps) {
  const { locale } = useReport();
  const first = report.workloads.find(
    (workload) => workload.kind !== 'task' && workload.lossStages.length > 0,
  );
  const answers = answersOf(plan, report, catalogue, locale);
  return (
    <Section title="Overview" catalogue={catalogue}>
      {answers.length === 0 ? (
        <SectionEmpty>
          The plan has no workload yet. A training job or a service gives the cluster something to
          answer for.
        </SectionEmpty>
      ) : (
        <ul className={classes.answers}>
          {answers.map((answer) => (
            <li key={answer.workloadId} data-infeasible={!answer.isFeasible || undefined}>
              {answer.text}
            </li>
          ))}
        </ul>
      )}
      <FigureGrid figures={report.headline} size="large" />
      <FindingsSummary findings={report.findings} />
      {first !== undefined && first.kind !== 'task' && (
        <LossDiagram
          stages={first.lossStages}
          whole={wholeOf(first)}
          subject={subjectName(plan, first.workloadId)}
        />
      )}
    </Section>
  );
}
