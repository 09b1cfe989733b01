import { memo } from 'react';
import { Checkbox, NumberInput, Select } from '@mantine/core';
import type { Recompute, ZeroStage } from '@engine/plan';
import { exchangeNames, scheduleNames } from '@shared/plan/layout-words';
import type { SpaceSwitches } from '@engine/search/saving-space';
import { fixedChoice, fixedCount, type FixedAxis, type FixedValue } from './fixed-degrees';
import { chooseSearch, useLayoutSearch } from './layout-search-store';
import classes from './search.module.css';

const degrees: readonly (readonly [FixedAxis, string])[] = [
  ['tensorParallel', 'TP'],
  ['pipelineParallel', 'PP'],
  ['virtualStages', 'Chunks'],
  ['contextParallel', 'CP'],
  ['dataParallel', 'DP'],
  ['expertParallel', 'EP'],
  ['microBatch', 'Micro-batch'],
];

const recomputes: readonly { readonly value: Recompute; readonly label: string }[] = [
  { value: 'none', label: 'None' },
  { value: 'selective', label: 'Selective' },
  { value: 'full', label: 'Full' },
];

const zeroStages: readonly ZeroStage[] = [0, 1, 2, 3];

/** Each multiplies the layouts, so that it is tried on demand. */
const switches: readonly (readonly [keyof SpaceSwitches, string])[] = [
  ['recomputedLayers', 'Try recomputing some layers of a stage'],
  ['hybridSharding', 'Try hybrid sharding (HSDP)'],
  ['offload', 'Try optimizer and activations in host memory'],
];

interface FixedNameProps<Axis extends 'schedule' | 'contextExchange'> {
  readonly axis: Axis;
  readonly label: string;
  readonly names: readonly (readonly [FixedValue<Axis>, string])[];
}

function FixedName<Axis extends 'schedule' | 'contextExchange'>(props: FixedNameProps<Axis>) {
  const { axis, label, names } = props;
  const fixed = useLayoutSearch(({ choice }) => choice.fixed);
  return (
    <Select
      label={label}
      size="xs"
      w={160}
      clearable
      placeholder="Any"
      data={names.map(([value, name]) => ({ value, label: name }))}
      value={fixed[axis]?.[0] ?? null}
      onChange={(chosen) => {
        const value = names.find(([name]) => name === chosen)?.[0] ?? null;
        chooseSearch({ fixed: fixedChoice(fixed, axis, value) });
      }}
    />
  );
}

/** What the search is not free to choose: an empty field leaves all values open. */
export const FixedDegrees = memo(function FixedDegrees() {
  const { fixed, tries } = useLayoutSearch(({ choice }) => choice);
  const count = fixedCount(fixed);
  return (
    <details className={classes.fixed}>
      <summary>{count === 0 ? 'Fix degrees' : `Fix degrees: ${count} fixed`}</summary>
      <div className={classes.row}>
        {degrees.map(([axis, label]) => (
          <NumberInput
            key={axis}
            label={label}
            size="xs"
            w={84}
            min={1}
            allowDecimal={false}
            allowNegative={false}
            placeholder="Any"
            value={fixed[axis]?.[0] ?? ''}
            onChange={(value) =>
              chooseSearch({
                fixed: fixedChoice(fixed, axis, typeof value === 'number' ? value : null),
              })
            }
          />
        ))}
        <Select
          label="Recomputation"
          size="xs"
          w={120}
          clearable
          placeholder="Any"
          data={[...recomputes]}
          value={fixed.recompute?.[0] ?? null}
          onChange={(value) => {
            const found = recomputes.find((one) => one.value === value)?.value ?? null;
            chooseSearch({ fixed: fixedChoice(fixed, 'recompute', found) });
          }}
        />
        <Select
          label="ZeRO"
          size="xs"
          w={84}
          clearable
          placeholder="Any"
          data={zeroStages.map(String)}
          value={fixed.zeroStage?.[0]?.toString() ?? null}
          onChange={(value) => {
            const found = zeroStages.find((stage) => String(stage) === value) ?? null;
            chooseSearch({ fixed: fixedChoice(fixed, 'zeroStage', found) });
          }}
        />
        <FixedName axis="schedule" label="Schedule" names={scheduleNames} />
        <FixedName axis="contextExchange" label="Context exchange" names={exchangeNames} />
      </div>
      <div className={classes.row}>
        {switches.map(([key, label]) => (
          <Checkbox
            key={key}
            size="xs"
            label={label}
            checked={tries[key] ?? false}
            onChange={({ currentTarget }) =>
              chooseSearch({ tries: { ...tries, [key]: currentTarget.checked } })
            }
          />
        ))}
      </div>
    </details>
  );
});
