import type { Catalogue } from '@engine/catalogue/types';
import type { InferenceWorkload, Plan } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { planFront } from '@engine/service/throughput-front';
import { useMemo } from 'react';
import { AccuracyButton } from '../accuracy/AccuracyButton';
import { BatchCurve } from '../chart/BatchCurve';
import { BreakdownBars } from '../chart/BreakdownBars';
import { DayChart } from '../chart/DayChart';
import { FrontChart } from '../chart/FrontChart';
import { LossDiagram } from '../chart/LossDiagram';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { useReport } from '../report-context';
import { inferenceAnswer } from './answer';
import { FleetPart } from './FleetPart';
import { PlannedSimulation } from './PlannedSimulation';
import { Section, SectionEmpty, SectionPart } from './Section';
import type { SectionProps } from './section-props';
import { ServingLaunch } from './ServingLaunch';
import { acceleratorOfCluster, largestPartTitle, memoryCapacity, wholeOf } from './subject';
import { WorkloadLead } from './WorkloadLead';
import classes from './section.module.css';

interface InferenceSectionProps extends SectionProps {
  /** only this service; every inference service when left out */
  readonly workloadId?: string;
}

/** What each inference service needs and delivers: accelerators, latency, unit cost. */
export function InferenceSection({ plan, report, catalogue, workloadId }: InferenceSectionProps) {
  const services = plan.workloads.filter(
    (workload): workload is InferenceWorkload =>
      workload.kind === 'inference' && (workloadId === undefined || workload.id === workloadId),
  );
  return (
    <Section title="Inference" catalogue={catalogue}>
      {services.length === 0 && <SectionEmpty>The plan has no inference service.</SectionEmpty>}
      {services.map((workload) => {
        const result = report.workloads.find((candidate) => candidate.workloadId === workload.id);
        return (
          result?.kind === 'inference' && (
            <InferencePart
              key={workload.id}
              plan={plan}
              workload={workload}
              result={result}
              catalogue={catalogue}
            />
          )
        );
      })}
      <FleetPart plan={plan} catalogue={catalogue} />
    </Section>
  );
}

interface InferencePartProps {
  readonly plan: Plan;
  readonly workload: InferenceWorkload;
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
}

function InferencePart({ plan, workload, result, catalogue }: InferencePartProps) {
  const { locale, mode } = useReport();
  const front = useMemo(
    () => planFront(plan, workload.id, catalogue),
    [plan, workload.id, catalogue],
  );
  const model = catalogue.models.get(workload.modelId)?.name ?? workload.modelId;
  const accelerator = acceleratorOfCluster(plan, catalogue, workload.clusterId);
  return (
    <SectionPart
      title={workload.name}
      lead={
        <WorkloadLead
          answer={inferenceAnswer(workload, result, model, locale)}
          decomposition={result.decomposition}
          bound={result.bound}
        />
      }
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
          caption="Against the price of an API"
          figures={[result.apiCostRatio, result.apiBreakEvenRequestsPerDay]}
        />
      </div>
      <ServingLaunch plan={plan} result={result} catalogue={catalogue} />
      {mode === 'print' && (
        <PlannedSimulation plan={plan} workload={workload} result={result} catalogue={catalogue} />
      )}
      <AccuracyButton subject="inference" />
    </SectionPart>
  );
}

/** Requests per second that one replica may be given. */
function perReplicaOf(workload: InferenceWorkload, result: InferenceReport): number | null {
  const users = result.usersPerReplica.value;
  return users === null ? null : (users * workload.requestsPerUserHour.value) / 3600;
}
