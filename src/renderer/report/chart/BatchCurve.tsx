import type { BatchPoint } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useReport } from '../report-context';
import { DataTable } from './DataTable';
import { Plot } from './Plot';

interface BatchCurveProps {
  readonly points: readonly BatchPoint[];
  readonly targetMs: number;
  /** requests in flight at the operating point; null when there is none */
  readonly operatingBatch: number | null;
  /** of the operating point where it was measured: it stands in place of the curve's */
  readonly measured?: Omit<BatchPoint, 'batch'> | null;
}

/** What batching buys: tokens per second of one replica against the time each reader waits per token. */
export function BatchCurve(props: BatchCurveProps) {
  const { points, targetMs, operatingBatch, measured = null } = props;
  const { locale } = useReport();
  const milliseconds = (value: number) => formatValue(value, 'ms', locale);
  const rate = (value: number) => formatValue(value, 'tokens/s', locale);
  const count = (value: number) => formatValue(value, '', locale);
  const modelled = operatingBatch === null ? null : pointAtBatch(points, operatingBatch);
  const operating = modelled && { ...modelled, ...measured };
  const title = `${batchTitle(operating, targetMs, milliseconds, rate)}${operating && measured ? ', as measured' : ''}`;
  const shown = operating === null ? points : [...points, operating];
  const times = shown.map((point) => point.timePerOutputTokenMs);
  return (
    <Plot
      title={title}
      description={`One replica at growing numbers of requests in flight.${measured === null ? '' : ' The curve is the model’s; the marked point rests on what was measured.'}`}
      x={{
        label: 'Time per output token',
        isLog: true,
        text: milliseconds,
        holds: [Math.min(targetMs, ...times) * 0.9, Math.max(targetMs, ...times) * 1.1],
      }}
      y={{
        label: 'Output tokens per second, one replica',
        isLog: false,
        text: count,
        read: rate,
        holds: [0],
      }}
      series={[
        {
          name: 'One replica',
          colour: 1,
          hasDots: true,
          points: points.map(({ timePerOutputTokenMs, tokensPerSecond }) => ({
            x: timePerOutputTokenMs,
            y: tokensPerSecond,
          })),
        },
      ]}
      limits={[{ x: targetMs, text: `Target ${milliseconds(targetMs)}`, isBound: true }]}
      marks={
        operating === null
          ? []
          : [
              {
                key: 'operating',
                x: operating.timePerOutputTokenMs,
                y: operating.tokensPerSecond,
                colour: 2,
                text: `${count(operating.batch)} in flight, ${rate(operating.tokensPerSecond)}`,
              },
            ]
      }
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'batch', title: 'Requests in flight', isNumber: true },
            { key: 'time', title: 'Time per output token', isNumber: true },
            { key: 'rate', title: 'Output tokens per second, one replica', isNumber: true },
          ]}
          rows={points.map((point) => [
            numberCell(point.batch, ''),
            numberCell(point.timePerOutputTokenMs, 'ms'),
            numberCell(point.tokensPerSecond, 'tokens/s'),
          ])}
        />
      }
    />
  );
}

function pointAtBatch(points: readonly BatchPoint[], batch: number): BatchPoint | null {
  return points.find((point) => point.batch === batch) ?? null;
}

function batchTitle(
  operating: BatchPoint | null,
  targetMs: number,
  milliseconds: (value: number) => string,
  rate: (value: number) => string,
): string {
  if (operating === null)
    return `No number of requests in flight meets the target of ${milliseconds(targetMs)} per token`;
  return `${operating.batch} requests in flight give ${rate(operating.tokensPerSecond)} per replica at ${milliseconds(operating.timePerOutputTokenMs)} per token`;
}
