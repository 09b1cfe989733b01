import { Select } from '@mantine/core';
import { acquisitionLabels, acquisitions } from '@engine/cost/options';
import type { CostAssumptions } from '@engine/plan';
import { setAcquisition } from '../../document/commands/choice';
import { planDocument } from '../../document/document';
import { fieldId } from '../../document/fields/field-id';
import { CurrencyFields } from './CurrencyFields';
import { FieldGroup } from './FieldGroup';
import { QuantityGroups } from './QuantityGroups';

interface CostInspectorProps {
  readonly costs: CostAssumptions;
}

const ways = acquisitions.map((value) => ({ value, label: acquisitionLabels[value] }));

export function CostInspector({ costs }: CostInspectorProps) {
  return (
    <>
      <FieldGroup title="Acquisition">
        <Select
          id={fieldId('acquisition')}
          label="The plan’s total is"
          data={ways}
          value={costs.acquisition}
          allowDeselect={false}
          onChange={(chosen) => {
            const acquisition = acquisitions.find((known) => known === chosen);
            if (acquisition !== undefined) planDocument.perform(setAcquisition, { acquisition });
          }}
        />
      </FieldGroup>
      <QuantityGroups part={{ kind: 'costs', part: costs }} />
      <CurrencyFields currency={costs.currency ?? null} />
    </>
  );
}
