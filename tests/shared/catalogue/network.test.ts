import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { networkSchema } from '@shared/catalogue/network-schema';
import rows from '../../../resources/catalogue/network.json';

const { switches, transceivers, networkCards, designs } = catalogue.network;

describe('the network rows of the catalogue', () => {
  test('are all there, each once', () => {
    expect(switches.size).toBe(rows.switches.length);
    expect(transceivers.size).toBe(rows.transceivers.length);
    expect(networkCards.size).toBe(rows.networkCards.length);
    expect(designs.size).toBe(rows.designs.length);
    expect([switches.size, transceivers.size, networkCards.size]).toEqual([9, 3, 7]);
  });

  test('name sources that exist', () => {
    const ids = [...JSON.stringify(rows).matchAll(/"source":"([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(60);
    expect(ids.filter((id) => id === undefined || !catalogue.sources.has(id))).toEqual([]);
  });

  test('give every design a system and a switch of the catalogue, fast enough for its ports', () => {
    for (const design of designs.values()) {
      const system = catalogue.systems.get(design.systemId);
      const chosen = switches.get(design.switchId);
      expect(system, design.systemId).toBeDefined();
      expect(chosen, design.switchId).toBeDefined();
      const perPlane = (system?.scaleOutBandwidth.value ?? Infinity) / design.planes.value;
      expect(perPlane).toBeLessThanOrEqual(chosen?.portSpeed.value ?? 0);
      const accelerators = system?.acceleratorsPerNode.value ?? 0;
      expect(accelerators % design.rails.value, design.systemId).toBe(0);
    }
  });

  test('multiply to the throughput that makers print: Quantum-2 25.6, Quantum-X800 115.2, SN5600 51.2 Tb/s', () => {
    const throughput = (id: string): number => {
      const row = switches.get(id);
      return ((row?.ports.value ?? 0) * (row?.portSpeed.value ?? 0)) / 1e3;
    };
    expect(throughput('qm8700')).toBeCloseTo(8, 9);
    expect(throughput('qm9700')).toBeCloseTo(25.6, 9);
    expect(throughput('q3400-ra')).toBeCloseTo(115.2, 9);
    expect(throughput('sn5600')).toBeCloseTo(51.2, 9);
    expect(throughput('sn6600')).toBeCloseTo(102.4, 9);
  });
});

describe('a network row that cannot be', () => {
  const [row] = rows.switches;
  const withSwitch = (change: object) => ({ ...rows, switches: [{ ...row, ...change }] });

  test.each([
    ['a switch without ports', { ports: { ...row?.ports, value: 0 } }],
    ['a negative price', { price: { ...row?.ports, value: -1 } }],
    ['a fact without a source', { ports: { value: 64, unit: 'ports', quality: 'official' } }],
    ['a fact without a unit', { ports: { value: 64, source: 'memory', quality: 'official' } }],
    ['an unknown field', { colour: 'green' }],
  ])('%s is refused', (_what, change) => {
    expect(networkSchema.safeParse(withSwitch({})).success).toBe(true);
    expect(networkSchema.safeParse(withSwitch(change)).success).toBe(false);
  });
});
