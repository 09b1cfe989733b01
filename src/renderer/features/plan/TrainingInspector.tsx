import { Select } from '@mantine/core';
import type { Precision } from '@engine/catalogue/types';
import type { Plan, Recompute, TrainingLayout, TrainingWorkload, ZeroStage } from '@engine/plan';
import { memo } from 'react';
import { setDegree, setRecompute, setZeroStage } from '../../document/commands/layout';
import { choiceLabels, trainingDegrees } from '../../document/degree-fields';
import { planDocument } from '../../document/document';
import { DegreeInput } from '../../document/fields/DegreeInput';
import { fieldId } from '../../document/fields/field-id';
import { FieldGroup } from './FieldGroup';
import classes from './inspector.module.css';
import { LayoutExtrasFields } from './LayoutExtrasFields';
import { OtherClusters } from './OtherClusters';
import { PrecisionSelect } from './PrecisionSelect';
import { QuantityGroups } from './QuantityGroups';
import { WorkloadBasics } from './WorkloadBasics';

interface TrainingInspectorProps {
  readonly plan: Plan;
  readonly job: TrainingWorkload;
}

const recomputes: readonly (readonly [Recompute, string])[] = [
  ['none', 'None'],
  ['selective', 'Selective (attention only)'],
  ['full', 'Full'],
];

const zeroStages: readonly (readonly [ZeroStage, string])[] = [
  [0, 'None'],
  [1, 'ZeRO 1: optimizer states'],
  [2, 'ZeRO 2: and gradients'],
  [3, 'ZeRO 3: and weights'],
];

function degreeOf(layout: TrainingLayout, path: string): number {
  const value: unknown = Object.getOwnPropertyDescriptor(
    layout,
    path.slice('layout.'.length),
  )?.value;
  return typeof value === 'number' ? value : 1;
}

export function TrainingInspector({ plan, job }: TrainingInspectorProps) {
  const partId = job.id;
  const part = { kind: 'training', part: job } as const;
  return (
    <>
      <WorkloadBasics plan={plan} workload={job} />
      {plan.clusters.length > 1 && (
        <FieldGroup title="Spread">
          <OtherClusters plan={plan} job={job} />
        </FieldGroup>
      )}
      <QuantityGroups part={part} groups={['Job']} />
      <LayoutFields partId={partId} layout={job.layout} precision={job.precision} />
      <LayoutExtrasFields partId={partId} layout={job.layout} />
      <QuantityGroups part={part} groups={['Availability', 'Measurement']} />
    </>
  );
}

interface LayoutFieldsProps {
  readonly partId: string;
  readonly layout: TrainingLayout;
  readonly precision: Precision;
}

/** Degrees and number format: drawn again only when one of them changes. */
const LayoutFields = memo(function LayoutFields({ partId, layout, precision }: LayoutFieldsProps) {
  return (
    <FieldGroup title="Layout">
      <div className={classes.pair}>
        {trainingDegrees.map(({ path, label, help }) => (
          <DegreeInput
            key={path}
            path={path}
            label={label}
            help={help}
            value={degreeOf(layout, path)}
            onCommit={(value) => planDocument.perform(setDegree, { partId, path, value })}
          />
        ))}
      </div>
      <PrecisionSelect partId={partId} field="precision" value={precision} />
      <Select
        id={fieldId('layout.recompute')}
        label={choiceLabels['layout.recompute']}
        data={recomputes.map(([value, label]) => ({ value, label }))}
        value={layout.recompute}
        allowDeselect={false}
        onChange={(chosen) => {
          const recompute = recomputes.find(([value]) => value === chosen)?.[0];
          if (recompute) planDocument.perform(setRecompute, { partId, recompute });
        }}
      />
      <Select
        id={fieldId('layout.zeroStage')}
        label={choiceLabels['layout.zeroStage']}
        data={zeroStages.map(([value, label]) => ({ value: String(value), label }))}
        value={String(layout.zeroStage)}
        allowDeselect={false}
        onChange={(chosen) => {
          const stage = zeroStages.find(([value]) => String(value) === chosen);
          if (stage) planDocument.perform(setZeroStage, { partId, zeroStage: stage[0] });
        }}
      />
    </FieldGroup>
  );
});
