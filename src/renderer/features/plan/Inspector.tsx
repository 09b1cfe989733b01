import { useEffect } from 'react';
import type { Plan } from '@engine/plan';
import { taskWords } from '@engine/tasks/task-context';
import { setView, useView } from '../../app/view-store';
import { fieldId } from '../../document/fields/field-id';
import { findPart, type Part } from '../../document/subject';
import { CostInspector } from './CostInspector';
import classes from './inspector.module.css';
import { ClusterInspector } from './ClusterInspector';
import { InferenceInspector } from './InferenceInspector';
import { PlanInspector } from './PlanInspector';
import { SiteInspector } from './SiteInspector';
import { TaskInspector } from './TaskInspector';
import { TimelineInspector } from './TimelineInspector';
import { TrainingInspector } from './TrainingInspector';

interface InspectorProps {
  readonly plan: Plan;
}

function kindName(part: Part | null): string {
  switch (part?.kind) {
    case 'site':
      return 'Site';
    case 'cluster':
      return 'Cluster';
    case 'training':
      return 'Training job';
    case 'inference':
      return 'Inference service';
    case 'task':
      return taskWords[part.part.task].service;
    case 'costs':
    case 'timeline':
      return 'Plan';
    case undefined:
      return 'Plan';
  }
}

function titleOf(plan: Plan, part: Part | null): string {
  if (!part) return plan.name;
  if (part.kind === 'costs') return 'Cost assumptions';
  return part.kind === 'timeline' ? 'Timeline' : part.part.name;
}

/** The inputs of the selected part. */
export function Inspector({ plan }: InspectorProps) {
  const selectedId = useView((view) => view.selectedId);
  const wantedField = useView((view) => view.wantedField);
  const part = findPart(plan, selectedId);

  useEffect(() => {
    if (wantedField === null) return;
    const input = document.getElementById(fieldId(wantedField));
    input?.focus();
    if (input instanceof HTMLInputElement) input.select();
    input?.scrollIntoView({ block: 'center' });
    setView({ wantedField: null });
  }, [wantedField, selectedId]);

  return (
    <aside className={classes.inspector} aria-label="Inputs">
      <div className={classes.head}>
        <div className={classes.kind}>{kindName(part)}</div>
        <div className={classes.title} title={titleOf(plan, part)}>
          {titleOf(plan, part)}
        </div>
      </div>
      <div className={classes.body} key={selectedId ?? 'plan'}>
        <PartInspector plan={plan} part={part} />
      </div>
    </aside>
  );
}

interface PartInspectorProps {
  readonly plan: Plan;
  readonly part: Part | null;
}

function PartInspector({ plan, part }: PartInspectorProps) {
  switch (part?.kind) {
    case 'site':
      return <SiteInspector site={part.part} />;
    case 'cluster':
      return <ClusterInspector plan={plan} cluster={part.part} />;
    case 'training':
      return <TrainingInspector plan={plan} job={part.part} />;
    case 'inference':
      return <InferenceInspector plan={plan} service={part.part} />;
    case 'task':
      return <TaskInspector plan={plan} service={part.part} />;
    case 'costs':
      return <CostInspector costs={part.part} />;
    case 'timeline':
      return <TimelineInspector timeline={part.part} />;
    case undefined:
      return <PlanInspector plan={plan} />;
  }
}
