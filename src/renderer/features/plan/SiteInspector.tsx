import { useMemo } from 'react';
import type { Site } from '@engine/plan';
import { setRegion } from '../../document/commands/choice';
import { renamePart } from '../../document/commands/naming';
import { planDocument, usePlanCatalogue } from '../../document/document';
import { regionOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { freshSite } from '../../document/new-parts';
import { FieldGroup } from './FieldGroup';
import { NameField } from './NameField';
import { QuantityGroups } from './QuantityGroups';

interface SiteInspectorProps {
  readonly site: Site;
}

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
      </FieldGroup>
      <QuantityGroups part={{ kind: 'site', part: site }} />
    </>
  );
}
