import type { Fabric, FabricRules } from '@engine/facility/fabric/types';
import { formatNumber } from '@shared/format/number';
import { useChartWidth } from '../chart/chart-width';
import { useReport } from '../report-context';
import { fabricShape, type DrawnPod, type DrawnRow, type Line } from './fabric-shape';
import classes from './facility.module.css';

interface FabricDrawingProps {
  readonly fabric: Fabric;
  readonly rules: FabricRules;
  readonly title: string;
}

const narrowestDrawing = 420;

/** One plane of the fabric: cores above, pods of spines and leaves, accelerators below. Groups are counted, not drawn out. */
export function FabricDrawing({ fabric, rules, title }: FabricDrawingProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const drawnWidth = Math.max(width, narrowestDrawing);
  const shape = fabricShape(fabric, rules, drawnWidth);
  const counted = (value: number, one: string, many = `${one}s`) =>
    `${formatNumber(value, 'counted', locale)} ${value === 1 ? one : many}`;
  return (
    <div ref={ref} className={classes.drawing}>
      <svg
        width={drawnWidth}
        height={shape.height}
        viewBox={`0 0 ${drawnWidth} ${shape.height}`}
        role="img"
        aria-label={title}
      >
        <Lines lines={shape.uplinks} />
        {shape.cores !== null && (
          <>
            <text x={drawnWidth / 2} y={shape.coreY - 8} className={classes.rowLabel}>
              {counted(shape.cores.total, 'core switch', 'core switches')}
            </text>
            <Switches row={shape.cores} className={classes.core} />
          </>
        )}
        {shape.pods.map((pod) => (
          <Pod key={pod.frame.x} pod={pod} counted={counted} />
        ))}
        {shape.podGapX !== null && (
          <text
            x={shape.podGapX}
            y={(shape.pods[0]?.frame.y ?? 0) + (shape.pods[0]?.frame.height ?? 0) / 2}
            className={classes.rowLabel}
          >
            <tspan x={shape.podGapX}>
              {`+ ${formatNumber(shape.podCount - shape.pods.length, 'counted', locale)}`}
            </tspan>
            <tspan x={shape.podGapX} dy="1.3em">
              pods alike
            </tspan>
          </text>
        )}
      </svg>
    </div>
  );
}

interface PodProps {
  readonly pod: DrawnPod;
  readonly counted: (value: number, one: string, many?: string) => string;
}

function Pod({ pod, counted }: PodProps) {
  const { frame, spines, leaves, endpoints } = pod;
  const centre = frame.x + frame.width / 2;
  const leafY = leaves.squares[0]?.y ?? 0;
  return (
    <g>
      <rect {...frame} rx={6} className={classes.pod} />
      <Lines lines={pod.mesh} />
      <Lines
        lines={leaves.squares.map(({ x, y, width, height }) => ({
          x1: x + width / 2,
          y1: y + height,
          x2: x + width / 2,
          y2: endpoints.y,
        }))}
      />
      {spines.total > 0 && (
        <text x={centre} y={frame.y + 16} className={classes.rowLabel}>
          {counted(spines.total, 'spine')}
        </text>
      )}
      <Switches row={spines} className={classes.spine} />
      <Switches row={leaves} className={classes.leaf} />
      <text x={centre} y={leafY + 32} className={classes.haloLabel}>
        {counted(
          leaves.total,
          leaves.total === 1 && spines.total === 0 ? 'switch' : 'leaf',
          'leaves',
        )}
      </text>
      <rect {...endpoints} rx={3} className={classes.endpoints} />
      <text x={centre} y={endpoints.y + 26} className={classes.rowLabel}>
        {counted(pod.endpointCount, 'accelerator')}
      </text>
    </g>
  );
}

function Switches({
  row,
  className,
}: {
  readonly row: DrawnRow;
  readonly className: string | undefined;
}) {
  const y = row.squares[0]?.y ?? 0;
  return (
    <>
      {row.squares.map((box) => (
        <rect key={box.x} {...box} rx={3} className={className} />
      ))}
      {row.gapX !== null && (
        <text x={row.gapX} y={y + 10} className={classes.gap}>
          …
        </text>
      )}
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly Line[] }) {
  const path = lines.map(({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}`).join('');
  return path === '' ? null : <path d={path} className={classes.link} />;
}
