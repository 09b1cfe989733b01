import type { Catalogue } from '@engine/catalogue/types';
import { planServingLaunch } from '@engine/launch/serving';
import type { InferenceWorkload, Plan, Workload } from '@engine/plan';
import type { InferenceReport, Part, WorkloadReport } from '@engine/report';
import { planProcessors } from '@engine/service/service-processors';
import { planFront } from '@engine/service/throughput-front';
import { useMemo, type ReactNode } from 'react';
import { BatchCurve } from '../chart/BatchCurve';
import { BreakdownBars } from '../chart/BreakdownBars';
import { DayChart } from '../chart/DayChart';
import { FrontChart } from '../chart/FrontChart';
import { LossDiagram } from '../chart/LossDiagram';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { ProcessorsPart } from '../processors/ProcessorsPart';
import { useReport } from '../report-context';
import { likenessOf } from './alike';
import { inferenceAnswer } from './answer';
import { FleetPart } from './FleetPart';
import { measuredPoint } from './measured-point';
import { PlannedSimulation } from './PlannedSimulation';
import type { SectionProps } from './section-props';
import { WorkloadLaunch } from './WorkloadLaunch';
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
      accuracy="inference"
      likeness={(workload, result) => printedLikeness(plan, catalogue, workload, result)}
      workloadId={workloadId}
      draw={(workload, result, names) => {
        if (workload.kind === 'inference' && result.kind === 'inference') {
          const before = services.slice(0, services.indexOf(result));
          const part = { plan, workload, names, result, catalogue, before };
          return <InferencePart key={workload.id} {...part} />;
        }
        if (workload.kind === 'task' && result.kind === 'task') {
          const part = { plan, workload, result, catalogue };
          return <TaskPart key={workload.id} {...part} />;
        }
        return null;
      }}
    >
      <FleetPart plan={plan} catalogue={catalogue} />
    </WorkloadSection>
  );
}

/** Services with the same text look alike on paper: their results, and what is computed as they are drawn. */
function printedLikeness(
  plan: Plan,
  catalogue: Catalogue,
  workload: Workload,
  result: WorkloadReport,
): string {
  if (result.kind !== 'inference') return workload.id;
  const needed = result.acceleratorsNeeded.value;
  return likenessOf(
    workload,
    result,
    planFront(plan, workload.id, catalogue),
    planProcessors(plan, workload.id, needed, catalogue),
    planServingLaunch(plan, result, catalogue),
  );
}

interface InferencePartProps {
  readonly plan: Plan;
  readonly workload: InferenceWorkload;
  readonly names: readonly string[];
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
  readonly before: readonly InferenceReport[];
}

function InferencePart(props: InferencePartProps) {
  const { plan, workload, names, result, catalogue, before } = props;
  const { locale, mode } = useReport();
  const front = useMemo(
    () => planFront(plan, workload.id, catalogue),
    [plan, workload.id, catalogue],
  );
  // On paper a drawing that an earlier service has already is named in place of drawn.
  const drawnFor = (partOf: (other: InferenceReport) => unknown): string | null => {
    if (mode !== 'print') return null;
    const own = likenessOf(partOf(result));
    const same = before.find((other) => likenessOf(partOf(other)) === own);
    return plan.workloads.find(({ id }) => id === same?.workloadId)?.name ?? null;
  };
  const measured = measuredPoint(plan, result);
  const model = catalogue.models.get(workload.modelId)?.name ?? workload.modelId;
  const accelerator = acceleratorOfCluster(plan, catalogue, workload.clusterId);
  return (
    <WorkloadPart
      workload={workload}
      names={names}
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
        <DrawnOnce
          what="What an accelerator gives against what a reader gets"
          drawnFor={drawnFor((other) => [
            planFront(plan, other.workloadId, catalogue),
            other.operatingBatch.value,
            measuredPoint(plan, other) !== null,
          ])}
        >
          <FrontChart
            front={front}
            operatingBatch={result.operatingBatch.value}
            isMeasured={measured !== null}
          />
        </DrawnOnce>
      )}
      {result.dailyLoad.length > 1 && (
        <DayChart
          points={result.dailyLoad}
          replicasAvailable={result.replicasAvailable.value}
          capacity={capacityOf(workload, result)}
        />
      )}
      {result.batchCurve.length > 1 && (
        <DrawnOnce
          what="One replica at growing numbers of requests in flight"
          drawnFor={drawnFor((other) => [
            other.batchCurve,
            other.operatingBatch.value,
            targetMsOf(plan, other.workloadId),
            measuredPoint(plan, other),
          ])}
        >
          <BatchCurve
            points={result.batchCurve}
            targetMs={workload.timePerOutputTokenTargetMs.value}
            operatingBatch={result.operatingBatch.value}
            measured={measured}
          />
        </DrawnOnce>
      )}
      {result.lossStages.length > 0 && (
        <LossDiagram stages={result.lossStages} whole={wholeOf(result)} />
      )}
      {result.memoryParts.length > 0 && (
        <DrawnOnce
          what="Memory of one accelerator"
          drawnFor={drawnFor(({ memoryParts, workloadId }) => [
            partValues(memoryParts),
            memoryOf(plan, catalogue, workloadId),
          ])}
        >
          <BreakdownBars
            title={largestPartTitle(result.memoryParts, 'the memory used', locale)}
            description="Memory of one accelerator at the operating point."
            parts={result.memoryParts}
            capacity={memoryCapacity(accelerator)}
          />
        </DrawnOnce>
      )}
      {result.decodeParts.length > 0 && (
        <DrawnOnce
          what="A decoding step"
          drawnFor={drawnFor(({ decodeParts }) => partValues(decodeParts))}
        >
          <BreakdownBars
            title={largestPartTitle(result.decodeParts, 'a decoding step', locale)}
            description="Time in which every request in flight gets one token."
            parts={result.decodeParts}
          />
        </DrawnOnce>
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
      <WorkloadLaunch
        plan={plan}
        result={result}
        catalogue={catalogue}
        toolsName="Serving engine"
        before={before}
      />
      {mode === 'print' && (
        <PlannedSimulation plan={plan} workload={workload} result={result} catalogue={catalogue} />
      )}
    </WorkloadPart>
  );
}

interface DrawnOnceProps {
  readonly what: string;
  /** an earlier service with the very same drawing; null where there is none */
  readonly drawnFor: string | null;
  readonly children: ReactNode;
}

function DrawnOnce({ what, drawnFor, children }: DrawnOnceProps) {
  return drawnFor === null ? (
    children
  ) : (
    <p className={classes.quiet}>{`${what}: as for ${drawnFor}.`}</p>
  );
}

function partValues(parts: readonly Part[]): readonly unknown[] {
  return parts.flatMap(({ label, value, unit }) => [label, value, unit]);
}

function targetMsOf(plan: Plan, workloadId: string): number | null {
  const service = plan.workloads.find(({ id }) => id === workloadId);
  return service?.kind === 'inference' ? service.timePerOutputTokenTargetMs.value : null;
}

function memoryOf(plan: Plan, catalogue: Catalogue, workloadId: string) {
  const service = plan.workloads.find(({ id }) => id === workloadId);
  return service && memoryCapacity(acceleratorOfCluster(plan, catalogue, service.clusterId));
}

/** Requests per second that one replica may be given. */
function capacityOf(workload: InferenceWorkload, result: InferenceReport): number | null {
  const users = result.usersServed.value;
  return users === null ? null : (users * workload.requestsPerUserHour.value) / 3600;
}
