import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { IconRotate } from '@tabler/icons-react';
import { memo } from 'react';
import type { Quantity } from '@engine/plan';
import { describeQuantityText } from '@shared/quantity-text/echo';
import type { QuantityRead } from '@shared/quantity-text/parse';
import { inputUnits } from '@shared/quantity-text/unit';
import type { QuantityField } from '../quantity-fields';
import { besideUnit } from '../quantity-field';
import { fieldId } from './field-id';
import classes from './fields.module.css';
import { OriginChip } from './OriginChip';
import { useQuantityDraft } from './quantity-draft';

interface QuantityInputProps {
  readonly field: QuantityField;
  readonly quantity: Quantity | null;
  /** why a value cannot stand here, in one sentence; null when it can */
  readonly whyInvalid: (read: QuantityRead) => string | null;
  readonly onCommit: (read: QuantityRead) => void;
  readonly onClear?: () => void;
  /** Enter was pressed or the field was left */
  readonly onSettle?: () => void;
  /** shown as a button where the value is not the default */
  readonly reset?: { readonly hint: string; readonly perform: () => void };
}

function QuantityFieldInput(props: QuantityInputProps) {
  const { field, quantity, whyInvalid, onCommit, onClear, onSettle, reset } = props;
  const draft = useQuantityDraft({
    field,
    quantity,
    whyInvalid,
    onCommit,
    onClear: onClear ?? null,
    onSettle: onSettle ?? null,
  });
  const id = fieldId(field.key);
  const { symbol } = inputUnits[field.unit];
  const echo =
    draft.understood?.kind === 'read'
      ? `= ${describeQuantityText(draft.understood.read, field.unit)}`
      : null;
  const error = draft.understood?.kind === 'refused' ? draft.understood.message : null;

  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id} title={field.help}>
        {field.label}
      </label>
      <TextInput
        className={classes.input}
        id={id}
        value={draft.text}
        error={error}
        placeholder={besideUnit(field.emptyMeans, symbol)}
        title={quantity === null ? (field.emptyMeans ?? undefined) : undefined}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        rightSection={symbol && <span className={classes.unit}>{symbol}</span>}
        rightSectionWidth={symbol === '' ? undefined : `calc(${symbol.length}ch + 16px)`}
        rightSectionPointerEvents="none"
        onChange={(event) => draft.type(event.currentTarget.value)}
        onBlur={() => draft.settle()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') draft.settle();
          if (event.key === 'Escape') draft.abandon();
        }}
      />
      <span className={classes.side}>
        {echo === null ? (
          quantity && <OriginChip label={field.label} quantity={quantity} />
        ) : (
          <output className={classes.echo} htmlFor={id}>
            {echo}
          </output>
        )}
        {reset && echo === null && quantity !== null && quantity.origin !== 'default' && (
          <Tooltip label={reset.hint}>
            <ActionIcon
              size={18}
              aria-label={`Reset ${field.label.toLowerCase()} to default`}
              onClick={reset.perform}
            >
              <IconRotate size="0.8125rem" stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    </div>
  );
}

/**
 * A number as people write it, with its unit, what was understood, who chose it, and the way back to the default.
 * Drawn again only for another quantity or default: what the callbacks do never changes while the field is there.
 */
export const QuantityInput = memo(
  QuantityFieldInput,
  (before, after) =>
    before.field.key === after.field.key &&
    before.quantity === after.quantity &&
    before.reset?.hint === after.reset?.hint,
);
