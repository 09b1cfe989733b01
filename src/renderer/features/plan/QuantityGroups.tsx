import { memo } from 'react';
import { clearQuantity, resetQuantity, setQuantity } from '../../document/commands/quantity';
import { defaultQuantity } from '../../document/new-parts';
import { planDocument, usePlanCatalogue } from '../../document/document';
import { QuantityInput } from '../../document/fields/QuantityInput';
import { whyOutOfBounds } from '../../document/limits';
import { shownQuantity } from '../../document/quantity-field';
import { quantityFields, type QuantityField } from '../../document/quantity-fields';
import { costsId, quantityAt, timelineId, type Part } from '../../document/subject';
import { writeQuantityText } from '@shared/quantity-text/write';
import { inputUnits } from '@shared/quantity-text/unit';
import { FieldGroup } from './FieldGroup';

interface QuantityGroupsProps {
  readonly part: Part;
  /** groups to show, in this order; all of them when left out */
  readonly groups?: readonly string[];
}

/** The numeric inputs of a part, in their groups. */
export function QuantityGroups({ part, groups }: QuantityGroupsProps) {
  const fields: readonly QuantityField[] = quantityFields[part.kind];
  const names = groups ?? [...new Set(fields.map((field) => field.group))];
  return names.map((name) => (
    <FieldGroup key={name} title={name}>
      {fields
        .filter((field) => field.group === name)
        .map((field) => (
          <MemoisedQuantity key={field.key} part={part} field={field} />
        ))}
    </FieldGroup>
  ));
}

interface PartQuantityProps {
  readonly part: Part;
  readonly field: QuantityField;
}

function PartQuantity({ part, field }: PartQuantityProps) {
  const target = { partId: partIdOf(part), field: field.key };
  const fallback = defaultQuantity(part, field.key, usePlanCatalogue());
  const { symbol } = inputUnits[field.unit];
  const resetText =
    fallback === null || field.isComputed
      ? (field.emptyMeans ?? '')
      : `${writeQuantityText(fallback, field.unit)} ${symbol}`.trim();

  return (
    <QuantityInput
      field={field}
      quantity={shownQuantity(field, quantityAt(part, field.key))}
      whyInvalid={(read) => whyOutOfBounds(part.kind, field, read)}
      onCommit={(read) => planDocument.perform(setQuantity, { ...target, read })}
      onSettle={() => planDocument.endTyping()}
      {...(field.emptyMeans === null
        ? {}
        : {
            onClear: () =>
              field.isComputed
                ? planDocument.perform(resetQuantity, { ...target, fallback })
                : planDocument.perform(clearQuantity, target),
          })}
      reset={{
        hint: `Reset to default: ${resetText}`,
        perform: () => planDocument.perform(resetQuantity, { ...target, fallback }),
      }}
    />
  );
}

/** What a field's default follows from, beside the catalogue. */
function choiceOf({ kind, part }: Part): string | null {
  switch (kind) {
    case 'site':
      return part.regionId;
    case 'cluster':
      return part.systemId;
    case 'training':
    case 'inference':
    case 'task':
      return part.modelId;
    case 'costs':
    case 'timeline':
      return null;
  }
}

function partIdOf(found: Part): string {
  if (found.kind === 'costs') return costsId;
  return found.kind === 'timeline' ? timelineId : found.part.id;
}

/** An edit changes one field: the others are not drawn again, which measured a fifth less time to the new numbers. */
const MemoisedQuantity = memo(
  PartQuantity,
  (before, after) =>
    before.field === after.field &&
    partIdOf(before.part) === partIdOf(after.part) &&
    choiceOf(before.part) === choiceOf(after.part) &&
    quantityAt(before.part, before.field.key) === quantityAt(after.part, after.field.key),
);
