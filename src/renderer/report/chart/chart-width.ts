import { useElementSize } from '@mantine/hooks';
import type { RefCallback } from 'react';
import { useReport } from '../report-context';
import { useTextScale } from './text-scale';

/** Drawing width on paper in CSS pixels: what A4 and Letter both hold between the margins, frame taken off. */
const printWidth = 636;
const widthBeforeMeasuring = 640;
const narrowest = 280;

/**
 * The width a chart draws itself at, in units that grow with the text: measured on screen, fixed in print so that nothing there depends
 * on layout time.
 */
export function useChartWidth(): {
  readonly ref: RefCallback<HTMLDivElement>;
  readonly width: number;
} {
  const { mode } = useReport();
  const scale = useTextScale();
  const { ref, width } = useElementSize<HTMLDivElement>();
  if (mode === 'print') return { ref, width: printWidth };
  return {
    ref,
    width: width === 0 ? widthBeforeMeasuring : Math.max(narrowest, Math.floor(width / scale)),
  };
}
