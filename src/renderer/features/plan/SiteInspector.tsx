import { useMemo } from 'react';
import type { Site } from '@engine/plan';
import { Select } from '@mantine/core';
import { setRegion } from '../../document/commands/choice';
import { renamePart } from '../../document/commands/naming';
import { setPowerRedundancy } from '../../document/commands/time-and-place';
import { planDocument, usePlanCatalogue } from '../../document/document';
import { regionOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { freshSite } from '../../document/new-parts';
import { fieldId } from '../../document/fields/field-id';
import { FieldGroup } from './FieldGroup';
import { NameField } from './NameField';
import { QuantityGroups } from './QuantityGroups';

interface SiteInspectorProps {
  readonly site: Site;
}

const redundancies = [
  { value: 'N', label: 'N: what the load needs' },
  { value: 'N+1', label: 'N+1: one spare unit' },
  { value: '2N', label: '2N: a second complete path' },
] as const;

export function SiteInspector({ site }: SiteInspectorProps) {
  const catalogue = usePlanCatalogue();
  const regions = useMemo(() => regionOptions(catalogue), [catalogue]);
  return (
    <>
      <FieldGroup title="Site">
        <NameField
          name={site.name}
          onRename={(name) => planDocument.perform(renamePart, { partId: site.id, name })}
        />
        <CatalogueSelect
          field="regionId"
          label="Region"
          options={regions}
          value={site.regionId}
          onChoose={(regionId) =>
            planDocument.perform(setRegion, {
              fresh: freshSite({ ...site, regionId }, catalogue),
              formerName: freshSite(site, catalogue).name,
              regionName: catalogue.regions.get(regionId)?.name ?? regionId,
            })
          }
        />
        <Select
          id={fieldId('powerRedundancy')}
          label="Redundancy of the power chain"
          data={redundancies}
          value={site.powerRedundancy ?? 'N'}
          allowDeselect={false}
          onChange={(chosen) => {
            const redundancy = redundancies.find(({ value }) => value === chosen)?.value;
            if (redundancy !== undefined) {
              planDocument.perform(setPowerRedundancy, { partId: site.id, redundancy });
            }
          }}
        />
      </FieldGroup>
      <QuantityGroups part={{ kind: 'site', part: site }} />
    </>
  );
}
