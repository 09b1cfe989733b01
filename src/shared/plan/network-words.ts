import type { Cluster } from '@engine/plan';

/** What puts messages on the network, the usual first. */
export type NetworkAdapter = 'direct' | NonNullable<Cluster['networkAdapter']>;

/** Network adapters as users know them. */
export const adapterNames: Readonly<Record<NetworkAdapter, string>> = {
  direct: 'InfiniBand or RoCE',
  elastic: 'Elastic Fabric Adapter (Amazon)',
};
