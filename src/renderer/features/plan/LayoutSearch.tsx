import { Button, NumberInput, Progress, Select } from '@mantine/core';
import type { RankedLayout } from '@engine/search/layout-question';
import type { Objective } from '@engine/search/objective';
import { memo, useCallback, useEffect } from 'react';
import { planDocument } from '../../document/document';
import { applyLayout } from '../../document/commands/layout';
import { LayoutRanking, WhyNot } from '../../report/section/LayoutRanking';
import { FixedDegrees } from './FixedDegrees';
import {
  cancelSearch,
  chooseSearch,
  prepareSearch,
  startSearch,
  useIsStale,
  useLayoutSearch,
} from './layout-search-store';
import classes from './search.module.css';

interface LayoutSearchProps {
  readonly workloadId: string;
}

const objectives: readonly { readonly value: Objective; readonly label: string }[] = [
  { value: 'fastest', label: 'Fastest' },
  { value: 'cheapest', label: 'Cheapest' },
  { value: 'fewest', label: 'Fewest accelerators' },
  { value: 'leastEnergy', label: 'Least energy' },
];

/**
 * Searches every layout of a training job while the user watches; a found layout is applied as one step. An edit of the plan
 * draws it again only where it makes the ranking stale.
 */
export const LayoutSearch = memo(function LayoutSearch({ workloadId }: LayoutSearchProps) {
  const { phase, message, request, result, choice } = useLayoutSearch();
  useEffect(() => prepareSearch(workloadId, choice), [workloadId, choice]);
  const isRunning = phase === 'running';
  const isStale = useIsStale(workloadId);
  const wanted = request?.question.accelerators;
  const action = useCallback(
    ({ layout, accelerators }: RankedLayout) =>
      accelerators === wanted && (
        <Button
          size="compact-xs"
          variant="default"
          disabled={isStale}
          onClick={() => planDocument.perform(applyLayout, { partId: workloadId, layout })}
        >
          Apply
        </Button>
      ),
    [wanted, isStale, workloadId],
  );
  return (
    <section className={classes.search} aria-label="Layout search">
      <h3 className={classes.title}>Search for a better layout</h3>
      <SearchChoices />
      <FixedDegrees />
      <div className={classes.row}>
        {/* Not disabled while it runs: a disabled button would lose the focus of whoever pressed it. */}
        <Button
          size="compact-md"
          data-disabled={isRunning}
          aria-disabled={isRunning}
          onClick={() => {
            if (!isRunning) startSearch(workloadId);
          }}
        >
          Search layouts
        </Button>
        {isRunning && (
          <Button size="compact-md" variant="default" onClick={cancelSearch}>
            Cancel search
          </Button>
        )}
        {isRunning && (
          <Progress
            className={classes.progress}
            value={100 * (result?.progress ?? 0)}
            aria-label="Share of the layouts searched"
          />
        )}
        <span role="status" className={classes.quiet}>
          {statusText(phase, message, result?.evaluated ?? 0, result?.pruned ?? 0)}
        </span>
      </div>
      {isStale && (
        <p role="note" className={classes.stale}>
          The plan or the choices have changed since this search. Search again for current layouts.
        </p>
      )}
      {request && result && (
        <div className={classes.results} data-stale={isStale || undefined}>
          <LayoutRanking request={request} result={result} action={action} />
          {!isRunning && <WhyNot result={result} />}
        </div>
      )}
    </section>
  );
});

const SearchChoices = memo(function SearchChoices() {
  const choice = useLayoutSearch((state) => state.choice);
  const optional = (value: string | number): number | null =>
    typeof value === 'number' && value > 0 ? value : null;
  return (
    <div className={classes.fields}>
      <Select
        label="Objective"
        size="xs"
        allowDeselect={false}
        data={objectives}
        value={choice.objective}
        onChange={(value) => {
          const found = objectives.find((objective) => objective.value === value);
          if (found) chooseSearch({ objective: found.value });
        }}
      />
      <NumberInput
        label="Memory kept free"
        size="xs"
        suffix=" %"
        min={0}
        max={90}
        value={Math.round(100 * choice.memoryHeadroom)}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 0 && value <= 90) {
            chooseSearch({ memoryHeadroom: value / 100 });
          }
        }}
      />
      <NumberInput
        label="At most days"
        size="xs"
        min={0}
        placeholder="No limit"
        value={choice.mostDays ?? ''}
        onChange={(value) => chooseSearch({ mostDays: optional(value) })}
      />
      <NumberInput
        label="At most USD"
        size="xs"
        min={0}
        thousandSeparator=","
        placeholder="No limit"
        value={choice.mostUsd ?? ''}
        onChange={(value) => chooseSearch({ mostUsd: optional(value) })}
      />
    </div>
  );
});

const count = new Intl.NumberFormat('en');

function statusText(phase: string, message: string, evaluated: number, pruned: number): string {
  const counts = `${count.format(evaluated + pruned)} layouts, ${count.format(pruned)} of them proven worse without computing them`;
  switch (phase) {
    case 'running':
      return `Searching: ${counts}.`;
    case 'done':
      return `Complete: ${counts}.`;
    case 'cancelled':
      return `Cancelled after ${counts}. What was found so far is shown.`;
    case 'failed':
      return message;
    default:
      return '';
  }
}
