import type { Workload } from '@engine/plan';
import type { WorkloadReport } from '@engine/report';
import type { ReactNode } from 'react';
import { AccuracyButton } from '../accuracy/AccuracyButton';
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
  readonly draw: (workload: Workload, result: WorkloadReport) => ReactNode;
  /** after the workloads */
  readonly children?: ReactNode;
}

/** A chapter with one part for every workload of some kinds. */
export function WorkloadSection(props: WorkloadSectionProps) {
  const { plan, report, catalogue, title, emptyText, kinds, workloadId, draw, children } = props;
  const shown = plan.workloads.filter(
    ({ kind, id }) => kinds.includes(kind) && (workloadId === undefined || id === workloadId),
  );
  return (
    <Section title={title} catalogue={catalogue}>
      {shown.length === 0 && <SectionEmpty>{emptyText}</SectionEmpty>}
      {shown.map((workload) => {
        const result = report.workloads.find((candidate) => candidate.workloadId === workload.id);
        return result && draw(workload, result);
      })}
      {children}
    </Section>
  );
}

interface WorkloadPartProps {
  readonly workload: Workload;
  readonly result: Pick<WorkloadReport, 'decomposition' | 'bound'>;
  /** what the plan comes to for it, in a sentence */
  readonly answer: string;
  /** whose accuracy is told at its end; nothing where none was measured */
  readonly accuracy: 'training' | 'inference' | null;
  readonly children: ReactNode;
}

/** One workload: its answer in words, its figures and charts, and how accurate they are. */
export function WorkloadPart({ workload, result, answer, accuracy, children }: WorkloadPartProps) {
  return (
    <SectionPart
      title={workload.name}
      lead={
        <WorkloadLead answer={answer} decomposition={result.decomposition} bound={result.bound} />
      }
    >
      {children}
      {accuracy !== null && <AccuracyButton subject={accuracy} />}
    </SectionPart>
  );
}
