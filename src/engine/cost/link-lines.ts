import type { CostedCluster } from './capital';
import { paidMonthly, type CostLine } from './cost-line';

/** What the links of the sites cost on which clusters stand, each site once. A link without a price costs nothing here and is named by a check. */
export function linkLines(clusters: readonly CostedCluster[]): CostLine[] {
  const sites = new Map(clusters.map(({ site }) => [site.id, site]));
  const perYear = [...sites.values()].reduce(
    (sum, { linkGbps, linkUsdPerMonth }) =>
      sum + ((linkGbps?.value ?? 0) > 0 ? 12 * (linkUsdPerMonth?.value ?? 0) : 0),
    0,
  );
  return perYear > 0 ? [paidMonthly('links', 'Links between sites', perYear)] : [];
}
