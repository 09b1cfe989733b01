import { Button, Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Catalogue, RentalTerm } from '@engine/catalogue/types';
import type { Cluster, Plan, Quantity } from '@engine/plan';
import { systemById } from '@engine/sizing/stand-in-system';
import { defaultRent } from '@shared/plan/defaults';
import { moveCluster, setRentTerm, setSystem } from '../../document/commands/choice';
import { setInServiceOn } from '../../document/commands/time-and-place';
import { spreadCluster, whyNotSpread } from '../../document/commands/spread-cluster';
import { renamePart } from '../../document/commands/naming';
import { planDocument, usePlanCatalogue } from '../../document/document';
import { systemOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { fieldId } from '../../document/fields/field-id';
import { freshCluster } from '../../document/new-parts';
import { DateInput } from '../../document/fields/DateInput';
import { FabricChoice } from './FabricChoice';
import { FieldGroup } from './FieldGroup';
import { NameField } from './NameField';
import { QuantityGroups } from './QuantityGroups';

interface ClusterInspectorProps {
  readonly plan: Plan;
  readonly cluster: Cluster;
}

const rentTerms = [
  'on demand',
  'reserved 1 year',
  'reserved 3 years',
  'capacity block',
  'spot',
] as const satisfies readonly RentalTerm[];

/** The market's rent under a contract; null where nobody quotes one, so that the present rent stays. */
function usualRent({ systemId }: Cluster, term: RentalTerm, catalogue: Catalogue): Quantity | null {
  const system = systemById(catalogue, systemId);
  if (system === undefined) return null;
  const rent = defaultRent(catalogue, system.acceleratorId, term);
  return rent.value > 0 ? rent : null;
}

export function ClusterInspector({ plan, cluster }: ClusterInspectorProps) {
  const partId = cluster.id;
  const catalogue = usePlanCatalogue();
  const systems = useMemo(() => systemOptions(catalogue), [catalogue]);
  return (
    <>
      <FieldGroup title="Cluster">
        <NameField
          name={cluster.name}
          onRename={(name) => planDocument.perform(renamePart, { partId, name })}
        />
        <CatalogueSelect
          field="systemId"
          label="System"
          options={systems}
          value={cluster.systemId}
          onChoose={(systemId) =>
            planDocument.perform(setSystem, {
              fresh: freshCluster({ ...cluster, systemId }, catalogue),
              formerName: freshCluster(cluster, catalogue).name,
              systemName: systemById(catalogue, systemId)?.name ?? systemId,
            })
          }
        />
        {plan.sites.length > 1 && (
          <Select
            id={fieldId('siteId')}
            label="Site"
            data={plan.sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={cluster.siteId}
            allowDeselect={false}
            onChange={(siteId) => {
              if (siteId !== null) planDocument.perform(moveCluster, { partId, siteId });
            }}
          />
        )}
        {whyNotSpread(plan, cluster) === null && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => planDocument.perform(spreadCluster, { partId })}
          >
            {`Spread over ${plan.sites.length} sites`}
          </Button>
        )}
      </FieldGroup>
      <FabricChoice cluster={cluster} />
      <FieldGroup title="Contract">
        <Select
          id={fieldId('rentTerm')}
          label="Rental contract"
          description="Reserved capacity is paid for when it is idle, too."
          data={rentTerms}
          value={cluster.rentTerm ?? 'on demand'}
          allowDeselect={false}
          onChange={(chosen) => {
            const term = rentTerms.find((known) => known === chosen);
            if (term !== undefined) {
              planDocument.perform(setRentTerm, {
                partId,
                term,
                rent: usualRent(cluster, term, catalogue),
              });
            }
          }}
        />
      </FieldGroup>
      <FieldGroup title="Date">
        <DateInput
          id={fieldId('inServiceOn')}
          label="In service on"
          description="Empty: as soon as it can be had."
          date={cluster.inServiceOn ?? null}
          onCommit={(date) => planDocument.perform(setInServiceOn, { partId, date })}
        />
      </FieldGroup>
      <QuantityGroups part={{ kind: 'cluster', part: cluster }} />
    </>
  );
}
