import type { Finding, WorkloadReport } from '../report';
import type { ResolvedCluster, ResolvedTask, ResolvedWorkload } from './resolve';

const count = new Intl.NumberFormat('en');

type Placed = ResolvedWorkload | ResolvedTask;

/** Accelerators that a workload occupies: a training job all that its layout covers, a service what its peak needs. */
function occupied({ on }: Placed, report: WorkloadReport): number {
  const all = on.cluster.nodes.value * on.system.acceleratorsPerNode.value;
  return report.kind === 'training' ? all : (report.acceleratorsNeeded.value ?? all);
}

/** Clusters whose workloads together want more accelerators than there are. */
export function sharingFindings(
  clusters: readonly ResolvedCluster[],
  workloads: readonly Placed[],
  reports: ReadonlyMap<string, WorkloadReport>,
): Finding[] {
  const found: Finding[] = [];
  for (const { cluster, system } of clusters) {
    const here = workloads.filter(({ workload }) => workload.clusterId === cluster.id);
    if (here.length < 2) continue;
    const available = cluster.nodes.value * system.acceleratorsPerNode.value;
    const wanted = here.reduce((sum, entry) => {
      const report = reports.get(entry.workload.id);
      return report ? sum + occupied(entry, report) : sum;
    }, 0);
    if (wanted <= available) continue;
    const nodes = Math.ceil(wanted / system.acceleratorsPerNode.value);
    found.push({
      level: 'warning',
      code: 'cluster.oversubscribed',
      subjectId: cluster.id,
      field: 'nodes',
      title: `${cluster.name} cannot run its workloads at the same time`,
      cause: `${count.format(here.length)} workloads want ${count.format(wanted)} accelerators and there are ${count.format(available)}. Each is computed as if it had the cluster to itself.`,
      advice: 'Run them one after another, give each its own cluster, or add nodes.',
      fix: { label: `Set to ${count.format(nodes)} nodes`, value: nodes },
    });
  }
  return found;
}
