import type { Catalogue } from '@engine/catalogue/types';
import type { Plan, TaskKind, TaskWorkload } from '@engine/plan';
import type { TaskReport } from '@engine/report';
import { modelNameOf } from '@engine/tasks/model-name';
import { taskWords } from '@engine/tasks/task-context';
import { BreakdownBars } from '../chart/BreakdownBars';
import { DayChart } from '../chart/DayChart';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { ImageProcessors } from '../processors/ProcessorsPart';
import { useReport } from '../report-context';
import { taskAnswer } from './answer';
import { largestPartTitle } from './subject';
import { WorkloadLaunch } from './WorkloadLaunch';
import { WorkloadPart } from './WorkloadSection';
import classes from './section.module.css';

interface TaskPartProps {
  readonly plan: Plan;
  readonly workload: TaskWorkload;
  readonly result: TaskReport;
  readonly catalogue: Catalogue;
}

const toolsNames: Readonly<Record<TaskKind, string>> = {
  image: 'Image tool',
  video: 'Video tool',
  embedding: 'Embedding tool',
  speech: 'Speech tool',
};

/** What an image, video, embedding or speech service needs, and what one of its units costs. */
export function TaskPart({ plan, workload, result, catalogue }: TaskPartProps) {
  const { locale } = useReport();
  const { request, requests } = taskWords[workload.task];
  const isGenerator = workload.task === 'image' || workload.task === 'video';
  const available = result.acceleratorsAvailable.value;
  const served = result.requestsPerDayServed.value;
  const perSecond = served === null ? null : served / (86_400 * workload.meanLoadFraction.value);
  return (
    <WorkloadPart
      workload={workload}
      result={result}
      answer={taskAnswer(workload, result, modelNameOf(workload, catalogue), locale)}
      accuracy={isGenerator ? 'inference' : null}
    >
      <FigureGrid
        figures={[
          result.acceleratorsNeeded,
          result.requestsPerDayServed,
          result.slowestSeconds,
          result.usdPerUnit,
          result.kilowattHoursPerUnit,
          result.requestsPerSecondPerAccelerator,
          result.headroom,
          ...(workload.measuredRequestsPerSecond ? [result.predictionError] : []),
        ]}
      />
      {available !== null && perSecond !== null && result.dailyLoad.length > 1 && (
        <DayChart
          points={result.dailyLoad}
          replicasAvailable={available}
          capacity={perSecond}
          replicas="accelerators"
        />
      )}
      {result.batchParts.length > 0 && (
        <BreakdownBars
          title={largestPartTitle(result.batchParts, `a batch of ${requests}`, locale)}
          description={`Time in which one accelerator answers what it works on at once.`}
          parts={result.batchParts}
        />
      )}
      <div className={classes.columns}>
        <FigureTable
          caption="The model"
          figures={[result.parameters, result.weightGb, result.tflopPerRequest]}
        />
        <FigureTable
          caption="One accelerator"
          figures={[result.requestsAtOnce, result.batchSeconds, result.reached]}
        />
        <FigureTable
          caption="The service"
          figures={[result.peakRequestsPerSecond, result.acceleratorsAvailable, result.usdPerMonth]}
        />
      </div>
      {workload.task === 'image' && (
        <ImageProcessors plan={plan} result={result} catalogue={catalogue} />
      )}
      <WorkloadLaunch
        plan={plan}
        result={result}
        catalogue={catalogue}
        toolsName={toolsNames[workload.task]}
      />
      {!isGenerator && (
        <p className={classes.quiet}>
          No published measurement of a {request} was at hand to compare with: times rest on the
          constants of language models on the same accelerator.
        </p>
      )}
    </WorkloadPart>
  );
}
