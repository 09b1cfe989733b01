import type { Catalogue } from '@engine/catalogue/types';
import type { InferenceWorkload, Plan } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { planFront } from '@engine/service/throughput-front';
import { useMemo } from 'react';
import { BatchCurve } from '../chart/BatchCurve';
import { BreakdownBars } from '../chart/BreakdownBars';
import { DayChart } from '../chart/DayChart';
import { FrontChart } from '../chart/FrontChart';
import { LossDiagram } from '../chart/LossDiagram';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { ProcessorsPart } from '../processors/ProcessorsPart';
import { useReport } from '../report-context';
import { inferenceAnswer } from './answer';
import { FleetPart } from './FleetPart';
import { PlannedSimulation } from './PlannedSimulation';
import type { SectionProps } from './section-props';
import { ServingLaunch } from './ServingLaunch';
import { acceleratorOfCluster, largestPartTitle, memoryCapacity, wholeOf } from './subject';
import { TaskPart } from './TaskPart';
import { WorkloadPart, WorkloadSection } from './WorkloadSection';
import classes from './section.module.css';

interface InferenceSectionProps extends SectionProps {
  /** only this service; every inference service when left out */
  readonly workloadId?: string;
}

/** What each service needs and delivers: accelerators, latency, unit cost. */
export function InferenceSection({ workloadId, ...props }: InferenceSectionProps) {
  const { plan, report, catalogue } = props;
  const services = report.workloads.filter((result) => result.kind === 'inference');
  return (
    <WorkloadSection
      {...props}
      title="Inference"
      emptyText="The plan has no inference service."
      kinds={['inference', 'task']}
      workloadId={workloadId}
      draw={(workload, result) => {
        if (workload.kind === 'inference' && result.kind === 'inference') {
          const before = services.slice(0, services.indexOf(result));
          const part = { plan, workload, result, catalogue, before };
          return <InferencePart key={workload.id} {...part} />;
        }
        if (workload.kind === 'task' && result.kind === 'task') {
          const part = { workload, result, catalogue };
          return <TaskPart key={workload.id} {...part} />;
        }
        return null;
      }}
    >
      <FleetPart plan={plan} catalogue={catalogue} />
    </WorkloadSection>
  );
}

interface InferencePartProps {
  readonly plan: Plan;
  readonly workload: InferenceWorkload;
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
  readonly before: readonly InferenceReport[];
}

function InferencePart({ plan, workload, result, catalogue, before }: InferencePartProps) {
  const { locale, mode } = useReport();
  const front = useMemo(
    () => planFront(plan, workload.id, catalogue),
    [plan, workload.id, catalogue],
  );
  const model = catalogue.models.get(workload.modelId)?.name ?? workload.modelId;
  const accelerator = acceleratorOfCluster(plan, catalogue, workload.clusterId);
  return (
    <WorkloadPart
      workload={workload}
      result={result}
      answer={inferenceAnswer(workload, result, model, locale)}
      accuracy="inference"
    >
      <FigureGrid
        figures={[
          result.acceleratorsNeeded,
          result.usersServed,
          result.timeToFirstTokenMs,
          result.timePerOutputTokenMs,
          result.usdPerMillionOutputTokens,
          result.tokensPerSecondPerAccelerator,
          result.usersPerReplica,
          result.headroom,
        ]}
      />
      {front && front.best.length > 1 && (
        <FrontChart front={front} operatingBatch={result.operatingBatch.value} />
      )}
      {result.dailyLoad.length > 1 && (
        <DayChart
          points={result.dailyLoad}
          replicasAvailable={result.replicasAvailable.value}
          perReplica={perReplicaOf(workload, result)}
        />
      )}
      {result.batchCurve.length > 1 && (
        <BatchCurve
          points={result.batchCurve}
          targetMs={workload.timePerOutputTokenTargetMs.value}
          operatingBatch={result.operatingBatch.value}
        />
      )}
      {result.lossStages.length > 0 && (
        <LossDiagram stages={result.lossStages} whole={wholeOf(result)} />
      )}
      {result.memoryParts.length > 0 && (
        <BreakdownBars
          title={largestPartTitle(result.memoryParts, 'memory', locale)}
          description="Memory of one accelerator at the operating point."
          parts={result.memoryParts}
          capacity={memoryCapacity(accelerator)}
        />
      )}
      {result.decodeParts.length > 0 && (
        <BreakdownBars
          title={largestPartTitle(result.decodeParts, 'a decoding step', locale)}
          description="Time in which every request in flight gets one token."
          parts={result.decodeParts}
        />
      )}
      <div className={classes.columns}>
        <FigureTable
          caption="The model in memory"
          figures={[
            result.parameters,
            result.weightGb,
            result.keyValueBytesPerToken,
            result.memoryGbPerAccelerator,
            result.maximumBatch,
          ]}
        />
        <FigureTable
          caption="The replicas"
          figures={[
            result.peakRequestsPerSecond,
            result.operatingBatch,
            result.replicasNeeded,
            ...(result.promptReplicas.value === null
              ? []
              : [result.promptReplicas, result.cacheTransferMs]),
            result.replicasAvailable,
            result.tokensPerSecondPerReplica,
          ]}
        />
        <FigureTable
          caption="Unit economics at the real load"
          figures={[
            result.usdPerThousandRequests,
            result.usdPerMillionInputTokens,
            result.usdPerMillionGeneratedTokens,
            result.usdPerUserMonth,
            result.energyKwhPerMillionTokens,
          ]}
        />
        <FigureTable
          caption="Autoscaling over the day"
          figures={[result.autoscaledHours, result.autoscalingSaved, result.replicasAhead]}
        />
        <FigureTable
          caption="Against the price of an API"
          figures={[result.apiCostRatio, result.apiBreakEvenRequestsPerDay]}
        />
      </div>
      <ProcessorsPart plan={plan} workload={workload} result={result} catalogue={catalogue} />
      <ServingLaunch plan={plan} result={result} catalogue={catalogue} before={before} />
      {mode === 'print' && (
        <PlannedSimulation plan={plan} workload={workload} result={result} catalogue={catalogue} />
      )}
    </WorkloadPart>
  );
}

/** Requests per second that one replica may be given. */
function perReplicaOf(workload: InferenceWorkload, result: InferenceReport): number | null {
  const users = result.usersPerReplica.value;
  return users === null ? null : (users * workload.requestsPerUserHour.value) / 3600;
}
