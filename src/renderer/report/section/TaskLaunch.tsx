import type { Catalogue } from '@engine/catalogue/types';
import { planTaskLaunch } from '@engine/launch/task-launch';
import type { Plan, TaskKind } from '@engine/plan';
import type { TaskReport } from '@engine/report';
import { useMemo } from 'react';
import { LaunchTabs } from './LaunchTabs';

interface TaskLaunchProps {
  readonly plan: Plan;
  readonly task: TaskKind;
  readonly result: TaskReport;
  readonly catalogue: Catalogue;
}

const toolsNames: Readonly<Record<TaskKind, string>> = {
  image: 'Image tool',
  embedding: 'Embedding tool',
  speech: 'Speech tool',
};

/** What starts the planned copies of a model of images, texts or recordings in each tool. */
export function TaskLaunch({ plan, task, result, catalogue }: TaskLaunchProps) {
  const settings = useMemo(
    () => planTaskLaunch(plan, result, catalogue),
    [plan, result, catalogue],
  );
  return <LaunchTabs settings={settings} toolsName={toolsNames[task]} />;
}
