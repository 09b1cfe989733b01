import { bundledCatalogue } from '@shared/catalogue/bundled';
import { clearQuantity, resetQuantity, setQuantity } from '../../document/commands/quantity';
import { defaultQuantity } from '../../document/new-parts';
import { planDocument } from '../../document/document';
import { QuantityInput } from '../../document/fields/QuantityInput';
import { whyOutOfBounds } from '../../document/limits';
import { quantityFields, type QuantityField } from '../../document/quantity-fields';
import { costsId, quantityAt, type Part } from '../../document/subject';
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
          <PartQuantity key={field.key} part={part} field={field} />
        ))}
    </FieldGroup>
  ));
}

interface PartQuantityProps {
  readonly part: Part;
  readonly field: QuantityField;
}

function PartQuantity({ part, field }: PartQuantityProps) {
  const target = { partId: part.kind === 'costs' ? costsId : part.part.id, field: field.key };
  const fallback = defaultQuantity(part, field.key, bundledCatalogue);
  const { symbol } = inputUnits[field.unit];
  const resetText =
    fallback === null
      ? (field.emptyMeans ?? '')
      : `${writeQuantityText(fallback, field.unit)} ${symbol}`.trim();

  return (
    <QuantityInput
      field={field}
      quantity={quantityAt(part, field.key) ?? null}
      whyInvalid={(read) => whyOutOfBounds(part.kind, field, read)}
      onCommit={(read) => planDocument.perform(setQuantity, { ...target, read })}
      {...(field.emptyMeans === null
        ? {}
        : { onClear: () => planDocument.perform(clearQuantity, target) })}
      reset={{
        hint: `Reset to default: ${resetText}`,
        perform: () => planDocument.perform(resetQuantity, { ...target, fallback }),
      }}
    />
  );
}
