import { Select } from '@mantine/core';
import type { Cluster, Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { moveCluster, setSystem } from '../../document/commands/choice';
import { renamePart } from '../../document/commands/naming';
import { planDocument } from '../../document/document';
import { systemOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { fieldId } from '../../document/fields/field-id';
import { freshCluster } from '../../document/new-parts';
import { FabricChoice } from './FabricChoice';
import { FieldGroup } from './FieldGroup';
import { NameField } from './NameField';
import { QuantityGroups } from './QuantityGroups';

interface ClusterInspectorProps {
  readonly plan: Plan;
  readonly cluster: Cluster;
}

const systems = systemOptions(bundledCatalogue);

export function ClusterInspector({ plan, cluster }: ClusterInspectorProps) {
  const partId = cluster.id;
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
              fresh: freshCluster({ ...cluster, systemId }),
              formerName: freshCluster(cluster).name,
              systemName: bundledCatalogue.systems.get(systemId)?.name ?? systemId,
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
      </FieldGroup>
      <FabricChoice cluster={cluster} />
      <QuantityGroups part={{ kind: 'cluster', part: cluster }} />
    </>
  );
}
