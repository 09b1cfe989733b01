import { Button, Select, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Quantity } from '@engine/plan';
import { taskWords } from '@engine/tasks/task-context';
import { systemById } from '@engine/sizing/stand-in-system';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { createPlanAndOpen } from '../../app/create-plan';
import {
  modelOptions,
  taskModelOptions,
  regionOptions,
  systemOptions,
} from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { whyOutOfBounds } from '../../document/limits';
import { findQuantityField } from '../../document/quantity-fields';
import { firstModelId, firstRegionId, firstSystemId } from '../../document/new-parts';
import { useLibraryImports } from '../../document/library-imports';
import { catalogueWith } from './brought-model';
import { FormQuantity } from './FormQuantity';
import classes from './new-plan.module.css';
import { isTask, planFromCluster, usualModelId, type FirstWorkload } from './plan-from-cluster';

const systems = systemOptions(bundledCatalogue);
const regions = regionOptions(bundledCatalogue);
const nodesField = findQuantityField('cluster', 'nodes');

const firstWorkloads: readonly { readonly value: FirstWorkload; readonly label: string }[] = [
  { value: 'training', label: 'Training job' },
  { value: 'inference', label: 'Inference service' },
  { value: 'image', label: taskWords.image.service },
  { value: 'video', label: taskWords.video.service },
  { value: 'embedding', label: taskWords.embedding.service },
  { value: 'speech', label: taskWords.speech.service },
  { value: 'none', label: 'No workload yet' },
];

/** Door one: the hardware is known. */
export function ClusterDoor() {
  const [systemId, setSystemId] = useState(firstSystemId);
  const [regionId, setRegionId] = useState(firstRegionId);
  const [nodes, setNodes] = useState<Quantity>({ value: 1, origin: 'default' });
  const [workload, setWorkload] = useState<FirstWorkload>('training');
  const [modelId, setModelId] = useState(firstModelId);
  const importedModels = useLibraryImports();
  const models = useMemo(() => modelOptions(catalogueWith(importedModels)), [importedModels]);
  const options = useMemo(
    () => (isTask(workload) ? taskModelOptions(bundledCatalogue, workload) : models),
    [workload, models],
  );
  const system = systemById(bundledCatalogue, systemId);
  const accelerators = nodes.value * (system?.acceleratorsPerNode.value ?? 0);

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        const choice = { systemId, regionId, nodes, workload, modelId, importedModels };
        const plan = planFromCluster(choice);
        void createPlanAndOpen(plan);
      }}
    >
      <CatalogueSelect
        field="new-systemId"
        label="System"
        options={systems}
        value={systemId}
        onChoose={setSystemId}
      />
      <div className={classes.columns}>
        {nodesField && (
          <FormQuantity
            field={nodesField}
            value={nodes}
            whyInvalid={(read) => whyOutOfBounds('cluster', nodesField, read)}
            onChange={setNodes}
          />
        )}
        <CatalogueSelect
          field="new-regionId"
          label="Region"
          options={regions}
          value={regionId}
          onChoose={setRegionId}
        />
      </div>
      <Select
        label="First workload"
        data={firstWorkloads}
        value={workload}
        allowDeselect={false}
        onChange={(value) => {
          const chosen = firstWorkloads.find((option) => option.value === value)?.value;
          if (chosen === undefined) return;
          setWorkload(chosen);
          setModelId(usualModelId(chosen));
        }}
      />
      {workload !== 'none' && (
        <CatalogueSelect
          field="new-modelId"
          label="Model"
          options={options}
          value={modelId}
          onChoose={setModelId}
        />
      )}
      <div className={classes.foot}>
        <Text size="xs" c="dimmed" mr="auto" role="status">
          {accelerators.toLocaleString('en')} accelerators
        </Text>
        <Button type="submit">Create plan</Button>
      </div>
    </form>
  );
}
