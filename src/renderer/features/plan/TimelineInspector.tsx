import type { Timeline } from '@engine/plan';
import { setStartOn } from '../../document/commands/time-and-place';
import { planDocument } from '../../document/document';
import { DateInput } from '../../document/fields/DateInput';
import { fieldId } from '../../document/fields/field-id';
import { FieldGroup } from './FieldGroup';
import { QuantityGroups } from './QuantityGroups';

/** From when the plan counts, how demand grows, and what a delay costs. */
export function TimelineInspector({ timeline }: { readonly timeline: Timeline }) {
  return (
    <>
      <FieldGroup title="Start">
        <DateInput
          id={fieldId('startOn')}
          label="Start"
          description="Everything is ordered on this day. Empty: the date of the catalogue."
          date={timeline.startOn ?? null}
          onCommit={(date) => planDocument.perform(setStartOn, { date })}
        />
      </FieldGroup>
      <QuantityGroups part={{ kind: 'timeline', part: timeline }} />
    </>
  );
}
