import type { Plan } from '@engine/plan';
import type { TimelineReport } from '@engine/timeline/report-timeline';
import { formatDate } from '@shared/format/date';
import { formatValue } from '@shared/format/value';
import { dayCell } from '@shared/table/cell';
import { ChartDrawing } from '../chart/ChartDrawing';
import { useChartWidth } from '../chart/chart-width';
import { ChartFrame } from '../chart/ChartFrame';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { barHeight, ganttShape, type GanttBar } from './gantt-shape';
import classes from './timeline.module.css';

interface GanttChartProps {
  readonly plan: Plan;
  readonly timeline: TimelineReport;
}

const gap = 16;

/** What is ordered when, what waits for what, and by when each had to be ordered. */
export function GanttChart({ plan, timeline }: GanttChartProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const nameOf = (id: string) => plan.clusters.find((cluster) => cluster.id === id)?.name ?? id;
  const shape = ganttShape(timeline.schedules, timeline.startOn, gap, width - gap);
  const title = ganttTitle(timeline, nameOf, (months) => formatValue(months, 'months', locale));
  return (
    <ChartFrame
      title={title}
      description={`Ordered on ${formatDate(timeline.startOn)}. A diamond is the latest day to order for the wanted date; the longest wait is filled.`}
      table={<ScheduleTable timeline={timeline} nameOf={nameOf} title={title} />}
    >
      <div ref={ref}>
        <ChartDrawing className={classes.drawing} name={title} width={width} height={shape.height}>
          {shape.ticks.map(({ x, text }) => (
            <g key={text}>
              <line className={classes.grid} x1={x} x2={x} y1={18} y2={shape.height} />
              <text
                x={x + tickLength(text) < width ? x + 3 : x - 3}
                y={12}
                textAnchor={x + tickLength(text) < width ? 'start' : 'end'}
              >
                {text}
              </text>
            </g>
          ))}
          {shape.groups.map((group) => (
            <g key={group.clusterId}>
              <text
                className={classes.cluster}
                x={nameX(nameOf(group.clusterId), group.inServiceX)}
                y={group.y + 14}
              >
                {nameOf(group.clusterId)}
              </text>
              <line
                className={classes.wanted}
                x1={group.wantedX}
                x2={group.wantedX}
                y1={group.y + 4}
                y2={group.y + 18 + group.bars.length * 24}
              />
              <circle className={classes.service} cx={group.inServiceX} cy={group.y + 10} r={4.5} />
              {group.bars.map((bar) => (
                <Bar key={bar.key} bar={bar} right={width - gap} />
              ))}
            </g>
          ))}
        </ChartDrawing>
      </div>
    </ChartFrame>
  );
}

/** Room that a bar’s name takes, by its characters. */
const characterWidth = 6.2;
const nameCharacterWidth = 7.2;

/** Room that the name of a tick takes after its line. */
function tickLength(text: string): number {
  return 3 + text.length * characterWidth;
}

/** Where a cluster's name begins: at the edge, or past the mark of its service date where the two would meet. */
function nameX(name: string, inServiceX: number): number {
  const end = gap + name.length * nameCharacterWidth;
  return inServiceX < end ? inServiceX + 10 : gap;
}

function Bar({ bar, right }: { readonly bar: GanttBar; readonly right: number }) {
  const length = bar.label.length * characterWidth + 12;
  const middle = bar.y + barHeight / 2;
  const isInside = bar.width > length;
  const end = bar.x + bar.width;
  const isAfter = !isInside && end + length < right;
  const x = isInside ? bar.x + 8 : isAfter ? end + 8 : bar.x - 8;
  return (
    <g>
      <rect
        className={classes.bar}
        data-critical={bar.isCritical || undefined}
        x={bar.x}
        y={bar.y}
        width={bar.width}
        height={barHeight}
        rx={3}
      >
        <title>{`${bar.label}: ${bar.text}`}</title>
      </rect>
      <path
        className={classes.latest}
        data-late={bar.isLate || undefined}
        d={`M${bar.latestX} ${middle - 6}L${bar.latestX + 6} ${middle}L${bar.latestX} ${middle + 6}L${bar.latestX - 6} ${middle}Z`}
      />
      <text
        className={classes.barLabel}
        data-inside={(isInside && bar.isCritical) || undefined}
        x={x}
        y={middle + 4}
        textAnchor={isInside || isAfter ? 'start' : 'end'}
      >
        {bar.label}
      </text>
    </g>
  );
}

interface ScheduleTableProps {
  readonly timeline: TimelineReport;
  readonly nameOf: (id: string) => string;
  readonly title: string;
}

function ScheduleTable({ timeline, nameOf, title }: ScheduleTableProps) {
  const { locale } = useReport();
  return (
    <DataTable
      caption={title}
      isCaptionHidden
      columns={[
        { key: 'cluster', title: 'Cluster' },
        { key: 'step', title: 'Step' },
        { key: 'months', title: 'Takes', isNumber: true },
        { key: 'from', title: 'Begins' },
        { key: 'to', title: 'Ends' },
        { key: 'latest', title: 'Latest to order' },
        { key: 'critical', title: 'Longest wait' },
      ]}
      rows={timeline.schedules.flatMap((schedule) => [
        ...schedule.steps
          .filter(({ months }) => months > 0)
          .map((step) => [
            nameOf(schedule.clusterId),
            step.label,
            formatValue(step.months, 'months', locale),
            dayCell(step.startOn),
            dayCell(step.endOn),
            dayCell(step.latestStartOn),
            step.isCritical ? 'yes' : '',
          ]),
        [
          nameOf(schedule.clusterId),
          `In service, wanted on ${formatDate(schedule.wantedOn)}`,
          '',
          dayCell(schedule.inServiceOn),
          '',
          dayCell(schedule.orderBy),
          '',
        ],
      ])}
    />
  );
}

function ganttTitle(
  { schedules }: TimelineReport,
  nameOf: (id: string) => string,
  months: (value: number) => string,
): string {
  const late = schedules.toSorted((one, other) => other.delayMonths - one.delayMonths)[0];
  if (late !== undefined && late.delayMonths > 0) {
    return `${nameOf(late.clusterId)} comes ${months(late.delayMonths)} late`;
  }
  const last = schedules.reduce(
    (day, { inServiceOn }) => (inServiceOn > day ? inServiceOn : day),
    '',
  );
  return `Everything can be in service by ${formatDate(last)}`;
}
