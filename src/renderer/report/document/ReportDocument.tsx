import type { Catalogue } from '@engine/catalogue/types';
import { outlookFigures, planOutlook } from '@engine/outlook/plan-outlook';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { FindingsList } from '../findings/FindingsList';
import { NotChecked } from '../findings/NotChecked';
import { ReportProvider } from '../report-context';
import { ClusterSection } from '../section/ClusterSection';
import { CostSection } from '../section/CostSection';
import { EnergySection } from '../section/EnergySection';
import { InferenceSection } from '../section/InferenceSection';
import { Section } from '../section/Section';
import { subjectName } from '../section/subject';
import { TimelineSection } from '../section/TimelineSection';
import { TrainingSection } from '../section/TrainingSection';
import { Cover } from './Cover';
import { InputsChapter } from './InputsChapter';
import { MethodsChapter } from './MethodsChapter';
import { SourcesChapter } from './SourcesChapter';
import { WorldChapter } from './WorldChapter';
import { allWorldFigures, worldFigures, type PrintedMeter } from './world-figures';
import classes from './document.module.css';

interface ReportDocumentProps {
  readonly plan: Plan;
  readonly report: Report;
  readonly catalogue: Catalogue;
  /** ISO time of printing */
  readonly printedAt: string;
  /** the meter as the reader has set it; the catalogue's when left out */
  readonly meter?: PrintedMeter;
}

/** The whole report as printed: the answer first, then what it rests on. */
export function ReportDocument(props: ReportDocumentProps) {
  const { plan, report, catalogue, printedAt, meter } = props;
  const sections = { plan, report, catalogue };
  const world = worldFigures(plan, report, catalogue, printedAt, meter);
  const outlook = planOutlook(plan, report, catalogue.assumptions);
  const more = [...allWorldFigures(world), ...outlookFigures(outlook)];
  const hasTraining = plan.workloads.some(({ kind }) => kind === 'training');
  const hasService = plan.workloads.some(({ kind }) => kind !== 'training');
  return (
    <ReportProvider mode="print" catalogue={catalogue} openSource={null}>
      <main className={classes.document}>
        <Cover {...sections} printedAt={printedAt} />
        <Section title="Checks" catalogue={catalogue}>
          <FindingsList findings={report.findings} subjectName={(id) => subjectName(plan, id)} />
          <NotChecked items={report.notChecked} />
        </Section>
        {plan.clusters.length > 0 && <ClusterSection {...sections} />}
        {hasTraining && <TrainingSection {...sections} />}
        {hasService && <InferenceSection {...sections} />}
        <CostSection {...sections} />
        <EnergySection {...sections} />
        <TimelineSection {...sections} />
        <WorldChapter world={world} catalogue={catalogue} printedAt={printedAt} />
        <InputsChapter plan={plan} catalogue={catalogue} />
        <MethodsChapter report={report} catalogue={catalogue} more={more} />
        <SourcesChapter {...sections} more={more} />
      </main>
    </ReportProvider>
  );
}
