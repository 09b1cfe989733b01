import type { Catalogue } from '@engine/catalogue/types';
import type { InferenceWorkload, Plan } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { simulatePlan } from '@engine/service/plan-simulation';
import { requestsOf } from '@shared/trace/kept-trace';
import { useMemo } from 'react';
import { useReport } from '../report-context';
import { SimulationResult } from './SimulationResult';
import { simulationText } from './simulation-text';

interface PlannedSimulationProps {
  readonly plan: Plan;
  readonly workload: InferenceWorkload;
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
}

/** The simulation that the plan asks for, computed as the report is printed: the same choice gives the same numbers. */
export function PlannedSimulation(props: PlannedSimulationProps) {
  const { plan, workload, result, catalogue } = props;
  const { locale } = useReport();
  const choice = workload.simulation ?? null;
  const replicas = result.replicasNeeded.value;
  const promptReplicas = result.promptReplicas.value ?? 0;
  const answer = useMemo(
    () =>
      choice &&
      simulatePlan(
        {
          plan,
          workloadId: workload.id,
          replicas,
          promptReplicas,
          choice,
          trace: choice.trace ? requestsOf(choice.trace) : null,
        },
        catalogue,
      ),
    [plan, workload.id, replicas, promptReplicas, choice, catalogue],
  );
  if (answer === null || choice === null) return null;
  if (!answer.isReady) return <p>{answer.problem}</p>;
  return (
    <SimulationResult
      summary={answer.summary}
      replicas={answer.replicas}
      description={simulationText(choice, locale)}
      workload={workload}
    />
  );
}
