import type { System } from '../catalogue/types';
import type { Cluster } from '../plan';

/** A cluster that sizing weighs and no plan holds: nodes of one system on the system's own network, bought or rented at a price. */
export function proposedCluster(
  system: System,
  nodes: number,
  price: { readonly rentUsdPerAcceleratorHour: number; readonly purchaseUsdPerNode: number },
): Cluster {
  const quantity = (value: number) => ({ value, origin: 'default' }) as const;
  return {
    id: system.id,
    name: system.name,
    siteId: '',
    systemId: system.id,
    nodes: quantity(nodes),
    scaleOutGbpsPerAccelerator: quantity(system.scaleOutBandwidth.value),
    rentUsdPerAcceleratorHour: quantity(price.rentUsdPerAcceleratorHour),
    purchaseUsdPerNode: quantity(price.purchaseUsdPerNode),
  };
}
