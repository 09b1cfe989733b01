import type { ReactNode } from 'react';
import classes from './chart.module.css';
import { useTextScale } from './text-scale';

interface ChartDrawingProps {
  /** what is drawn, in words */
  readonly name: string;
  /** as useChartWidth gives it */
  readonly width: number;
  readonly height: number;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** The drawing of a chart, in units that are pixels where text has its usual size, and that grow with the text. */
export function ChartDrawing({
  name,
  width,
  height,
  className = classes.drawing,
  children,
}: ChartDrawingProps) {
  const scale = useTextScale();
  return (
    <svg
      className={className}
      viewBox={`0 0 ${width} ${height}`}
      height={height * scale}
      role="img"
      aria-label={name}
    >
      {children}
    </svg>
  );
}
