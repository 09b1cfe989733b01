import type { Plan, TaskWorkload } from '@engine/plan';
import { taskGroups } from '../../document/task-fields';
import { FieldGroup } from './FieldGroup';
import { PrecisionSelect } from './PrecisionSelect';
import { QuantityGroups } from './QuantityGroups';
import { ServiceRegions } from './ServiceRegions';
import { WorkloadBasics } from './WorkloadBasics';

interface TaskInspectorProps {
  readonly plan: Plan;
  readonly service: TaskWorkload;
}

/** The inputs of an image, video, embedding or speech service. */
export function TaskInspector({ plan, service }: TaskInspectorProps) {
  return (
    <>
      <WorkloadBasics plan={plan} workload={service} />
      <QuantityGroups part={{ kind: 'task', part: service }} groups={taskGroups[service.task]} />
      <ServiceRegions plan={plan} service={service} />
      <FieldGroup title="Number format">
        <PrecisionSelect partId={service.id} field="precision" value={service.precision} />
      </FieldGroup>
    </>
  );
}
