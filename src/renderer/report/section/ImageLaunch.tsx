import type { Catalogue } from '@engine/catalogue/types';
import { planImageLaunch } from '@engine/launch/image-launch';
import type { Plan } from '@engine/plan';
import type { TaskReport } from '@engine/report';
import { useMemo } from 'react';
import { LaunchTabs } from './LaunchTabs';

interface ImageLaunchProps {
  readonly plan: Plan;
  readonly result: TaskReport;
  readonly catalogue: Catalogue;
}

/** What starts the planned copies of an image model in each tool. */
export function ImageLaunch({ plan, result, catalogue }: ImageLaunchProps) {
  const settings = useMemo(
    () => planImageLaunch(plan, result, catalogue),
    [plan, result, catalogue],
  );
  return <LaunchTabs settings={settings} toolsName="Image tool" />;
}
