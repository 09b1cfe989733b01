import { readableFront } from '@engine/search/front';
import type { RankedLayout } from '@engine/search/layout-question';
import { daysOf, usdOf } from '@engine/search/objective';
import type { SearchRequest, SearchResult } from '@engine/search/search-layouts';
import { formatValue } from '@shared/format/value';
import { exchangeNames, scheduleNames } from '@shared/plan/layout-words';
import { numberCell, type NumberCell } from '@shared/table/cell';
import { memo, type ReactNode } from 'react';
import { DataTable } from '../chart/DataTable';
import classes from './launch.module.css';

interface LayoutRankingProps {
  readonly request: SearchRequest;
  readonly result: SearchResult;
  /** what stands at the end of a row, such as a button that applies the layout */
  readonly action?: (ranked: RankedLayout) => ReactNode;
  readonly top?: number;
}

const columns = ['Layout', 'Step', 'Run', 'Cost', 'Memory', 'Alike'];

/** The best layouts of a search. */
export const LayoutRanking = memo(function LayoutRanking(props: LayoutRankingProps) {
  const { request, result, action, top = 10 } = props;
  if (result.best.length === 0) return <p className={classes.quiet}>{nothing(result)}</p>;
  const shown = result.best.slice(0, top);
  return (
    <>
      <p className={classes.quiet}>
        One row for each choice of TP, PP, EP, schedule, recomputation and ZeRO. Alike: further
        layouts of the choice within 1 % of its step time.
      </p>
      <DataTable
        caption="Best layouts"
        columns={columns.map((title, index) => ({ key: title, title, isNumber: index > 0 }))}
        rows={shown.map((ranked) => [layoutWords(ranked), ...numbers(request, ranked)])}
        {...(action === undefined
          ? {}
          : {
              action: {
                title: 'Use',
                of: (row) => {
                  const ranked = shown[row];
                  return ranked && action(ranked);
                },
              },
            })}
      />
    </>
  );
});

function nothing({ leastMemory, evaluated, feasible }: SearchResult): string {
  if (evaluated === 0) return 'No layout divides the accelerators and the batch.';
  if (leastMemory === null && feasible === 0) {
    return 'No layout fits: what goes to the hosts is more than their memory.';
  }
  return leastMemory === null
    ? 'No layout keeps the date and the budget.'
    : `No layout fits: the smallest needs ${Math.round(leastMemory.memoryBytes / 1e9)} GB per accelerator.`;
}

function numbers(request: SearchRequest, ranked: RankedLayout): NumberCell[] {
  const { run, sizes } = request.options;
  const size = sizes?.find(({ accelerators }) => accelerators === ranked.accelerators);
  const usd = run && size ? usdOf(run, size, ranked.stepSeconds) : null;
  return [
    numberCell(ranked.stepSeconds, 's'),
    numberCell(run ? daysOf(run, ranked.stepSeconds) : null, 'days'),
    numberCell(usd, 'USD'),
    numberCell(ranked.memoryBytes / 1e9, 'GB'),
    numberCell(ranked.alike ?? null, ''),
  ];
}

/** "16,384: TP 8 · PP 16 · DP 128 · 8 chunks · micro-batch 1 · selective · ZeRO 1" */
function layoutWords({ accelerators, layout, dataParallel }: RankedLayout): string {
  return [
    `${formatValue(accelerators, '')}: TP ${layout.tensorParallel}`,
    `PP ${layout.pipelineParallel}`,
    ...(layout.contextParallel > 1 ? [`CP ${layout.contextParallel}`] : []),
    `DP ${dataParallel}`,
    ...(layout.expertParallel > 1 ? [`EP ${layout.expertParallel}`] : []),
    ...(layout.virtualStages > 1 ? [`${layout.virtualStages} chunks`] : []),
    `micro-batch ${layout.microBatch}`,
    layout.recompute === 'none' ? 'no recomputation' : `${layout.recompute} recomputation`,
    `ZeRO ${layout.zeroStage}`,
    ...extraWords(layout),
  ].join(' · ');
}

const names = new Map<string, string>([...scheduleNames, ...exchangeNames]);

/** What differs from the usual: "zero bubble", "ring", "sharded by 8". */
function extraWords(layout: RankedLayout['layout']): string[] {
  const { schedule, contextExchange, contextParallel, recompute, recomputedLayers } = layout;
  const exchange = contextParallel > 1 ? contextExchange : undefined;
  return [
    ...[schedule, exchange].flatMap((value) => (value ? [names.get(value) ?? value] : [])),
    ...(recompute === 'full' && recomputedLayers !== undefined
      ? [`${recomputedLayers} layers per stage recomputed`]
      : []),
    ...(layout.shardGroup ? [`sharded by ${layout.shardGroup}`] : []),
    ...(layout.offloadsOptimizer ? ['optimizer in host memory'] : []),
    ...(layout.offloadedLayers ? ['activations in host memory'] : []),
  ];
}

/** Why other values lost, axis by axis, and the layouts that trade time for memory. */
export const WhyNot = memo(function WhyNot({ result }: { readonly result: SearchResult }) {
  return (
    <>
      <DataTable
        caption="Less memory takes longer: layouts that no other beats in both"
        columns={[
          { key: 'layout', title: 'Layout' },
          { key: 'step', title: 'Step', isNumber: true },
          { key: 'memory', title: 'Memory', isNumber: true },
        ]}
        rows={readableFront(result.pareto).map((ranked) => [
          layoutWords(ranked),
          numberCell(ranked.stepSeconds, 's'),
          numberCell(ranked.memoryBytes / 1e9, 'GB'),
        ])}
      />
      <p className={classes.quiet}>
        Each needs at least 5 % less memory than the one above; none takes more than twice the
        fastest step.
      </p>
      <LostChoices result={result} />
    </>
  );
});

/** Why other values lost, axis by axis. */
export function LostChoices({ result }: { readonly result: SearchResult }) {
  const lost = result.regions.filter(({ ratio }) => ratio === null || ratio > 1.0001);
  return (
    <DataTable
      caption="Why not"
      columns={[
        { key: 'why', title: 'Choice' },
        { key: 'best', title: 'Best step with it', isNumber: true },
      ]}
      rows={lost.map(({ why, bestSeconds }) => [why, numberCell(bestSeconds, 's')])}
    />
  );
}
