import type { PowerRedundancy } from '@engine/plan';
import { formatDate } from '@shared/format/date';
import { findPart, partName, timelineId, withPart } from '../subject';
import { defineCommand } from './command';

/** Sets the date on which a cluster is wanted in service; null is as soon as it can be had. */
export const setInServiceOn = defineCommand<{
  readonly partId: string;
  readonly date: string | null;
}>({
  label: (plan, { partId, date }) =>
    date === null
      ? `Clear the date of ${partName(plan, partId)}`
      : `Set the date of ${partName(plan, partId)} to ${formatDate(date)}`,
  mergeKey: ({ partId }) => `${partId}.inServiceOn`,
  apply(plan, { partId, date }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'cluster' || (found.part.inServiceOn ?? null) === date) return plan;
    return withPart(plan, { kind: 'cluster', part: { ...found.part, inServiceOn: date } });
  },
});

/** Sets the date from which the plan counts; null is the catalogue's. */
export const setStartOn = defineCommand<{ readonly date: string | null }>({
  label: (_plan, { date }) =>
    date === null ? 'Clear the start' : `Set the start to ${formatDate(date)}`,
  mergeKey: () => `${timelineId}.startOn`,
  apply: (plan, { date }) =>
    (plan.timeline?.startOn ?? null) === date
      ? plan
      : { ...plan, timeline: { ...plan.timeline, startOn: date } },
});

/** Chooses the spare units of a site's power chain; null is none. */
export const setPowerRedundancy = defineCommand<{
  readonly partId: string;
  readonly redundancy: PowerRedundancy | null;
}>({
  label: (plan, { partId, redundancy }) =>
    `Set power redundancy of ${partName(plan, partId)} to ${redundancy ?? 'N'}`,
  apply(plan, { partId, redundancy }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'site' || (found.part.powerRedundancy ?? null) === redundancy) return plan;
    return withPart(plan, { kind: 'site', part: { ...found.part, powerRedundancy: redundancy } });
  },
});

/** Spreads a training job over further clusters, data parallel. */
export const setOtherClusters = defineCommand<{
  readonly partId: string;
  readonly clusterIds: readonly string[];
}>({
  label: (plan, { partId, clusterIds }) =>
    clusterIds.length === 0
      ? `Keep ${partName(plan, partId)} on its own cluster`
      : `Spread ${partName(plan, partId)} over ${clusterIds.length + 1} clusters`,
  apply(plan, { partId, clusterIds }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'training') return plan;
    const before = found.part.otherClusterIds ?? [];
    if (before.join('\n') === clusterIds.join('\n')) return plan;
    return withPart(plan, {
      kind: 'training',
      part: { ...found.part, otherClusterIds: clusterIds },
    });
  },
});
