import { daysBetween } from '@engine/timeline/calendar';
import { dayText } from '@engine/timeline/day-text';
import type { ClusterSchedule } from '@engine/timeline/report-timeline';

/** One bar of the chart: a step of a cluster between two days. */
export interface GanttBar {
  readonly key: string;
  readonly label: string;
  readonly x: number;
  readonly width: number;
  readonly y: number;
  /** where it had to begin for the wanted date */
  readonly latestX: number;
  readonly isCritical: boolean;
  readonly isLate: boolean;
  readonly text: string;
}

/** A cluster with its bars and the two days that matter. */
export interface GanttGroup {
  readonly clusterId: string;
  readonly y: number;
  readonly bars: readonly GanttBar[];
  readonly wantedX: number;
  readonly inServiceX: number;
}

export interface GanttShape {
  readonly height: number;
  readonly groups: readonly GanttGroup[];
  readonly ticks: readonly { readonly x: number; readonly text: string }[];
  readonly startX: number;
}

const headHeight = 26;
const groupHead = 22;
export const barHeight = 18;
const barPitch = 24;

/** Where bars and days stand in a drawing of a width; `left` is kept for names. */
export function ganttShape(
  schedules: readonly ClusterSchedule[],
  startOn: string,
  left: number,
  right: number,
): GanttShape {
  const days = schedules.flatMap((schedule) => [
    schedule.wantedOn,
    schedule.inServiceOn,
    ...schedule.steps.flatMap(({ startOn: from, endOn, latestStartOn }) => [
      from,
      endOn,
      latestStartOn,
    ]),
  ]);
  const first = [startOn, ...days].reduce((one, other) => (other < one ? other : one));
  const last = [startOn, ...days].reduce((one, other) => (other > one ? other : one));
  const length = Math.max(1, daysBetween(first, last));
  const at = (day: string): number => left + (daysBetween(first, day) / length) * (right - left);
  let y = headHeight;
  const groups = schedules.map((schedule): GanttGroup => {
    const top = y;
    const steps = schedule.steps.filter(({ months }) => months > 0);
    const bars = steps.map((step, index): GanttBar => ({
      key: step.kind,
      label: step.label,
      x: at(step.startOn),
      width: Math.max(2, at(step.endOn) - at(step.startOn)),
      y: top + groupHead + index * barPitch,
      latestX: at(step.latestStartOn),
      isCritical: step.isCritical,
      isLate: step.latestStartOn < step.startOn,
      text: `${dayText(step.startOn)} to ${dayText(step.endOn)}`,
    }));
    y = top + groupHead + bars.length * barPitch + 10;
    return {
      clusterId: schedule.clusterId,
      y: top,
      bars,
      wantedX: at(schedule.wantedOn),
      inServiceX: at(schedule.inServiceOn),
    };
  });
  return { height: y, groups, ticks: yearTicks(first, last, at), startX: at(startOn) };
}

/** First days of years, or of quarters where the whole is short; never more than fit. */
function yearTicks(first: string, last: string, at: (day: string) => number): GanttShape['ticks'] {
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  const months = daysBetween(first, last) < 800 ? ['01', '04', '07', '10'] : ['01'];
  const step = Math.max(1, Math.ceil((to - from) / 8));
  const days = Array.from({ length: to - from + 2 }, (_, index) => from + index)
    .filter((year) => (year - from) % step === 0)
    .flatMap((year) => months.map((month) => `${String(year).padStart(4, '0')}-${month}-01`));
  return days
    .filter((day) => day >= first && day <= last)
    .map((day) => ({
      x: at(day),
      text: dayText(day.slice(5, 7) === '01' ? day.slice(0, 4) : day.slice(0, 7)),
    }));
}
