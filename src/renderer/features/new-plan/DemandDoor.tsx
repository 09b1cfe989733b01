import { Button, SegmentedControl } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { sizeDemand } from '@engine/search/size-demand';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { createPlanAndOpen } from '../../app/create-plan';
import { modelOptions, regionOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { firstModelId, firstRegionId } from '../../document/new-parts';
import { DemandAnswers } from './DemandAnswers';
import {
  demandFields,
  demandOf,
  type Acquisition,
  type DemandKind,
  type DemandValues,
} from './demand-form';
import { FormQuantity } from './FormQuantity';
import classes from './new-plan.module.css';
import { demandDefaults, planFromDemand } from './plan-from-demand';

const models = modelOptions(bundledCatalogue);
const regions = regionOptions(bundledCatalogue);

/** Door two: what has to be served or trained is known; the clusters that meet it are ranked as one types. */
export function DemandDoor() {
  const [kind, setKind] = useState<DemandKind>('inference');
  const [modelId, setModelId] = useState(firstModelId);
  const [regionId, setRegionId] = useState(firstRegionId);
  const [changed, setChanged] = useState<Partial<DemandValues>>({});
  const [acquisition, setAcquisition] = useState<Acquisition>('rent');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const values = useMemo(() => ({ ...demandDefaults(modelId), ...changed }), [modelId, changed]);
  const demand = useMemo(() => demandOf(kind, modelId, values), [kind, modelId, values]);
  // The search looks at every system: it may lag a keystroke behind, never hold one up.
  const searched = useDeferredValue(demand);
  const answer = useMemo(
    () => sizeDemand(searched, bundledCatalogue, acquisition),
    [searched, acquisition],
  );
  const chosen =
    answer.ranked.find(({ systemId }) => systemId === chosenId) ?? answer.ranked[0] ?? null;

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!chosen) return;
        const choice = { demand, values, chosen, regionId, acquisition };
        void createPlanAndOpen(planFromDemand(choice));
      }}
    >
      <div className={classes.demand}>
        <div className={classes.form}>
          <SegmentedControl
            aria-label="Kind of demand"
            data={[
              { value: 'inference', label: 'Serve users' },
              { value: 'training', label: 'Train a model' },
            ]}
            value={kind}
            onChange={setKind}
          />
          <CatalogueSelect
            field="new-modelId"
            label="Model"
            options={models}
            value={modelId}
            onChoose={setModelId}
          />
          {demandFields[kind].map(({ key, field, whyInvalid }) => (
            <FormQuantity
              key={key}
              field={field}
              value={values[key]}
              whyInvalid={whyInvalid}
              onChange={(value) => setChanged((before) => ({ ...before, [key]: value }))}
            />
          ))}
          <SegmentedControl
            aria-label="Rank by the cost of"
            data={[
              { value: 'rent', label: 'Renting' },
              { value: 'buy', label: 'Buying' },
            ]}
            value={acquisition}
            onChange={setAcquisition}
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
          chosenId={chosen?.systemId ?? null}
          isStale={searched !== demand}
          onChoose={setChosenId}
        />
      </div>
      <div className={classes.foot}>
        <Button type="submit" disabled={chosen === null}>
          {chosen === null ? 'Create plan' : `Create plan with ${chosen.systemName}`}
        </Button>
      </div>
    </form>
  );
}
