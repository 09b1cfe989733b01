import { assumptionOf } from '../catalogue/assumption';
import type { Accelerator, Assumptions, Catalogue, Fact, System } from '../catalogue/types';

const prefix = 'server-of-';

function assumption(assumptions: Assumptions, key: string): Fact {
  const { value, unit, source, quality, note } = assumptionOf(assumptions, key);
  return { value, unit, source, quality, ...(note === undefined ? {} : { note }) };
}

/** Parts in one server: all that a scale-up link joins, up to eight; cards and sockets of the usual server; 1 for a computer. */
function partsPerNode(accelerator: Accelerator, assumptions: Assumptions): Fact {
  if (accelerator.isWholeComputer) {
    return { ...accelerator.scaleUpDomain, value: 1, note: 'the part is a whole computer' };
  }
  if (accelerator.kind === 'cpu') return assumption(assumptions, 'sizing.socketsPerServer');
  const cards = assumption(assumptions, 'sizing.cardsPerServer');
  const isLinked = accelerator.scaleUpBandwidth !== null;
  const joined = accelerator.scaleUpDomain;
  return isLinked && joined.value > 2
    ? { ...joined, value: Math.min(cards.value, joined.value) }
    : cards;
}

/**
 * A server for a part that the catalogue has no system of, so that every accelerator can be sized.
 *
 *   P = n · p · h
 *
 * P power under load [kW] · n parts in a server [1] · p power of the part [W] · h power of the server over that of its parts [1];
 * 1 for a whole computer
 *
 * Leaves out: a price, which nobody publishes for it; the maker's own choice of parts.
 * Source: assumptions of the catalogue.
 */
export function standInSystem(accelerator: Accelerator, assumptions: Assumptions): System {
  const parts = partsPerNode(accelerator, assumptions);
  const host = assumption(assumptions, 'sizing.hostPower');
  const share = accelerator.isWholeComputer ? 1 : host.value;
  const network =
    accelerator.scaleOutBandwidth ?? assumption(assumptions, 'hardware.scaleOutDefaultBandwidth');
  const isSingle = parts.value === 1;
  return {
    id: `${prefix}${accelerator.id}`,
    name: isSingle ? accelerator.name : `Server with ${String(parts.value)} × ${accelerator.name}`,
    acceleratorId: accelerator.id,
    acceleratorsPerNode: parts,
    maxPower: {
      value: (parts.value * accelerator.power.value * share) / 1e3,
      unit: 'kW',
      source: isSingle ? accelerator.power.source : host.source,
      quality: 'estimate',
      note: isSingle ? 'power of the part' : 'power of its parts times that of a usual server',
    },
    typicalPower: null,
    scaleOutBandwidth: network,
    price: null,
    rackUnits: assumption(assumptions, 'sizing.serverHeight'),
    cooling: 'air',
    notes: 'A stand-in: the catalogue has no server with this part.',
  };
}

/** The rows that a system is looked up in. */
export type SystemRows = Pick<Catalogue, 'accelerators' | 'systems' | 'assumptions'>;

/** Every system of the catalogue, then a stand-in for each accelerator that none is built from; rare parts are left out. */
export function everySystem(catalogue: SystemRows): System[] {
  const common = standIns(catalogue).filter(({ part }) => !part.isRare);
  return [...catalogue.systems.values(), ...common.map(({ system }) => system)];
}

/** Stand-ins for parts that are found by their name only. */
export function rareSystems(catalogue: SystemRows): System[] {
  return standIns(catalogue)
    .filter(({ part }) => part.isRare)
    .map(({ system }) => system);
}

function standIns(catalogue: SystemRows): { part: Accelerator; system: System }[] {
  const listed = [...catalogue.systems.values()];
  const built = new Set(listed.map(({ acceleratorId }) => acceleratorId));
  return [...catalogue.accelerators.values()]
    .filter(({ id }) => !built.has(id))
    .map((part) => ({ part, system: standInSystem(part, catalogue.assumptions) }));
}

/** The system of an id, a stand-in included; undefined where the id names none. */
export function systemById(catalogue: SystemRows, id: string): System | undefined {
  const listed = catalogue.systems.get(id);
  if (listed !== undefined || !id.startsWith(prefix)) return listed;
  const part = catalogue.accelerators.get(id.slice(prefix.length));
  return part && standInSystem(part, catalogue.assumptions);
}

export function isStandIn({ id }: System): boolean {
  return id.startsWith(prefix);
}
