import type { Plan } from '../plan';
import type { Finding } from '../report';
import { dayText } from '../timeline/day-text';
import type { TimelineReport } from '../timeline/report-timeline';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Clusters that cannot be had by the date on which they are wanted, and demand that outgrows them. */
export function timelineFindings(plan: Plan, timeline: TimelineReport): Finding[] {
  const names = new Map(plan.clusters.map(({ id, name }) => [id, name]));
  const late = timeline.schedules.flatMap((schedule): Finding[] => {
    if (schedule.delayMonths <= 0) return [];
    const name = names.get(schedule.clusterId) ?? schedule.clusterId;
    const cause = schedule.steps.find(({ isCritical }) => isCritical);
    const usd = schedule.delayUsd.value;
    const cost = usd === null ? '' : ` The delay costs ${number.format(usd / 1e6)} million USD.`;
    return [
      {
        level: 'problem',
        code: 'timeline.late',
        subjectId: schedule.clusterId,
        field: 'inServiceOn',
        title: `${name} comes ${number.format(schedule.delayMonths)} months late`,
        cause: `It is wanted on ${dayText(schedule.wantedOn)} and can be in service on ${dayText(schedule.earliestOn)}. “${cause?.label ?? 'Delivery'}” takes ${number.format(cause?.months ?? 0)} months and had to be ordered by ${dayText(schedule.orderBy)}.${cost}`,
        advice: 'Move the date, shorten the lead time, or rent until then.',
        fix: null,
      },
    ];
  });
  const isDated =
    (plan.timeline?.demandGrowthPerYear?.value ?? 0) !== 0 ||
    plan.clusters.some(({ inServiceOn }) => inServiceOn);
  if (timeline.shortFrom === null || !isDated) return late;
  const point = timeline.quarters.find(({ quarter }) => quarter === timeline.shortFrom);
  return [
    ...late,
    {
      level: 'warning',
      code: 'timeline.short',
      subjectId: 'timeline',
      field: 'demandGrowthPerYear',
      title: `Demand exceeds capacity from ${timeline.shortFrom} on`,
      cause: `${number.format(point?.demand ?? 0)} accelerators are wanted then, and ${number.format(point?.capacity ?? 0)} are in service.`,
      advice: 'Add a cluster with a date of service before then.',
      fix: null,
    },
  ];
}
