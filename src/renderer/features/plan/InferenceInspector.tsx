import type { InferenceWorkload, Plan } from '@engine/plan';
import { setDegree } from '../../document/commands/layout';
import { inferenceDegrees, isInferenceDegree } from '../../document/degree-fields';
import { planDocument } from '../../document/document';
import { DegreeInput } from '../../document/fields/DegreeInput';
import { FieldGroup } from './FieldGroup';
import classes from './inspector.module.css';
import { PrecisionSelect } from './PrecisionSelect';
import { QuantityGroups } from './QuantityGroups';
import { ServiceRegions } from './ServiceRegions';
import { WorkloadBasics } from './WorkloadBasics';

interface InferenceInspectorProps {
  readonly plan: Plan;
  readonly service: InferenceWorkload;
}

export function InferenceInspector({ plan, service }: InferenceInspectorProps) {
  const partId = service.id;
  return (
    <>
      <WorkloadBasics plan={plan} workload={service} />
      <QuantityGroups part={{ kind: 'inference', part: service }} />
      <ServiceRegions plan={plan} service={service} />
      <FieldGroup title="Replica">
        {inferenceDegrees.map(({ path, label, help }) => (
          <DegreeInput
            key={path}
            path={path}
            label={label}
            help={help}
            value={(isInferenceDegree(path) ? service[path] : undefined) ?? 1}
            onCommit={(value) => planDocument.perform(setDegree, { partId, path, value })}
          />
        ))}
        <div className={classes.pair}>
          <PrecisionSelect
            partId={partId}
            field="weightPrecision"
            value={service.weightPrecision}
          />
          <PrecisionSelect
            partId={partId}
            field="keyValuePrecision"
            value={service.keyValuePrecision}
          />
        </div>
      </FieldGroup>
    </>
  );
}
