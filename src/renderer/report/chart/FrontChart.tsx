import type { FrontPoint, ThroughputFront } from '@engine/service/throughput-front';
import { formatValue } from '@shared/format/value';
import { useReport } from '../report-context';
import { DataTable } from './DataTable';
import { Plot } from './Plot';
import type { PlotMark, PlotPoint } from './plot';

interface FrontChartProps {
  readonly front: ThroughputFront;
  /** requests in flight at the plan's operating point; null when there is none */
  readonly operatingBatch: number | null;
  /** whether values of the service were measured, which the curves do not know */
  readonly isMeasured?: boolean;
}

/** What an accelerator gives against what a reader gets: the best of every layout and batch, the plan's, and the target. */
export function FrontChart({ front, operatingBatch, isMeasured = false }: FrontChartProps) {
  const { locale } = useReport();
  const rate = (value: number) => formatValue(value, 'tokens/s', locale);
  const count = (value: number) => formatValue(value, '', locale);
  const { best, planned, bestWithinTargets, targetTokensPerSecondPerUser: target } = front;
  const title = titleOf(front, rate);
  const speeds = best.map(({ tokensPerSecondPerUser }) => tokensPerSecondPerUser);
  const marks: PlotMark[] =
    bestWithinTargets === null
      ? []
      : [
          {
            key: 'best',
            x: bestWithinTargets.tokensPerSecondPerUser,
            y: bestWithinTargets.tokensPerSecondPerAccelerator,
            colour: 1,
            text: `TP ${count(bestWithinTargets.tensorParallel)}, ${count(bestWithinTargets.batch)} in flight`,
          },
        ];
  return (
    <Plot
      title={title}
      description={`Solid: the best of every tensor-parallel degree and batch of one replica. Dashed: the plan’s TP ${count(planned[0]?.tensorParallel ?? 1)}, which runs ${operatingBatch === null ? 'at no batch within its targets' : `with ${count(operatingBatch)} requests in flight`}.${isMeasured ? ' Both curves are the model’s: what was measured is not in them.' : ''}`}
      x={{
        label: 'Tokens per second for one reader',
        isLog: true,
        text: count,
        read: rate,
        holds: [Math.min(target, ...speeds) * 0.9, Math.max(target, ...speeds) * 1.1],
      }}
      y={{
        label: 'Output tokens per second and accelerator',
        isLog: false,
        text: count,
        read: rate,
        holds: [0],
      }}
      series={[
        { name: 'Best layout', colour: 1, hasDots: true, points: pointsOf(best) },
        {
          name: `Planned, TP ${planned[0]?.tensorParallel ?? ''}`,
          colour: 2,
          isDashed: true,
          points: pointsOf(planned),
        },
      ]}
      limits={[{ x: target, text: `Target ${rate(target)}` }]}
      marks={marks}
      hasEndLabels={false}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'layout', title: 'Tensor parallel' },
            { key: 'batch', title: 'Requests in flight', isNumber: true },
            { key: 'user', title: 'For one reader', isNumber: true },
            { key: 'accelerator', title: 'Per accelerator', isNumber: true },
            { key: 'first', title: 'Time to first token', isNumber: true },
          ]}
          rows={best.map((point) => [
            count(point.tensorParallel),
            count(point.batch),
            rate(point.tokensPerSecondPerUser),
            rate(point.tokensPerSecondPerAccelerator),
            formatValue(point.timeToFirstTokenMs, 'ms', locale),
          ])}
        />
      }
    />
  );
}

function pointsOf(points: readonly FrontPoint[]): PlotPoint[] {
  return points
    .map(({ tokensPerSecondPerUser, tokensPerSecondPerAccelerator }) => ({
      x: tokensPerSecondPerUser,
      y: tokensPerSecondPerAccelerator,
    }))
    .sort((one, other) => one.x - other.x);
}

function titleOf(front: ThroughputFront, rate: (value: number) => string): string {
  const { bestWithinTargets: point, targetTokensPerSecondPerUser: target } = front;
  if (point === null) return `No layout gives a reader ${rate(target)} within both targets`;
  return `Within the targets an accelerator gives up to ${rate(point.tokensPerSecondPerAccelerator)}, with tensor parallel ${String(point.tensorParallel)}`;
}
