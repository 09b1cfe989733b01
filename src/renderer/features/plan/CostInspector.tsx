import { SegmentedControl } from '@mantine/core';
import type { CostAssumptions } from '@engine/plan';
import { setAcquisition } from '../../document/commands/choice';
import { planDocument } from '../../document/document';
import { FieldGroup } from './FieldGroup';
import { QuantityGroups } from './QuantityGroups';

interface CostInspectorProps {
  readonly costs: CostAssumptions;
}

export function CostInspector({ costs }: CostInspectorProps) {
  return (
    <>
      <FieldGroup title="Acquisition">
        <SegmentedControl
          aria-label="Rent or buy"
          fullWidth
          data={[
            { value: 'rent', label: 'Rent' },
            { value: 'buy', label: 'Buy' },
          ]}
          value={costs.acquisition}
          onChange={(chosen) =>
            planDocument.perform(setAcquisition, {
              acquisition: chosen === 'buy' ? 'buy' : 'rent',
            })
          }
        />
      </FieldGroup>
      <QuantityGroups part={{ kind: 'costs', part: costs }} />
    </>
  );
}
