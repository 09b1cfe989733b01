import type { Site } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { setRegion } from '../../document/commands/choice';
import { renamePart } from '../../document/commands/naming';
import { planDocument } from '../../document/document';
import { regionOptions } from '../../document/fields/catalogue-options';
import { CatalogueSelect } from '../../document/fields/CatalogueSelect';
import { freshSite } from '../../document/new-parts';
import { FieldGroup } from './FieldGroup';
import { NameField } from './NameField';
import { QuantityGroups } from './QuantityGroups';

interface SiteInspectorProps {
  readonly site: Site;
}

const regions = regionOptions(bundledCatalogue);

export function SiteInspector({ site }: SiteInspectorProps) {
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
              fresh: freshSite({ ...site, regionId }),
              formerName: freshSite(site).name,
              regionName: bundledCatalogue.regions.get(regionId)?.name ?? regionId,
            })
          }
        />
      </FieldGroup>
      <QuantityGroups part={{ kind: 'site', part: site }} />
    </>
  );
}
