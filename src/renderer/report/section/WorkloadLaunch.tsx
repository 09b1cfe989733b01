import type { Catalogue } from '@engine/catalogue/types';
import { planLaunch } from '@engine/launch/launch-settings';
import { planServingLaunch } from '@engine/launch/serving';
import { planTaskLaunch } from '@engine/launch/task-launch';
import type { LaunchSettings } from '@engine/launch/types';
import type { Plan } from '@engine/plan';
import type { WorkloadReport } from '@engine/report';
import { useMemo } from 'react';
import { useReport } from '../report-context';
import { LaunchTabs } from './LaunchTabs';

interface WorkloadLaunchProps {
  readonly plan: Plan;
  readonly result: WorkloadReport;
  readonly catalogue: Catalogue;
  /** what the tools are, such as 'Training tool' */
  readonly toolsName: string;
  /** workloads before it in the report: on paper equal settings stand once */
  readonly before?: readonly WorkloadReport[];
}

const none: readonly WorkloadReport[] = [];

/** What starts the planned layout, replicas or copies of a workload in each tool. */
export function WorkloadLaunch(props: WorkloadLaunchProps) {
  const { plan, result, catalogue, toolsName, before = none } = props;
  const { mode } = useReport();
  const settings = useMemo(() => settingsOf(plan, result, catalogue), [plan, result, catalogue]);
  const sameAs = useMemo(() => {
    if (mode !== 'print' || settings.length === 0) return null;
    const text = JSON.stringify(settings);
    return before.find((other) => JSON.stringify(settingsOf(plan, other, catalogue)) === text);
  }, [mode, settings, before, plan, catalogue]);
  if (sameAs) {
    const name = plan.workloads.find(({ id }) => id === sameAs.workloadId)?.name;
    return <p>{`Launch settings are those of ${name ?? sameAs.workloadId}.`}</p>;
  }
  return <LaunchTabs settings={settings} toolsName={toolsName} />;
}

function settingsOf(
  plan: Plan,
  result: WorkloadReport,
  catalogue: Catalogue,
): readonly LaunchSettings[] {
  switch (result.kind) {
    case 'training':
      return planLaunch(plan, result.workloadId, catalogue);
    case 'inference':
      return planServingLaunch(plan, result, catalogue);
    case 'task':
      return planTaskLaunch(plan, result, catalogue);
  }
}
