import type { Catalogue } from '@engine/catalogue/types';
import { planLaunch } from '@engine/launch/launch-settings';
import type { Plan } from '@engine/plan';
import { useMemo } from 'react';
import { LaunchTabs } from './LaunchTabs';

interface TrainingLaunchProps {
  readonly plan: Plan;
  readonly workloadId: string;
  readonly catalogue: Catalogue;
}

/** What starts the planned layout in each training tool. */
export function TrainingLaunch({ plan, workloadId, catalogue }: TrainingLaunchProps) {
  const settings = useMemo(
    () => planLaunch(plan, workloadId, catalogue),
    [plan, workloadId, catalogue],
  );
  return <LaunchTabs settings={settings} toolsName="Training tool" />;
}
