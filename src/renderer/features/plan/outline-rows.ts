import { acquisitionLabels } from '@engine/cost/options';
import type { Catalogue } from '@engine/catalogue/types';
import type { Cluster, Plan, Site, TaskKind, Workload } from '@engine/plan';
import type { Finding, FindingLevel } from '@engine/report';
import { systemById } from '@engine/sizing/stand-in-system';
import { modelNameOf } from '@engine/tasks/model-name';
import { formatDate } from '@shared/format/date';
import { formatValue } from '@shared/format/value';
import { costsId, timelineId } from '../../document/subject';

export type RowKind =
  'plan' | 'site' | 'cluster' | 'training' | 'inference' | TaskKind | 'costs' | 'timeline';

/** One line of the outline. */
export interface OutlineRow {
  /** null stands for the whole plan */
  readonly id: string | null;
  readonly kind: RowKind;
  readonly name: string;
  readonly detail: string;
  /** 1 for the outermost */
  readonly level: number;
  /** the worst finding about this part; null when there is none */
  readonly worst: FindingLevel | null;
}

const severity: readonly FindingLevel[] = ['problem', 'warning'];

function worstFinding(findings: readonly Finding[], id: string): FindingLevel | null {
  const levels = findings.filter(({ subjectId }) => subjectId === id).map(({ level }) => level);
  return severity.find((level) => levels.includes(level)) ?? null;
}

/** The region, unless the site is simply called after it. */
function siteDetail({ name, regionId }: Site, catalogue: Catalogue): string {
  const region = catalogue.regions.get(regionId)?.name ?? regionId;
  return region === name ? '' : region;
}

function clusterDetail({ nodes, systemId }: Cluster, catalogue: Catalogue): string {
  const system = systemById(catalogue, systemId);
  return `${formatValue(nodes.value, '')} × ${system?.name ?? systemId}`;
}

function workloadRowKind(workload: Workload): RowKind {
  return workload.kind === 'task' ? workload.task : workload.kind;
}

/** The plan as an indented list: sites, the clusters on them, the workloads on those, then the cost assumptions. */
export function outlineRows(
  plan: Plan,
  findings: readonly Finding[],
  catalogue: Catalogue,
): readonly OutlineRow[] {
  const row = (
    id: string,
    kind: RowKind,
    name: string,
    detail: string,
    level: number,
  ): OutlineRow => ({ id, kind, name, detail, level, worst: worstFinding(findings, id) });

  const parts = plan.sites.flatMap((site) => [
    row(site.id, 'site', site.name, siteDetail(site, catalogue), 1),
    ...plan.clusters
      .filter((cluster) => cluster.siteId === site.id)
      .flatMap((cluster) => [
        row(cluster.id, 'cluster', cluster.name, clusterDetail(cluster, catalogue), 2),
        ...plan.workloads
          .filter((workload) => workload.clusterId === cluster.id)
          .map((workload) =>
            row(
              workload.id,
              workloadRowKind(workload),
              workload.name,
              modelNameOf(workload, catalogue),
              3,
            ),
          ),
      ]),
  ]);
  const acquisition = acquisitionLabels[plan.costs.acquisition];
  return [
    { id: null, kind: 'plan', name: 'Overview', detail: '', level: 1, worst: null },
    ...parts,
    row(costsId, 'costs', 'Cost assumptions', acquisition, 1),
    row(timelineId, 'timeline', 'Timeline', formatDate(plan.timeline?.startOn ?? ''), 1),
  ];
}

/** The row that an arrow key leads to from another; the same when there is none. */
export function nextRow(rows: readonly OutlineRow[], index: number, key: string): number {
  const level = rows[index]?.level ?? 1;
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, last);
    case 'ArrowUp':
      return Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft': {
      const parent = rows.slice(0, index).findLastIndex((row) => row.level < level);
      return parent === -1 ? index : parent;
    }
    case 'ArrowRight':
      return (rows[index + 1]?.level ?? 0) > level ? index + 1 : index;
    default:
      return index;
  }
}
