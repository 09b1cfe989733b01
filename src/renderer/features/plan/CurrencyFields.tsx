import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DisplayCurrency } from '@engine/plan';
import { setCurrency } from '../../document/commands/choice';
import { planDocument } from '../../document/document';
import { DateInput } from '../../document/fields/DateInput';
import { FieldGroup } from './FieldGroup';

interface CurrencyFieldsProps {
  readonly currency: DisplayCurrency | null;
}

/** A further currency with the rate and its date, both entered by hand: nothing is converted silently. */
export function CurrencyFields({ currency }: CurrencyFieldsProps) {
  const [code, setCode] = useState(currency?.code ?? '');
  const [rate, setRate] = useState(currency === null ? '' : String(currency.perUsd));
  const [date, setDate] = useState(currency?.date ?? '');
  const perUsd = Number(rate);
  const isComplete =
    /^[A-Z]{3}$/.test(code) && perUsd > 0 && perUsd <= 1e9 && /^\d{4}-\d{2}-\d{2}$/.test(date);
  return (
    <FieldGroup title="Currency">
      <TextInput
        label="Further currency"
        description="Amounts are stored in US dollars; the total is shown in this one too."
        placeholder="EUR"
        value={code}
        maxLength={3}
        onChange={(event) => setCode(event.currentTarget.value.toUpperCase())}
      />
      <TextInput
        label="Units for one US dollar"
        inputMode="decimal"
        value={rate}
        onChange={(event) => setRate(event.currentTarget.value)}
      />
      <DateInput
        label="Date of the rate"
        date={date === '' ? null : date}
        onCommit={(day) => setDate(day ?? '')}
      />
      <Button
        variant="default"
        disabled={!isComplete}
        onClick={() => planDocument.perform(setCurrency, { currency: { code, perUsd, date } })}
      >
        Show in this currency
      </Button>
      {currency !== null && (
        <Button
          variant="subtle"
          onClick={() => planDocument.perform(setCurrency, { currency: null })}
        >
          US dollars alone
        </Button>
      )}
    </FieldGroup>
  );
}
