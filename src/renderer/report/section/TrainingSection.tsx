import { isStatedEffectiveTime } from '@engine/training/effective-time';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan, TrainingWorkload } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { useMemo } from 'react';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { InTurn } from '../InTurn';
import { useReport } from '../report-context';
import { RankedLayouts } from '../training/RankedLayouts';
import { TrainingCharts } from '../training/TrainingCharts';
import { PipelineDetail, ScalingDetail, SensitivityDetail } from '../training/TrainingDetails';
import { trainingAnswer } from './answer';
import type { SectionProps } from './section-props';
import { acceleratorOfCluster } from './subject';
import { WorkloadLaunch } from './WorkloadLaunch';
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
  const parts = useMemo(() => {
    const accelerator = acceleratorOfCluster(plan, catalogue, workload.clusterId);
    const detail = { plan, workloadId: workload.id, catalogue };
    return [
      <TrainingCharts result={result} accelerator={accelerator} />,
      <PipelineDetail {...detail} bubble={result.pipelineBubble} />,
      <ScalingDetail {...detail} />,
      <SensitivityDetail {...detail} />,
      <TrainingTables workload={workload} result={result} />,
      mode === 'print' && <RankedLayouts {...detail} />,
      <WorkloadLaunch
        plan={plan}
        result={result}
        catalogue={catalogue}
        toolsName="Training tool"
      />,
    ];
  }, [plan, workload, result, catalogue, mode]);
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
          result.costUsd,
          result.modelFlopsUtilisation,
          result.tflopsPerAccelerator,
          result.tokensPerSecond,
          result.stepSeconds,
          ...(workload.measuredStepSeconds === null ? [] : [result.predictionError]),
          result.acceleratorHours,
          result.energyMwh,
        ]}
      />
      <InTurn parts={parts} />
    </WorkloadPart>
  );
}

type TrainingTablesProps = Pick<TrainingPartProps, 'workload' | 'result'>;

function TrainingTables({ workload, result }: TrainingTablesProps) {
  return (
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
  );
}
