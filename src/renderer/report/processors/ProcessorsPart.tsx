import type { Catalogue } from '@engine/catalogue/types';
import type { InferenceWorkload, Plan } from '@engine/plan';
import type { ProcessorAnswer } from '@engine/processors/compare-processors';
import type { Machine } from '@engine/processors/machine';
import type { InferenceReport, TaskReport } from '@engine/report';
import { planImageProcessors } from '@engine/service/image-processors';
import { planProcessors } from '@engine/service/service-processors';
import { formatValue } from '@shared/format/value';
import { figureCell } from '@shared/table/cell';
import { useMemo } from 'react';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import classes from '../section/section.module.css';
import { reasonText } from './processors-text';

interface ProcessorsPartProps {
  readonly plan: Plan;
  readonly workload: InferenceWorkload;
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
}

const takes = [
  { key: 'name', title: 'Machine' },
  { key: 'layout', title: 'Layout' },
  { key: 'seconds', title: 'Time', isNumber: true },
  { key: 'usd', title: 'Cost', isNumber: true },
  { key: 'kilowattHours', title: 'Energy', isNumber: true },
  { key: 'bound', title: 'Limited by' },
] as const;

const has = [
  { key: 'name', title: 'Machine' },
  { key: 'lanes', title: 'Multiply–adds side by side', isNumber: true },
  { key: 'matrixTflops', title: 'Arithmetic peak', isNumber: true },
  { key: 'memoryBandwidthTbps', title: 'Memory bandwidth', isNumber: true },
] as const;

/** The same requests on CPUs and on the service's accelerators, or on usual GPUs where it has none: time, cost, energy, and why they differ. */
export function ProcessorsPart({ plan, workload, result, catalogue }: ProcessorsPartProps) {
  const { locale } = useReport();
  const needed = result.acceleratorsNeeded.value;
  const comparison = useMemo(
    () => planProcessors(plan, workload.id, needed, catalogue),
    [plan, workload.id, needed, catalogue],
  );
  if (comparison === null) return null;
  return (
    <ProcessorsTables
      {...comparison}
      work={`The ${requestsText(workload, locale)} of an hour at the peak`}
    />
  );
}

interface ImageProcessorsProps {
  readonly plan: Plan;
  readonly result: TaskReport;
  readonly catalogue: Catalogue;
}

/** The same images on CPUs and on the service's accelerators. */
export function ImageProcessors({ plan, result, catalogue }: ImageProcessorsProps) {
  const { locale } = useReport();
  const needed = result.acceleratorsNeeded.value;
  const comparison = useMemo(
    () => planImageProcessors(plan, result.workloadId, needed, catalogue),
    [plan, result.workloadId, needed, catalogue],
  );
  if (comparison === null) return null;
  const images = formatValue(comparison.images, 'images', locale);
  return <ProcessorsTables {...comparison} work={`The ${images} of an hour at the peak`} />;
}

interface ProcessorsTablesProps {
  readonly work: string;
  readonly answers: readonly ProcessorAnswer[];
  readonly usualGpu: Machine | null;
}

function ProcessorsTables({ work, answers, usualGpu }: ProcessorsTablesProps) {
  const { locale } = useReport();
  if (answers.length === 0) return null;
  const cpu = answers.find(({ kind, seconds }) => kind === 'cpu' && seconds.value !== null);
  const gpu = answers.find(({ kind, seconds }) => kind !== 'cpu' && seconds.value !== null);
  return (
    <>
      <DataTable
        caption={`${work}, on CPUs and on ${usualGpu ? 'a node of GPUs' : 'the service’s accelerators'}`}
        columns={takes}
        rows={answers.map((answer) => takes.map(({ key }) => cellOf(answer, key)))}
      />
      <DataTable
        caption="What each machine has"
        columns={has}
        rows={answers.map((answer) => has.map(({ key }) => cellOf(answer, key)))}
      />
      {cpu && gpu && (
        <p className={classes.quiet}>
          {reasonText(cpu, gpu, locale)} All requests are there at once: latency targets do not
          count here.
          {usualGpu && ' The GPU is the one that most providers in the catalogue rent out.'}
        </p>
      )}
    </>
  );
}

type Key = (typeof takes)[number]['key'] | (typeof has)[number]['key'];

function cellOf(answer: ProcessorAnswer, key: Key) {
  if (key === 'name') return answer.name;
  return key === 'layout' || key === 'bound' ? (answer[key] ?? '—') : figureCell(answer[key]);
}

function requestsText(workload: InferenceWorkload, locale: string): string {
  const requests = workload.concurrentUsers.value * workload.requestsPerUserHour.value;
  return formatValue(Math.round(requests), 'requests', locale);
}
