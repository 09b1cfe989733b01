import { acquisitionLabels } from '@engine/cost/options';
import type { RentalTerm } from '@engine/catalogue/types';
import type {
  Cluster,
  CostAssumptions,
  DisplayCurrency,
  Quantity,
  Site,
  Topology,
  Workload,
} from '@engine/plan';
import { adapterNames, type NetworkAdapter } from '@shared/plan/network-words';
import { findPart, isQuantity, isWorkload, partName, withPart, type Part } from '../subject';
import { defineCommand } from './command';

/** A part built anew from the catalogue for another choice, and the name it would have had for the former one. */
interface Rebuilt<Item> {
  readonly fresh: Item;
  readonly formerName: string;
}

/**
 * What nobody chose follows the new choice: quantities that are defaults, and a name that was given by default.
 * The rest stays.
 */
function withFreshDefaults<Item extends { readonly name: string }>(
  chosen: Item,
  { fresh, formerName }: Rebuilt<Item>,
): Item {
  const replaced = Object.entries(fresh).filter(([key, value]) => {
    const current: unknown = Object.getOwnPropertyDescriptor(chosen, key)?.value;
    return isQuantity(value) && isQuantity(current) && current.origin === 'default';
  });
  const name = chosen.name === formerName ? fresh.name : chosen.name;
  return { ...chosen, ...Object.fromEntries(replaced), name };
}

/** Chooses another system for a cluster; prices and network that were defaults become those of the new one. */
export const setSystem = defineCommand<Rebuilt<Cluster> & { readonly systemName: string }>({
  label: (plan, { fresh, systemName }) =>
    `Set system of ${partName(plan, fresh.id)} to ${systemName}`,
  apply(plan, { fresh, formerName }) {
    const found = findPart(plan, fresh.id);
    if (found?.kind !== 'cluster' || found.part.systemId === fresh.systemId) return plan;
    const { nodes } = found.part;
    const chosen = { ...found.part, systemId: fresh.systemId };
    const part = { ...withFreshDefaults(chosen, { fresh, formerName }), nodes };
    return withPart(plan, { kind: 'cluster', part });
  },
});

/** Chooses another region for a site; price and carbon that were defaults become those of the new one. */
export const setRegion = defineCommand<Rebuilt<Site> & { readonly regionName: string }>({
  label: (plan, { fresh, regionName }) =>
    `Set region of ${partName(plan, fresh.id)} to ${regionName}`,
  apply(plan, { fresh, formerName }) {
    const found = findPart(plan, fresh.id);
    if (found?.kind !== 'site' || found.part.regionId === fresh.regionId) return plan;
    const chosen = { ...found.part, regionId: fresh.regionId };
    return withPart(plan, { kind: 'site', part: withFreshDefaults(chosen, { fresh, formerName }) });
  },
});

/** Chooses another model for a workload; token counts and the like that were defaults follow it. */
export const setModel = defineCommand<Rebuilt<Workload> & { readonly modelName: string }>({
  label: (plan, { fresh, modelName }) => `Set model of ${partName(plan, fresh.id)} to ${modelName}`,
  apply(plan, { fresh, formerName }) {
    const found = findPart(plan, fresh.id);
    if (!isWorkload(found)) return plan;
    if (found.kind !== fresh.kind || found.part.modelId === fresh.modelId) return plan;
    const chosen = { ...found.part, modelId: fresh.modelId };
    const part = withFreshDefaults<Workload>(chosen, { fresh, formerName });
    return withPart(plan, { ...found, part } as Part);
  },
});

/** Moves a cluster to another site. */
export const moveCluster = defineCommand<{ readonly partId: string; readonly siteId: string }>({
  label: (plan, { partId, siteId }) =>
    `Move ${partName(plan, partId)} to ${partName(plan, siteId)}`,
  apply(plan, { partId, siteId }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'cluster' || findPart(plan, siteId)?.kind !== 'site') return plan;
    if (found.part.siteId === siteId) return plan;
    return withPart(plan, { kind: 'cluster', part: { ...found.part, siteId } });
  },
});

/** Moves a workload to another cluster. */
export const moveWorkload = defineCommand<{ readonly partId: string; readonly clusterId: string }>({
  label: (plan, { partId, clusterId }) =>
    `Move ${partName(plan, partId)} to ${partName(plan, clusterId)}`,
  apply(plan, { partId, clusterId }) {
    const found = findPart(plan, partId);
    if (!isWorkload(found)) return plan;
    if (findPart(plan, clusterId)?.kind !== 'cluster') return plan;
    if (found.part.clusterId === clusterId) return plan;
    return withPart(plan, { ...found, part: { ...found.part, clusterId } } as Part);
  },
});

/** Chooses how a cluster's switches are wired; null is the maker's reference design. */
export const setTopology = defineCommand<{
  readonly partId: string;
  readonly topology: Topology | null;
}>({
  label: (plan, { partId, topology }) =>
    `Set topology of ${partName(plan, partId)} to ${topology ?? 'the reference design'}`,
  apply(plan, { partId, topology }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'cluster' || (found.part.topology ?? null) === topology) return plan;
    return withPart(plan, { kind: 'cluster', part: { ...found.part, topology } });
  },
});

/** Chooses what puts a cluster's messages on the network. */
export const setNetworkAdapter = defineCommand<{
  readonly partId: string;
  readonly adapter: NetworkAdapter;
}>({
  label: (plan, { partId, adapter }) =>
    `Set network adapter of ${partName(plan, partId)} to ${adapterNames[adapter]}`,
  apply(plan, { partId, adapter }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'cluster') return plan;
    const { networkAdapter = 'direct', ...cluster } = found.part;
    if (networkAdapter === adapter) return plan;
    const chosen = adapter === 'direct' ? {} : { networkAdapter: adapter };
    return withPart(plan, { kind: 'cluster', part: { ...cluster, ...chosen } });
  },
});

/** Chooses the switch of a cluster's fabric; null is that of the maker's reference design. */
export const setSwitch = defineCommand<{
  readonly partId: string;
  readonly switchId: string | null;
  readonly switchName: string;
}>({
  label: (plan, { partId, switchName }) =>
    `Set switch of ${partName(plan, partId)} to ${switchName}`,
  apply(plan, { partId, switchId }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'cluster' || (found.part.switchId ?? null) === switchId) return plan;
    return withPart(plan, { kind: 'cluster', part: { ...found.part, switchId } });
  },
});

export const setAcquisition = defineCommand<Pick<CostAssumptions, 'acquisition'>>({
  label: (_plan, { acquisition }) => `Choose: ${acquisitionLabels[acquisition].toLowerCase()}`,
  apply: (plan, { acquisition }) =>
    plan.costs.acquisition === acquisition
      ? plan
      : { ...plan, costs: { ...plan.costs, acquisition } },
});

/** Chooses the contract of a rented cluster; a rent that is a default becomes that of the contract, where there is a quote. */
export const setRentTerm = defineCommand<{
  readonly partId: string;
  readonly term: RentalTerm;
  readonly rent: Quantity | null;
}>({
  label: (plan, { partId, term }) => `Rent ${partName(plan, partId)} ${term}`,
  apply(plan, { partId, term, rent }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'cluster' || found.part.rentTerm === term) return plan;
    const isDefault = found.part.rentUsdPerAcceleratorHour.origin === 'default';
    const part = {
      ...found.part,
      rentTerm: term,
      ...(isDefault && rent !== null ? { rentUsdPerAcceleratorHour: rent } : {}),
    };
    return withPart(plan, { kind: 'cluster', part });
  },
});

/** Chooses a further currency for totals, with the rate and its date; null shows US dollars alone. */
export const setCurrency = defineCommand<{ readonly currency: DisplayCurrency | null }>({
  label: (_plan, { currency }) =>
    currency === null ? 'Show US dollars alone' : `Show totals in ${currency.code} too`,
  apply: (plan, { currency }) => ({ ...plan, costs: { ...plan.costs, currency } }),
});
