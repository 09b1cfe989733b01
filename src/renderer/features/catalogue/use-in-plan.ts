import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { createSite } from '@shared/plan/create';
import { select } from '../../app/navigation';
import { setSwitch } from '../../document/commands/choice';
import {
  addCluster,
  addSite,
  addWorkload,
  freeId,
  freeName,
} from '../../document/commands/structure';
import { planDocument } from '../../document/document';
import { newCluster, newInference, newTraining } from '../../document/new-parts';
import type { KindKey } from './catalogue-kinds';
import type { Entry } from './entries';

/** One way to use an entry in the open plan. */
export interface Use {
  readonly label: string;
  readonly perform: () => void;
}

/** The ways to use an entry in a plan; none where a plan has no place for it. */
export function usesOf(
  kind: KindKey,
  entry: Entry,
  plan: Plan,
  catalogue: Catalogue,
): readonly Use[] {
  switch (kind) {
    case 'systems':
      return plan.sites.map((site) => ({
        label: `Add a cluster in ${site.name}`,
        perform: () => {
          const cluster = newCluster(plan, site.id, entry.id);
          planDocument.perform(addCluster, { cluster });
          select(cluster.id);
        },
      }));
    case 'regions':
      return [{ label: 'Add a site here', perform: () => addSiteIn(entry, plan, catalogue) }];
    case 'switches':
      return plan.clusters.map((cluster) => ({
        label: `Use in ${cluster.name}`,
        perform: () => {
          const change = { partId: cluster.id, switchId: entry.id, switchName: entry.name };
          planDocument.perform(setSwitch, change);
          select(cluster.id);
        },
      }));
    case 'models':
      return plan.clusters.flatMap((cluster) => [
        {
          label: `Train it on ${cluster.name}`,
          perform: () => {
            const workload = newTraining(plan, cluster, entry.id);
            planDocument.perform(addWorkload, { workload });
            select(workload.id);
          },
        },
        {
          label: `Serve it on ${cluster.name}`,
          perform: () => {
            const workload = newInference(plan, cluster, entry.id);
            planDocument.perform(addWorkload, { workload });
            select(workload.id);
          },
        },
      ]);
    case 'accelerators':
    case 'processors':
    case 'transceivers':
    case 'cards':
    case 'prices':
    case 'figures':
      return [];
  }
}

function addSiteIn(entry: Entry, plan: Plan, catalogue: Catalogue): void {
  const made = createSite(catalogue, entry.id, freeId(plan, 'site'));
  const site = { ...made, name: freeName(plan, made.name) };
  planDocument.perform(addSite, { site });
  select(site.id);
}
