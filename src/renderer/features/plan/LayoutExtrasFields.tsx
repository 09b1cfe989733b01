import { Checkbox, NumberInput, Select } from '@mantine/core';
import type { LayoutExtras, TrainingLayout } from '@engine/plan';
import {
  exchangeNames,
  momentNames,
  optimizerNames,
  scheduleNames,
  softwareNames,
} from '@shared/plan/layout-words';
import { memo } from 'react';
import { setLayoutExtra } from '../../document/commands/layout-extras';
import { planDocument } from '../../document/document';
import { fieldId } from '../../document/fields/field-id';
import { extraLabels, extraLimits, extraNumbers } from '../../document/layout-extra-fields';
import { FieldGroup } from './FieldGroup';
import classes from './inspector.module.css';

interface LayoutExtrasProps {
  readonly partId: string;
  readonly layout: TrainingLayout;
}

/** What may live in the memory of the host. */
const offloads = ['offloadsOptimizer', 'offloadsWeights'] as const;

/** What a layout may have beyond its degrees; an empty field is the usual. */
function LayoutExtrasGroup({ partId, layout }: LayoutExtrasProps) {
  const set = (extra: LayoutExtras): void => {
    planDocument.perform(setLayoutExtra, { partId, extra });
  };
  return (
    <FieldGroup title="Further layout choices">
      <ExtraSelect
        field="schedule"
        names={scheduleNames}
        value={layout.schedule}
        onChange={(schedule) => set({ schedule: schedule === '1f1b' ? undefined : schedule })}
      />
      <ExtraSelect
        field="contextExchange"
        names={exchangeNames}
        value={layout.contextExchange}
        onChange={(chosen) =>
          set({ contextExchange: chosen === 'all-gather' ? undefined : chosen })
        }
      />
      <ExtraSelect
        field="optimizer"
        names={optimizerNames}
        value={layout.optimizer}
        onChange={(chosen) => set({ optimizer: chosen === 'adamw' ? undefined : chosen })}
      />
      <ExtraSelect
        field="momentPrecision"
        names={momentNames}
        value={layout.momentPrecision}
        onChange={(chosen) => set({ momentPrecision: chosen === '32-bit' ? undefined : chosen })}
      />
      <ExtraSelect
        field="software"
        names={softwareNames}
        value={layout.software}
        onChange={(chosen) => set({ software: chosen === 'usual' ? undefined : chosen })}
      />
      <div className={classes.pair}>
        {extraNumbers.map(({ key, placeholder, help }) => (
          <NumberInput
            key={key}
            id={fieldId(`layout.${key}`)}
            label={extraLabels[key]}
            title={help}
            placeholder={placeholder}
            min={extraLimits[key]?.least ?? 0}
            max={extraLimits[key]?.most ?? 1e9}
            step={extraLimits[key]?.hasParts ? 0.25 : 1}
            allowDecimal={extraLimits[key]?.hasParts ?? false}
            allowNegative={false}
            value={layout[key] ?? ''}
            onChange={(value) => set({ [key]: typeof value === 'number' ? value : undefined })}
          />
        ))}
      </div>
      {offloads.map((key) => (
        <Checkbox
          key={key}
          id={fieldId(`layout.${key}`)}
          label={extraLabels[key]}
          checked={layout[key] ?? false}
          onChange={({ currentTarget }) => set({ [key]: currentTarget.checked || undefined })}
        />
      ))}
    </FieldGroup>
  );
}

interface ExtraSelectProps<Value extends string> {
  readonly field: keyof LayoutExtras;
  readonly names: readonly (readonly [Value, string])[];
  readonly value: string | undefined;
  readonly onChange: (value: Value) => void;
}

function ExtraSelect<Value extends string>(props: ExtraSelectProps<Value>) {
  const { field, names, value, onChange } = props;
  return (
    <Select
      id={fieldId(`layout.${field}`)}
      label={extraLabels[field]}
      data={names.map(([name, label]) => ({ value: name, label }))}
      value={value ?? names[0]?.[0] ?? null}
      allowDeselect={false}
      onChange={(chosen) => {
        const found = names.find(([name]) => name === chosen);
        if (found) onChange(found[0]);
      }}
    />
  );
}

/** Drawn again only for another layout. */
export const LayoutExtrasFields = memo(
  LayoutExtrasGroup,
  (before, after) => before.partId === after.partId && before.layout === after.layout,
);
