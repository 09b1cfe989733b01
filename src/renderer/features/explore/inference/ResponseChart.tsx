import type { ResponsePoint } from '@engine/users/response';
import { formatValue } from '@shared/format/value';
import { Plot } from '../../../report/chart/Plot';
import type { PlotSeries } from '../../../report/chart/plot';
import { useReport } from '../../../report/report-context';
import explore from '../explore.module.css';
import { simulatedReplicas } from './inference-answer';
import type { ServiceKind } from './inference-choice';
import { responseTitle } from './inference-text';

interface ResponseChartProps {
  readonly kind: ServiceKind;
  readonly points: readonly ResponsePoint[];
}

/** How long people wait as the load rises: the middle one and the slowest in a hundred. */
export function ResponseChart({ kind, points }: ResponseChartProps) {
  const { locale } = useReport();
  const seconds = (value: number) => formatValue(value, 's', locale);
  const isImages = kind === 'images';
  const line = (
    name: string,
    colour: number,
    of: (point: ResponsePoint) => number,
  ): PlotSeries => ({
    name,
    colour,
    points: points.map((point) => ({ x: point.share, y: of(point) })),
    hasDots: true,
  });
  if (points.length === 0) return null;
  return (
    <div className={explore.chart}>
      <Plot
        title={responseTitle(points, locale)}
        description={
          isImages
            ? `Until the image is there, for ${simulatedReplicas} GPUs that share a queue, by the formula of such queues. At more than they can make the queue never ends.`
            : `Until the first word, for ${simulatedReplicas} replicas, simulated request by request with lengths and arrivals drawn at random. The vertical axis grows by factors.`
        }
        x={{
          label: 'Load over the most that can be served',
          isLog: false,
          text: (value) => formatValue(value, 'fraction', locale),
        }}
        y={{ label: 'Wait', isLog: true, text: seconds }}
        series={[
          line('Slowest 1 %', 2, (point) => point.firstTokenSeconds.slowest),
          line('Middle', 1, (point) => point.firstTokenSeconds.middle),
        ]}
        limits={[{ x: 1, text: 'all that can be served', isBound: true }]}
        hasEndLabels
      />
    </div>
  );
}
