import type { ScalingPoint } from '@engine/parallel/product-figures';
import type { RunSerialShare } from '@engine/parallel/serial-share';
import { formatFigure, formatValue } from '@shared/format/value';

/** The message of the product's curves: what the chosen number gains, and where more gain nothing. */
export function productTitle(
  chosen: ScalingPoint | undefined,
  best: ScalingPoint | undefined,
  locale: string,
): string {
  if (chosen === undefined || best === undefined) return 'Nothing to compare';
  const gain = (point: ScalingPoint) => `${formatValue(point.speedUp, '1', locale)} times as fast`;
  const start = `${formatValue(chosen.workers, '', locale)} GPUs are ${gain(chosen)} as one`;
  return best.workers > chosen.workers
    ? `${start}; at ${formatValue(best.workers, '', locale)} the gain ends`
    : `${start}: communication has ended the gain`;
}

/** What a stripe costs beside sending it, in words; the numbers stand in the picture. */
export function splitText({ workers, compute, communicate }: ScalingPoint): string {
  if (workers === 1) return 'One GPU has nobody to tell.';
  return communicate > compute
    ? 'Telling one another takes longer than multiplying: each stripe has become too thin.'
    : 'Multiplying still takes longer than telling one another.';
}

/** The message of the two laws, for a run. */
export function lawsTitle(name: string, share: RunSerialShare, locale: string): string {
  const gpus = formatValue(share.accelerators, '', locale);
  const limit = share.limit.value === null ? null : formatFigure(share.limit, locale).number;
  const now = `${name} on ${gpus} GPUs runs ${formatFigure(share.speedUp, locale).number} times as fast as on one`;
  return limit === null ? now : `${now}; by Amdahl’s law no number makes it more than ${limit}`;
}
