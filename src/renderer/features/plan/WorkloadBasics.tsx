import { Select, UnstyledButton } from '@mantine/core';
import type { Plan, TaskKind, Workload } from '@engine/plan';
import type { Catalogue } from '@engine/catalogue/types';
import { modelNameOf } from '@engine/tasks/model-name';
import { memo, useMemo } from 'react';
import { workloadKindName } from '../../report/section/subject';
import { performCommand } from '../../app/app-commands';
import { catalogueOf } from '../../document/catalogue';
import { moveWorkload, setModel } from '../../document/commands/choice';
import { renamePart } from '../../document/commands/naming';
import { planDocument } from '../../document/document';
import { modelOptions, taskModelOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { fieldId } from '../../document/fields/field-id';
import { freshWorkload } from '../../document/new-parts';
import { FieldGroup } from './FieldGroup';
import classes from './inspector.module.css';
import { NameField } from './NameField';

interface WorkloadBasicsProps {
  readonly plan: Plan;
  readonly workload: Workload;
}

/** Name, model and cluster: what training jobs and inference services have in common. */
export function WorkloadBasics({ plan, workload }: WorkloadBasicsProps) {
  const partId = workload.id;
  const task = workload.kind === 'task' ? workload.task : null;
  return (
    <FieldGroup title={workloadKindName(workload)}>
      <NameField
        name={workload.name}
        onRename={(name) => planDocument.perform(renamePart, { partId, name })}
      />
      <ModelChoice
        partId={partId}
        task={task}
        modelId={workload.modelId}
        catalogue={catalogueOf(plan)}
      />
      {task === null && (
        <UnstyledButton className={classes.link} onClick={() => performCommand('model.import')}>
          Import a config.json…
        </UnstyledButton>
      )}
      {plan.clusters.length > 1 && (
        <Select
          id={fieldId('clusterId')}
          label="Cluster"
          data={plan.clusters.map(({ id, name }) => ({ value: id, label: name }))}
          value={workload.clusterId}
          allowDeselect={false}
          onChange={(clusterId) => {
            if (clusterId !== null) planDocument.perform(moveWorkload, { partId, clusterId });
          }}
        />
      )}
    </FieldGroup>
  );
}

interface ModelChoiceProps {
  readonly partId: string;
  readonly modelId: string;
  /** what the service answers; null for a language model */
  readonly task: TaskKind | null;
  readonly catalogue: Catalogue;
}

/** The model of a workload among hundreds: drawn again only for another one. */
const ModelChoice = memo(function ModelChoice({
  partId,
  task,
  modelId,
  catalogue,
}: ModelChoiceProps) {
  const models = useMemo(
    () => (task === null ? modelOptions(catalogue) : taskModelOptions(catalogue, task)),
    [catalogue, task],
  );
  return (
    <CatalogueSelect
      field="modelId"
      label="Model"
      options={models}
      value={modelId}
      onChoose={(chosen) => {
        // What the plan is when somebody chooses, not when this was drawn.
        const plan = planDocument.store.getState().history?.present;
        const workload = plan?.workloads.find(({ id }) => id === partId);
        if (!plan || !workload) return;
        planDocument.perform(setModel, {
          fresh: freshWorkload(plan, { ...workload, modelId: chosen }),
          formerName: freshWorkload(plan, workload).name,
          modelName: modelNameOf({ ...workload, modelId: chosen }, catalogue),
        });
      }}
    />
  );
});
