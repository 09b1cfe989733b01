import { Button, NativeSelect, SegmentedControl, Text } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Precision } from '@engine/catalogue/types';
import type { TaskKind } from '@engine/plan';
import type { RankedBy } from '@engine/sizing/demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { createPlanAndOpen } from '../../app/create-plan';
import {
  modelOptions,
  regionOptions,
  taskModelOptions,
} from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { firstModelId, firstRegionId, firstTaskModelId } from '../../document/new-parts';
import { useLibraryImports } from '../../document/library-imports';
import { catalogueWith } from './brought-model';
import { DemandAnswers } from './DemandAnswers';
import { demandDefaults } from './demand-defaults';
import { demandFields, volumeFields } from './demand-fields';
import {
  demandOf,
  isTaskDemand,
  type Acquisition,
  type DemandKind,
  type DemandValues,
  type VolumeKind,
} from './demand-form';
import { FormQuantity } from './FormQuantity';
import classes from './new-plan.module.css';
import { mostClusters, planFromDemand } from './plan-from-demand';

const regions = regionOptions(bundledCatalogue);

/** What a ranking goes by, and how the plan then gets its accelerators. */
const rankings = {
  rent: { label: 'Cost of renting', acquisition: 'rent', rankedBy: 'cost' },
  buy: { label: 'Cost of buying', acquisition: 'buy', rankedBy: 'cost' },
  power: { label: 'Power', acquisition: 'rent', rankedBy: 'power' },
  accelerators: { label: 'Accelerators', acquisition: 'rent', rankedBy: 'accelerators' },
} as const satisfies Record<
  string,
  { readonly label: string; readonly acquisition: Acquisition; readonly rankedBy: RankedBy }
>;
type Ranking = keyof typeof rankings;

const weightPrecisions = ['bf16', 'fp8', 'fp4'] as const satisfies readonly Precision[];
const widths = [
  { value: 'bf16', label: '16 bits (BF16)' },
  { value: 'fp8', label: '8 bits (FP8)' },
  { value: 'fp4', label: '4 bits (FP4)' },
];

const weightChoices = [{ value: '', label: '8 bits where computed in, else 16' }, ...widths];
const formatChoices = [{ value: '', label: '16 bits, or 8 for fewer nodes' }, ...widths];

const kinds = [
  { value: 'inference', label: 'Serve users' },
  { value: 'training', label: 'Train a model' },
  { value: 'image', label: 'Make images' },
  { value: 'video', label: 'Make videos' },
  { value: 'embedding', label: 'Embed texts' },
  { value: 'speech', label: 'Transcribe speech' },
] as const satisfies readonly { readonly value: DemandKind; readonly label: string }[];

function precisionOf(value: string): Precision | null {
  return weightPrecisions.find((precision) => precision === value) ?? null;
}

/** Models chosen so far: training and serving share theirs, every other task has its own. */
type ChosenModels = Readonly<Partial<Record<TaskKind | 'language', string>>>;

/** Door two: what has to be served or trained is known; the clusters that meet it are ranked as one types. */
export function DemandDoor() {
  const [kind, setKind] = useState<DemandKind>('inference');
  const [chosenModels, setChosenModels] = useState<ChosenModels>({});
  const [regionId, setRegionId] = useState(firstRegionId);
  const [changed, setChanged] = useState<Partial<DemandValues>>({});
  const [volume, setVolume] = useState<VolumeKind>('users');
  const [weightPrecision, setWeightPrecision] = useState<Precision | null>(null);
  const [ranking, setRanking] = useState<Ranking>('rent');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const importedModels = useLibraryImports();
  const catalogue = useMemo(() => catalogueWith(importedModels), [importedModels]);
  const models = useMemo(
    () => (isTaskDemand(kind) ? taskModelOptions(catalogue, kind) : modelOptions(catalogue)),
    [catalogue, kind],
  );
  const sort = isTaskDemand(kind) ? kind : 'language';
  const usualModelId = isTaskDemand(kind) ? firstTaskModelId(kind) : firstModelId;
  const modelId = chosenModels[sort] ?? usualModelId;
  const values = useMemo(
    () => ({ ...demandDefaults(kind, modelId, importedModels), ...changed }),
    [kind, modelId, importedModels, changed],
  );
  const demand = useMemo(
    () => demandOf(kind, modelId, values, volume, weightPrecision),
    [kind, modelId, values, volume, weightPrecision],
  );
  const { acquisition, rankedBy } = rankings[ranking];
  // The search looks at every system: it may lag a keystroke behind, never hold one up.
  const searched = useDeferredValue(demand);
  // A cluster found for another demand is not made into a plan of this one.
  const isStale = searched !== demand;
  const answer = useMemo(
    () => sizeDemand(searched, catalogue, acquisition, rankedBy),
    [searched, catalogue, acquisition, rankedBy],
  );
  const chosen =
    answer.ranked.find(({ systemId }) => systemId === chosenId) ?? answer.ranked[0] ?? null;

  const isTooMany = (chosen?.fabrics ?? 1) > mostClusters;
  const fields = [...(kind === 'inference' ? volumeFields[volume] : []), ...demandFields[kind]];

  return (
    <form
      className={`${classes.form ?? ''} ${classes.room ?? ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!chosen || isStale || isTooMany) return;
        const choice = { demand, volume, values, chosen, regionId, acquisition };
        void createPlanAndOpen(planFromDemand({ ...choice, importedModels }));
      }}
    >
      <SegmentedControl
        aria-label="Kind of demand"
        data={kinds.map((choice) => ({ ...choice }))}
        value={kind}
        onChange={setKind}
      />
      <div className={classes.demand}>
        <div className={classes.form}>
          <CatalogueSelect
            field="new-modelId"
            label="Model"
            options={models}
            value={modelId}
            onChoose={(id) => setChosenModels((before) => ({ ...before, [sort]: id }))}
          />
          {kind === 'inference' && (
            <SegmentedControl
              aria-label="Demand given as"
              size="xs"
              data={[
                { value: 'users', label: 'Users' },
                { value: 'requests', label: 'Requests a day' },
                { value: 'tokens', label: 'Tokens a day' },
              ]}
              value={volume}
              onChange={setVolume}
            />
          )}
          {fields.map(({ key, field, whyInvalid }) => (
            <FormQuantity
              key={key}
              field={field}
              value={values[key]}
              whyInvalid={whyInvalid}
              onChange={(value) => setChanged((before) => ({ ...before, [key]: value }))}
            />
          ))}
          {kind !== 'training' && (
            <NativeSelect
              label={isTaskDemand(kind) ? 'Number format' : 'Weights'}
              data={isTaskDemand(kind) ? formatChoices : weightChoices}
              value={weightPrecision ?? ''}
              onChange={(event) => setWeightPrecision(precisionOf(event.currentTarget.value))}
            />
          )}
          <NativeSelect
            label="Ranked by"
            data={Object.entries(rankings).map(([value, { label }]) => ({ value, label }))}
            value={ranking}
            onChange={(event) => setRanking(event.currentTarget.value as Ranking)}
          />
          <CatalogueSelect
            field="new-regionId"
            label="Region"
            options={regions}
            value={regionId}
            onChoose={setRegionId}
          />
        </div>
        <DemandAnswers
          answer={answer}
          rankedBy={rankedBy}
          chosenId={chosen?.systemId ?? null}
          isStale={isStale}
          onChoose={setChosenId}
        />
      </div>
      <div className={classes.foot}>
        {isTooMany && (
          <Text size="xs" c="dimmed" mr="auto" role="status">
            A plan has at most {mostClusters} clusters of a split demand: ask for a part of it.
          </Text>
        )}
        <Button type="submit" disabled={chosen === null || isStale || isTooMany}>
          {chosen === null ? 'Create plan' : `Create plan with ${chosen.systemName}`}
        </Button>
      </div>
    </form>
  );
}
