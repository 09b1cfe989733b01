import { memo } from 'react';
import type { LossStage } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useReport } from '../report-context';
import { useChartWidth } from './chart-width';
import { ChartFrame } from './ChartFrame';
import { DataTable } from './DataTable';
import classes from './loss.module.css';
import { breakableLabel, drawnStages, lossShape, type LossColumn } from './loss-shape';
import { isSameData } from '../same-data';
import { useTextScale } from './text-scale';

interface LossDiagramProps {
  readonly stages: readonly LossStage[];
  /** what the band starts as, such as "peak rate" */
  readonly whole: string;
  /** the workload's name where the diagram does not stand under it */
  readonly subject?: string | null;
}

const narrowestDrawing = 420;

/** Where the paid-for machine goes: the band from peak to useful work, with share and money lost at each stage. */
export const LossDiagram = memo(function LossDiagram({
  stages,
  whole,
  subject = null,
}: LossDiagramProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const scale = useTextScale();
  const share = (value: number) => formatValue(value, 'fraction', locale);
  const dollars = (value: number) => formatValue(value, 'USD/h', locale);
  const hasRun = stages.some(({ usdLost }) => usdLost !== undefined);
  const money = ({ usdLost, usdLostPerHour }: LossStage) =>
    usdLost === undefined ? dollars(usdLostPerHour) : formatValue(usdLost, 'USD', locale);
  const shape = lossShape(drawnStages(stages), Math.max(width, narrowestDrawing));
  const title = lossTitle(shape.columns, whole, share, money);
  return (
    <ChartFrame
      title={title}
      description={`${subject === null ? '' : `${subject}. `}Share of the ${whole} left after each stage, and what the lost part costs ${hasRun ? 'over the whole run' : 'per hour'}.`}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'stage', title: 'Stage' },
            { key: 'remaining', title: 'Remaining', isNumber: true },
            { key: 'lost', title: 'Lost', isNumber: true },
            { key: 'hour', title: 'Lost per hour', isNumber: true },
            ...(hasRun ? [{ key: 'run', title: 'Lost in the run', isNumber: true }] : []),
            { key: 'why', title: 'Why' },
          ]}
          rows={lossShape(stages, 1).columns.map(({ stage, lost }) => [
            stage.label,
            numberCell(stage.remaining, 'fraction'),
            numberCell(lost > 0 ? lost : null, 'fraction'),
            numberCell(stage.usdLostPerHour > 0 ? stage.usdLostPerHour : null, 'USD/h'),
            ...(hasRun
              ? [numberCell(stage.usdLostPerHour > 0 ? (stage.usdLost ?? null) : null, 'USD')]
              : []),
            stage.why,
          ])}
        />
      }
    >
      <div ref={ref} className={classes.diagram}>
        <div style={{ minWidth: narrowestDrawing * scale }}>
          <ol className={classes.labels}>
            {shape.columns.map(({ stage }, index) => (
              <li key={stage.key} data-last={index === shape.columns.length - 1 || undefined}>
                <span className={classes.stage}>{breakableLabel(stage.label)}</span>
                <span className={classes.remaining}>{share(stage.remaining)}</span>
              </li>
            ))}
          </ol>
          <svg
            className={classes.drawing}
            width="100%"
            height={shape.height * scale}
            viewBox={`0 0 ${Math.max(width, narrowestDrawing)} ${shape.height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={title}
          >
            {shape.columns.map(
              ({ stage, lossPath }) =>
                lossPath !== null && (
                  <path key={stage.key} className={classes.loss} d={lossPath}>
                    <title>{stage.why}</title>
                  </path>
                ),
            )}
            <path className={classes.band} d={shape.bandPath} />
            <rect
              className={classes.useful}
              width="100%"
              height={(stages.at(-1)?.remaining ?? 1) * shape.bandHeight}
            />
            {shape.columns.slice(1).map(({ stage, left }) => (
              <line
                key={stage.key}
                className={classes.step}
                x1={left}
                x2={left}
                y1="0"
                y2={stage.remaining * shape.bandHeight}
              />
            ))}
          </svg>
          <ol className={classes.labels}>
            {shape.columns.map(({ stage, lost }) => (
              <li key={stage.key}>
                {lost > 0 && (
                  <>
                    <span className={classes.lost}>{`−${share(lost)}`}</span>
                    {stage.usdLostPerHour > 0 && (
                      <span className={classes.money}>{money(stage)}</span>
                    )}
                  </>
                )}
              </li>
            ))}
          </ol>
        </div>
      </div>
    </ChartFrame>
  );
}, isSameData);

function lossTitle(
  columns: readonly LossColumn[],
  whole: string,
  share: (value: number) => string,
  money: (stage: LossStage) => string,
): string {
  const useful = columns.at(-1)?.stage.remaining ?? 1;
  const largest = [...columns].sort((one, other) => other.lost - one.lost)[0];
  const start = `${share(useful)} of the ${whole} becomes useful work`;
  if (largest === undefined || largest.lost <= 0) return start;
  const { label, usdLostPerHour } = largest.stage;
  const cost = usdLostPerHour > 0 ? `, ${money(largest.stage)}` : '';
  return `${start}; most is lost at “${label}” (${share(largest.lost)}${cost})`;
}
