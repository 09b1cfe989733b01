import type { Workload } from '@engine/plan';
import type { WorkloadReport } from '@engine/report';
import type { ReactNode } from 'react';
import { AccuracyButton } from '../accuracy/AccuracyButton';
import { AccuracySummary } from '../accuracy/AccuracySummary';
import type { AccuracySubject } from '../accuracy/accuracy-subject';
import { useReport } from '../report-context';
import { groupsAlike } from './alike';
import { Section, SectionEmpty, SectionPart } from './Section';
import type { SectionProps } from './section-props';
import { WorkloadLead } from './WorkloadLead';

interface WorkloadSectionProps extends SectionProps {
  readonly title: string;
  /** stands in place of the parts where the plan has none of the kinds */
  readonly emptyText: string;
  readonly kinds: readonly Workload['kind'][];
  /** only this workload; every one of the kinds when left out */
  readonly workloadId: string | undefined;
  /** one workload with its results; null where the two are of different kinds */
  readonly draw: (
    workload: Workload,
    result: WorkloadReport,
    /** of those that are like it in everything that is printed, itself first */
    names: readonly string[],
  ) => ReactNode;
  /** what is printed of a workload beyond its report, as text; where left out each is printed */
  readonly likeness?: (workload: Workload, result: WorkloadReport) => string;
  /** whose accuracy is told at the end of the chapter on paper */
  readonly accuracy: AccuracySubject;
  /** after the workloads */
  readonly children?: ReactNode;
}

/** A chapter with one part for every workload of some kinds. */
export function WorkloadSection(props: WorkloadSectionProps) {
  const { plan, report, catalogue, title, emptyText, kinds, workloadId, draw, children } = props;
  const { accuracy, likeness } = props;
  const { mode } = useReport();
  const shown = plan.workloads.filter(
    ({ kind, id }) => kinds.includes(kind) && (workloadId === undefined || id === workloadId),
  );
  const evaluated = shown.flatMap((workload) => {
    const result = report.workloads.find((candidate) => candidate.workloadId === workload.id);
    return result === undefined ? [] : [{ workload, result }];
  });
  const isPrint = mode === 'print';
  const groups = groupsAlike(evaluated, ({ workload, result }) =>
    isPrint && likeness ? likeness(workload, result) : workload.id,
  );
  return (
    <Section title={title} catalogue={catalogue}>
      {shown.length === 0 && <SectionEmpty>{emptyText}</SectionEmpty>}
      {groups.map((group) => {
        const [{ workload, result }] = group;
        const names = group.map((one) => one.workload.name);
        return draw(workload, result, names);
      })}
      {children}
      {isPrint && evaluated.length > 0 && <AccuracySummary subject={accuracy} isShort />}
    </Section>
  );
}

interface WorkloadPartProps {
  readonly workload: Workload;
  /** of the workload and of those that are like it in everything; its own when left out */
  readonly names?: readonly string[];
  readonly result: Pick<WorkloadReport, 'decomposition' | 'bound'>;
  /** what the plan comes to for it, in a sentence */
  readonly answer: string;
  /** whose accuracy is told at its end; nothing where none was measured */
  readonly accuracy: AccuracySubject | null;
  readonly children: ReactNode;
}

/** One workload: its answer in words, its figures and charts, and how accurate they are. */
export function WorkloadPart(props: WorkloadPartProps) {
  const { workload, names = [workload.name], result, answer, accuracy, children } = props;
  const { mode } = useReport();
  return (
    <SectionPart
      title={names.join('; ')}
      lead={
        <>
          {names.length > 1 && <p>Every number is that of one of these.</p>}
          <WorkloadLead answer={answer} decomposition={result.decomposition} bound={result.bound} />
        </>
      }
    >
      {children}
      {accuracy !== null && mode === 'screen' && <AccuracyButton subject={accuracy} />}
    </SectionPart>
  );
}
