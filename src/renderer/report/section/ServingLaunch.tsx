import type { Catalogue } from '@engine/catalogue/types';
import { planServingLaunch } from '@engine/launch/serving';
import type { Plan } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { useMemo } from 'react';
import { LaunchTabs } from './LaunchTabs';

interface ServingLaunchProps {
  readonly plan: Plan;
  readonly result: InferenceReport;
  readonly catalogue: Catalogue;
}

/** What starts the planned replicas in each serving engine. */
export function ServingLaunch({ plan, result, catalogue }: ServingLaunchProps) {
  const settings = useMemo(
    () => planServingLaunch(plan, result, catalogue),
    [plan, result, catalogue],
  );
  return <LaunchTabs settings={settings} toolsName="Serving engine" />;
}
