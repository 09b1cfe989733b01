import type { Catalogue } from '@engine/catalogue/types';
import { planServingLaunch } from '@engine/launch/serving';
import type { Plan } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { useMemo } from 'react';
import { useReport } from '../report-context';
import { LaunchTabs } from './LaunchTabs';

interface ServingLaunchProps {
  readonly plan: Plan;
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
  /** services before it in the report: on paper equal settings stand once */
  readonly before: readonly InferenceReport[];
}

/** What starts the planned replicas in each serving engine. */
export function ServingLaunch({ plan, result, catalogue, before }: ServingLaunchProps) {
  const { mode } = useReport();
  const settings = useMemo(
    () => planServingLaunch(plan, result, catalogue),
    [plan, result, catalogue],
  );
  const sameAs = useMemo(() => {
    if (mode !== 'print' || settings.length === 0) return null;
    const text = JSON.stringify(settings);
    return before.find(
      (other) => JSON.stringify(planServingLaunch(plan, other, catalogue)) === text,
    );
  }, [mode, settings, before, plan, catalogue]);
  if (sameAs) {
    const name = plan.workloads.find(({ id }) => id === sameAs.workloadId)?.name;
    return <p>{`Launch settings are those of ${name ?? sameAs.workloadId}.`}</p>;
  }
  return <LaunchTabs settings={settings} toolsName="Serving engine" />;
}
