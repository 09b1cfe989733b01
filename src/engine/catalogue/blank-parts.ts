import type { NetworkCard, Switch, Transceiver } from './network';
import type { PartKind } from './own-parts';
import type { Accelerator, Fact, Region, System } from './types';

/** Stands where a field that every part needs was not stated yet; `isStated` tells it apart. */
const unstated: Fact = { value: Number.NaN, unit: '1', source: 'plan', quality: 'entered' };

export function isStated(fact: Fact | null): boolean {
  return fact !== null && !Number.isNaN(fact.value);
}

/** The row that each kind of part is. */
export interface PartRows {
  readonly accelerator: Accelerator;
  readonly system: System;
  readonly switch: Switch;
  readonly transceiver: Transceiver;
  readonly networkCard: NetworkCard;
  readonly region: Region;
}

/** A part of which nothing is stated: what a part of one's own starts from when it is based on no other. */
export const blankParts: { readonly [Kind in PartKind]: PartRows[Kind] } = {
  accelerator: {
    id: '',
    name: '',
    vendor: 'Own',
    kind: 'gpu',
    releasedOn: null,
    aliases: [],
    memoryCapacity: unstated,
    memoryBandwidth: unstated,
    peakDense: {},
    matmulCeiling: {},
    scaleUpBandwidth: null,
    scaleUpDomain: unstated,
    scaleUpKind: 'not stated',
    power: unstated,
    notes: '',
  },
  system: {
    id: '',
    name: '',
    acceleratorId: '',
    acceleratorsPerNode: unstated,
    maxPower: unstated,
    typicalPower: null,
    scaleOutBandwidth: unstated,
    price: null,
    rackUnits: null,
    hostMemory: null,
    cooling: 'either',
    notes: '',
  },
  switch: {
    id: '',
    name: '',
    vendor: 'Own',
    generation: 'not stated',
    protocol: 'ethernet',
    ports: unstated,
    portSpeed: unstated,
    splitsPerPort: unstated,
    portsPerTransceiver: unstated,
    rackUnits: null,
    power: null,
    price: null,
    notes: '',
  },
  transceiver: {
    id: '',
    name: '',
    links: unstated,
    linkSpeed: unstated,
    reach: null,
    medium: 'single-mode',
    power: null,
    price: null,
    notes: '',
  },
  networkCard: { id: '', name: '', speed: unstated, power: null, price: null, notes: '' },
  region: { id: '', name: '', electricityPrice: null, gridCarbon: unstated },
};
