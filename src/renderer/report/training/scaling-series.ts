import type { Scaling, ScalingPoint } from '@engine/training/scaling';
import { formatValue } from '@shared/format/value';
import type { PlotSeries } from '../chart/plot';

export type ScalingMeasure = 'tokensPerSecond' | 'stepSeconds' | 'efficiency';

function pointsOf(points: readonly ScalingPoint[], measure: ScalingMeasure) {
  return points.map((point) => ({ x: point.accelerators, y: point[measure] }));
}

/** Both ways of scaling, and what an accelerator would do everywhere that did as well as in the smallest cluster. */
export function scalingSeries({ strong, weak }: Scaling, measure: ScalingMeasure): PlotSeries[] {
  const ideal = idealPoints(strong.length > 0 ? strong : weak, weak, measure);
  return [
    { name: 'Ideal', colour: 8, isDashed: true, points: ideal },
    { name: 'Batch grown', colour: 2, hasDots: true, points: pointsOf(weak, measure) },
    { name: 'Batch kept', colour: 1, hasDots: true, points: pointsOf(strong, measure) },
  ].filter(({ points }) => points.length > 0);
}

function idealPoints(
  from: readonly ScalingPoint[],
  to: readonly ScalingPoint[],
  measure: ScalingMeasure,
) {
  const [first] = from;
  if (first === undefined) return [];
  const all = [...new Set([...from, ...to].map(({ accelerators }) => accelerators))]
    .filter((accelerators) => accelerators >= first.accelerators)
    .sort((one, other) => one - other);
  return all.map((accelerators) => {
    const growth = accelerators / first.accelerators;
    switch (measure) {
      case 'tokensPerSecond':
        return { x: accelerators, y: first.tokensPerSecond * growth };
      case 'stepSeconds':
        return { x: accelerators, y: first.stepSeconds / growth };
      case 'efficiency':
        return { x: accelerators, y: 1 };
    }
  });
}

/** What twice the accelerators bring, in both ways. */
export function scalingTitle(
  { strong, weak }: Scaling,
  accelerators: number,
  locale: string,
): string {
  const gain = (points: readonly ScalingPoint[]): string | null => {
    const own = points.find((point) => point.accelerators === accelerators);
    const twice = points.find((point) => point.accelerators === 2 * accelerators);
    return own === undefined || twice === undefined
      ? null
      : formatValue(twice.tokensPerSecond / own.tokensPerSecond, '1', locale);
  };
  const kept = gain(strong);
  const grown = gain(weak);
  if (kept !== null && grown !== null)
    return `Twice the accelerators train ${kept} times as fast with the same batch, ${grown} times with twice the batch`;
  const most = strong.at(-1)?.accelerators ?? accelerators;
  const limit = `The batch keeps no more than ${formatValue(most, '', locale)} accelerators busy`;
  return grown === null ? limit : `${limit}; twice of both train ${grown} times as fast`;
}
