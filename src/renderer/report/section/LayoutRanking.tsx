import type { RankedLayout } from '@engine/search/layout-question';
import { daysOf, usdOf } from '@engine/search/objective';
import type { SearchRequest, SearchResult } from '@engine/search/search-layouts';
import { formatValue } from '@shared/format/value';
import type { ReactNode } from 'react';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import tables from '../chart/table.module.css';
import classes from './launch.module.css';

interface LayoutRankingProps {
  readonly request: SearchRequest;
  readonly result: SearchResult;
  /** what stands at the end of a row, such as a button that applies the layout */
  readonly action?: (ranked: RankedLayout) => ReactNode;
  readonly top?: number;
}

const columns = ['Layout', 'Step', 'Run', 'Rent', 'Memory'];

/** The best layouts of a search. */
export function LayoutRanking({ request, result, action, top = 10 }: LayoutRankingProps) {
  const { locale } = useReport();
  if (result.best.length === 0) return <p className={classes.quiet}>{nothing(result)}</p>;
  return (
    <div className={tables.scroll}>
      <table className={tables.table}>
        <caption>Best layouts</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={column} scope="col" data-number={index > 0}>
                {column}
              </th>
            ))}
            {action && <th scope="col">Use</th>}
          </tr>
        </thead>
        <tbody>
          {result.best.slice(0, top).map((ranked) => (
            <tr key={keyOf(ranked)}>
              <th scope="row">{layoutWords(ranked)}</th>
              {numbers(request, ranked, locale).map((text, index) => (
                <td key={columns[index + 1]} data-number>
                  {text}
                </td>
              ))}
              {action && <td>{action(ranked)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function nothing({ leastMemory, evaluated }: SearchResult): string {
  if (evaluated === 0) return 'No layout divides the accelerators and the batch.';
  return leastMemory === null
    ? 'No layout keeps the date and the budget.'
    : `No layout fits: the smallest needs ${Math.round(leastMemory.memoryBytes / 1e9)} GB per accelerator.`;
}

function numbers(request: SearchRequest, ranked: RankedLayout, locale: string): string[] {
  const { run, sizes } = request.options;
  const size = sizes?.find(({ accelerators }) => accelerators === ranked.accelerators);
  const usd = run && size ? usdOf(run, size, ranked.stepSeconds) : null;
  return [
    formatValue(ranked.stepSeconds, 's', locale),
    run ? formatValue(daysOf(run, ranked.stepSeconds), 'days', locale) : '—',
    usd === null ? '—' : formatValue(usd, 'USD', locale),
    formatValue(ranked.memoryBytes / 1e9, 'GB', locale),
  ];
}

function keyOf(ranked: RankedLayout): string {
  return JSON.stringify([ranked.accelerators, ranked.layout]);
}

/** "16,384: TP 8 · PP 16 · DP 128 · 8 chunks · micro-batch 1 · selective · ZeRO 1" */
export function layoutWords({ accelerators, layout, dataParallel }: RankedLayout): string {
  return [
    `${new Intl.NumberFormat('en').format(accelerators)}: TP ${layout.tensorParallel}`,
    `PP ${layout.pipelineParallel}`,
    ...(layout.contextParallel > 1 ? [`CP ${layout.contextParallel}`] : []),
    `DP ${dataParallel}`,
    ...(layout.expertParallel > 1 ? [`EP ${layout.expertParallel}`] : []),
    ...(layout.virtualStages > 1 ? [`${layout.virtualStages} chunks`] : []),
    `micro-batch ${layout.microBatch}`,
    layout.recompute === 'none' ? 'no recomputation' : `${layout.recompute} recomputation`,
    `ZeRO ${layout.zeroStage}`,
  ].join(' · ');
}

/** Why other values lost, axis by axis, and the layouts that trade time for memory. */
export function WhyNot({ result }: { readonly result: SearchResult }) {
  const { locale } = useReport();
  const lost = result.regions.filter(({ ratio }) => ratio === null || ratio > 1.0001);
  return (
    <>
      <DataTable
        caption="Faster takes more memory: layouts that no other beats in both"
        columns={[
          { key: 'layout', title: 'Layout' },
          { key: 'step', title: 'Step', isNumber: true },
          { key: 'memory', title: 'Memory', isNumber: true },
        ]}
        rows={result.pareto.map((ranked) => [
          layoutWords(ranked),
          formatValue(ranked.stepSeconds, 's', locale),
          formatValue(ranked.memoryBytes / 1e9, 'GB', locale),
        ])}
      />
      <DataTable
        caption="Why not"
        columns={[
          { key: 'why', title: 'Choice' },
          { key: 'best', title: 'Best step with it', isNumber: true },
        ]}
        rows={lost.map(({ why, bestSeconds }) => [
          why,
          bestSeconds === null ? '—' : formatValue(bestSeconds, 's', locale),
        ])}
      />
    </>
  );
}
