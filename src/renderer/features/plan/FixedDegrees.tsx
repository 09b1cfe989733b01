import { NumberInput, Select } from '@mantine/core';
import type { Recompute, ZeroStage } from '@engine/plan';
import { fixedChoice, fixedCount, type FixedAxis } from './fixed-degrees';
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

/** What the search is not free to choose: an empty field leaves all values open. */
export function FixedDegrees() {
  const fixed = useLayoutSearch(({ choice }) => choice.fixed);
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
      </div>
    </details>
  );
}
