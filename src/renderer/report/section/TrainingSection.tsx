import { isStatedEffectiveTime } from '@engine/training/effective-time';
import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import type { Plan, TrainingWorkload } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { BreakdownBars } from '../chart/BreakdownBars';
import { LossDiagram } from '../chart/LossDiagram';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { useReport } from '../report-context';
import { trainingAnswer } from './answer';
import type { SectionProps } from './section-props';
import { acceleratorOfCluster, largestPartTitle, memoryCapacity, wholeOf } from './subject';
import { StageMemoryChart } from '../training/StageMemoryChart';
import { RankedLayouts } from '../training/RankedLayouts';
import { TrainingDetails } from '../training/TrainingDetails';
import { TrainingLaunch } from './TrainingLaunch';
import { WorkloadPart, WorkloadSection } from './WorkloadSection';
import classes from './section.module.css';

interface TrainingSectionProps extends SectionProps {
  /** only this job; every training job when left out */
  readonly workloadId?: string;
}

/** What each training job takes: time, money, energy, and where the machine's rate goes. */
export function TrainingSection({ workloadId, ...props }: TrainingSectionProps) {
  const { plan, catalogue } = props;
  return (
    <WorkloadSection
      {...props}
      title="Training"
      emptyText="The plan has no training job."
      kinds={['training']}
      accuracy="training"
      workloadId={workloadId}
      draw={(workload, result) =>
        workload.kind === 'training' &&
        result.kind === 'training' && (
          <TrainingPart
            key={workload.id}
            plan={plan}
            workload={workload}
            result={result}
            catalogue={catalogue}
          />
        )
      }
    />
  );
}

interface TrainingPartProps {
  readonly plan: Plan;
  readonly workload: TrainingWorkload;
  readonly result: TrainingReport;
  readonly catalogue: Catalogue;
}

function TrainingPart({ plan, workload, result, catalogue }: TrainingPartProps) {
  const { locale, mode } = useReport();
  const model = catalogue.models.get(workload.modelId)?.name ?? workload.modelId;
  const accelerator = acceleratorOfCluster(plan, catalogue, workload.clusterId);
  return (
    <WorkloadPart
      workload={workload}
      result={result}
      answer={trainingAnswer(workload, result, model, locale)}
      accuracy="training"
    >
      <FigureGrid
        figures={[
          result.days,
          result.rentUsd,
          result.modelFlopsUtilisation,
          result.tflopsPerAccelerator,
          result.tokensPerSecond,
          result.stepSeconds,
          ...(workload.measuredStepSeconds === null ? [] : [result.predictionError]),
          result.acceleratorHours,
          result.energyMwh,
        ]}
      />
      {result.lossStages.length > 0 && (
        <LossDiagram stages={result.lossStages} whole={wholeOf(result)} />
      )}
      {result.memoryParts.length > 0 && (
        <BreakdownBars
          title={memoryTitle(result, accelerator, locale)}
          description="Memory of the fullest accelerator."
          parts={result.memoryParts}
          capacity={memoryCapacity(accelerator)}
        />
      )}
      {result.memoryStages.length > 1 && (
        <StageMemoryChart
          stages={result.memoryStages}
          capacityGb={accelerator?.memoryCapacity.value ?? null}
        />
      )}
      {result.stepParts.length > 0 && (
        <BreakdownBars
          title={largestPartTitle(result.stepParts, 'a training step', locale)}
          description="Time of one optimizer step."
          parts={result.stepParts}
        />
      )}
      <TrainingDetails plan={plan} result={result} catalogue={catalogue} />
      <div className={classes.columns}>
        <FigureTable
          caption="The model"
          figures={[
            result.parameters,
            result.activeParameters,
            result.flopPerToken,
            result.trainingFlop,
          ]}
        />
        <FigureTable
          caption="The run"
          figures={[
            result.memoryGbPerAccelerator,
            result.tokensPerSecondPerAccelerator,
            result.pipelineBubble,
            result.carbonTonnes,
          ]}
        />
        <FigureTable
          caption="Interruptions"
          figures={[
            result.goodput.between,
            result.goodput.interruptions,
            result.goodput.checkpointInterval,
            result.goodput.recovery,
            result.goodput.usefulTime,
            ...(isStatedEffectiveTime(workload.effectiveTimeFraction) ? [result.goodput.days] : []),
          ]}
        />
      </div>
      {mode === 'print' && (
        <RankedLayouts plan={plan} workloadId={workload.id} catalogue={catalogue} />
      )}
      <TrainingLaunch plan={plan} workloadId={workload.id} catalogue={catalogue} />
    </WorkloadPart>
  );
}

function memoryTitle(
  result: TrainingReport,
  accelerator: Accelerator | null,
  locale: string,
): string {
  const part = largestPartTitle(result.memoryParts, 'memory', locale);
  const used = result.memoryGbPerAccelerator.value;
  const capacity = accelerator?.memoryCapacity.value;
  if (used === null || capacity === undefined || used <= capacity) return part;
  return `The job needs ${formatValue(used, 'GB', locale)} per accelerator and ${formatValue(capacity, 'GB', locale)} are there`;
}
