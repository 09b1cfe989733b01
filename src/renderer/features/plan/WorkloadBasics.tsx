import { Select, UnstyledButton } from '@mantine/core';
import type { Plan, Workload } from '@engine/plan';
import { modelNameOf } from '@engine/tasks/model-name';
import { useMemo } from 'react';
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
  const catalogue = catalogueOf(plan);
  const task = workload.kind === 'task' ? workload.task : null;
  const models = useMemo(
    () => (task === null ? modelOptions(catalogue) : taskModelOptions(catalogue, task)),
    [catalogue, task],
  );
  return (
    <FieldGroup title={workloadKindName(workload)}>
      <NameField
        name={workload.name}
        onRename={(name) => planDocument.perform(renamePart, { partId, name })}
      />
      <CatalogueSelect
        field="modelId"
        label="Model"
        options={models}
        value={workload.modelId}
        onChoose={(modelId) =>
          planDocument.perform(setModel, {
            fresh: freshWorkload(plan, { ...workload, modelId }),
            formerName: freshWorkload(plan, workload).name,
            modelName: modelNameOf({ ...workload, modelId }, catalogue),
          })
        }
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
