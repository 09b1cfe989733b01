import { Select } from '@mantine/core';
import { useMemo } from 'react';
import type { Catalogue } from '@engine/catalogue/types';
import { topologies } from '@engine/facility/fabric/types';
import type { Cluster } from '@engine/plan';
import { adapterNames } from '@shared/plan/network-words';
import { setNetworkAdapter, setSwitch, setTopology } from '../../document/commands/choice';
import { planDocument, usePlanCatalogue } from '../../document/document';
import { fieldId } from '../../document/fields/field-id';
import { FieldGroup } from './FieldGroup';

const asDesigned = { value: '', label: 'As in the reference design' } as const;

const topologyOptions = [
  asDesigned,
  ...topologies.map((topology) => ({
    value: topology,
    label: topology.charAt(0).toUpperCase() + topology.slice(1),
  })),
];

const adapters = ['direct', 'elastic'] as const;
const adapterOptions = adapters.map((value) => ({ value, label: adapterNames[value] }));

function switchOptionsOf({ network }: Catalogue) {
  const rows = [...network.switches.values()].map((row) => ({
    value: row.id,
    label: `${row.name}, ${String(row.ports.value)} × ${String(row.portSpeed.value)} Gb/s`,
  }));
  return [asDesigned, ...rows];
}

/** How a cluster's scale-out network is wired, and with which switch. */
export function FabricChoice({ cluster }: { readonly cluster: Cluster }) {
  const partId = cluster.id;
  const catalogue = usePlanCatalogue();
  const switchOptions = useMemo(() => switchOptionsOf(catalogue), [catalogue]);
  const { switchId } = cluster;
  const isUnknown = typeof switchId === 'string' && !catalogue.network.switches.has(switchId);
  return (
    <FieldGroup title="Fabric">
      <Select
        id={fieldId('topology')}
        label="Topology"
        data={topologyOptions}
        value={cluster.topology ?? asDesigned.value}
        allowDeselect={false}
        onChange={(chosen) => {
          const topology = topologies.find((candidate) => candidate === chosen) ?? null;
          planDocument.perform(setTopology, { partId, topology });
        }}
      />
      <Select
        id={fieldId('switchId')}
        label="Switch"
        data={switchOptions}
        value={isUnknown ? null : (switchId ?? asDesigned.value)}
        error={isUnknown ? `“${switchId}” is not in the catalogue. Choose another entry.` : null}
        searchable
        allowDeselect={false}
        onChange={(chosen) => {
          const option = switchOptions.find(({ value }) => value === chosen);
          if (option === undefined) return;
          planDocument.perform(setSwitch, {
            partId,
            switchId: option.value === asDesigned.value ? null : option.value,
            switchName: option.label,
          });
        }}
      />
      <Select
        id={fieldId('networkAdapter')}
        label="Network adapter"
        data={adapterOptions}
        value={cluster.networkAdapter ?? 'direct'}
        allowDeselect={false}
        onChange={(chosen) => {
          const adapter = adapters.find((candidate) => candidate === chosen);
          if (adapter) planDocument.perform(setNetworkAdapter, { partId, adapter });
        }}
      />
    </FieldGroup>
  );
}
