import { Textarea } from '@mantine/core';
import type { Plan } from '@engine/plan';
import { renamePlan, setNotes } from '../../document/commands/naming';
import { planDocument } from '../../document/document';
import { fieldId } from '../../document/fields/field-id';
import { FieldGroup } from './FieldGroup';
import { FleetInspector } from './FleetInspector';
import { NameField } from './NameField';

interface PlanInspectorProps {
  readonly plan: Plan;
}

export function PlanInspector({ plan }: PlanInspectorProps) {
  return (
    <>
      <FieldGroup title="Plan">
        <NameField
          name={plan.name}
          onRename={(name) => planDocument.perform(renamePlan, { name })}
        />
      </FieldGroup>
      <FleetInspector plan={plan} />
      <FieldGroup title="Notes">
        <Textarea
          id={fieldId('notes')}
          aria-label="Notes"
          placeholder="Assumptions, open questions, sources"
          value={plan.notes}
          maxLength={100_000}
          autosize
          minRows={6}
          onChange={(event) => planDocument.perform(setNotes, { notes: event.currentTarget.value })}
        />
      </FieldGroup>
    </>
  );
}
