import type { BuiltFabric } from '@engine/facility/fabric/cluster-fabric';
import { formatNumber } from '@shared/format/number';
import { useMemo } from 'react';
import { useChartWidth } from '../chart/chart-width';
import { useTextScale } from '../chart/text-scale';
import { useReport } from '../report-context';
import type { View } from '../zoom/view';
import { ZoomPane } from '../zoom/ZoomPane';
import classes from './fabric.module.css';
import { fabricPicture, type FabricPicture } from './fabric/fabric-scene';

interface FabricDrawingProps {
  readonly found: BuiltFabric;
  readonly title: string;
}

const narrowestDrawing = 420;

/** How a fabric is wired: groups that are alike are counted, not drawn out, until the reader zooms in. */
export function FabricDrawing({ found, title }: FabricDrawingProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const drawnWidth = Math.max(width, narrowestDrawing);
  const picture = useMemo(
    () =>
      fabricPicture(
        found,
        drawnWidth,
        (value, one, many = `${one}s`) =>
          `${formatNumber(value, 'counted', locale)} ${value === 1 ? one : many}`,
      ),
    [found, drawnWidth, locale],
  );
  return (
    <div ref={ref} className={classes.drawing}>
      <ZoomPane label="Drawing of the fabric" note={picture.noteOf} {...picture.extent}>
        {(view) => <Picture picture={picture} view={view} title={title} />}
      </ZoomPane>
    </div>
  );
}

interface PictureProps {
  readonly picture: FabricPicture;
  readonly view: View;
  readonly title: string;
}

function Picture({ picture, view, title }: PictureProps) {
  const { width, height } = picture.extent;
  const scale = useTextScale();
  const scene = picture.sceneOf(view);
  return (
    <svg
      width={width * scale}
      height={height * scale}
      viewBox={`${view.x} ${view.y} ${width} ${height}`}
      role="img"
      aria-label={title}
    >
      {[...scene.paths].map(([tone, path]) => (
        <path key={tone} data-tone={tone} d={path} />
      ))}
      {scene.labels.map(({ x, y, text, tone }, index) => (
        <text key={index} data-tone={tone} x={x} y={y}>
          {text}
        </text>
      ))}
    </svg>
  );
}
