import type { TimelineReport } from '@engine/timeline/report-timeline';
import { formatNumber } from '@shared/format/number';
import { Plot } from '../chart/Plot';
import { useReport } from '../report-context';
import { capacityTitle } from './capacity-title';

/** Accelerators that are wanted beside those in service, at the end of every quarter. */
export function CapacityChart({ timeline }: { readonly timeline: TimelineReport }) {
  const { locale } = useReport();
  const { quarters } = timeline;
  const count = (value: number) => formatNumber(value, 'counted', locale);
  const nameAt = (index: number) => quarters[Math.round(index)]?.quarter ?? '';
  const step = Math.max(1, Math.ceil(quarters.length / 8));
  return (
    <Plot
      title={capacityTitle(timeline)}
      description="Accelerators at the end of each quarter: those that services and training jobs want, and those in service."
      x={{
        label: 'Quarter',
        isLog: false,
        text: nameAt,
        ticks: quarters.map((_, index) => index).filter((index) => index % step === 0),
      }}
      y={{ label: 'Accelerators', isLog: false, text: count, holds: [0] }}
      series={[
        {
          name: 'Capacity',
          colour: 2,
          points: quarters.map(({ capacity }, index) => ({ x: index, y: capacity })),
        },
        {
          name: 'Demand',
          colour: 1,
          points: quarters.map(({ demand }, index) => ({ x: index, y: demand })),
        },
      ]}
      hasEndLabels
    />
  );
}
