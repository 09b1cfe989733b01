import { findAccelerator, unknownPart } from '@engine/catalogue/find-part';
import { namedCores, namedDies, withDies } from '@engine/catalogue/part-share';
import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import type { Device } from '@engine/hardware/device';
import { coreBytesPerSecond, withCores } from '@engine/processors/machine';
import { BYTES_PER_GB } from '@engine/units';
import { CaseError } from './case';
import { processorLike } from './like-processor';

export interface NamedPart {
  readonly accelerator: Accelerator;
  /** parts in each that the case counts: sockets of a server, chips of a card */
  readonly perUnit: number;
  /** the part as the name restricts it: with its memory, or some of its cores */
  readonly refine: (device: Device) => Device;
}

/** The part that a name means, with what the name says of its memory, sockets, dies and cores. */
export function namedPart(
  name: string,
  count: number | null,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): NamedPart {
  const whole = partCalled(name, catalogue, assume);
  const dies = whole.dies === undefined ? null : namedDies(name);
  const accelerator = dies === null ? whole : withDies(whole, dies);
  if (accelerator !== whole) assume(`${accelerator.name}: as the name counts them`);
  const perUnit = partsPerUnit(name, count, accelerator);
  const memoryGb = statedMemory(name, accelerator, perUnit);
  if (memoryGb !== null) {
    assume(`${accelerator.name} with ${memoryGb} GB of memory, as the name says`);
  }
  const cores = workingCores(name, accelerator, perUnit, catalogue);
  if (cores !== null) assume(`${cores.working} of ${cores.all} cores of ${accelerator.name}`);
  const all = catalogue.parallelUnits.get(accelerator.id);
  const working =
    accelerator.kind === 'cpu' && all?.kind === 'cores'
      ? { cores: cores?.working ?? all.units.value }
      : {};
  const core = coreBytesPerSecond(accelerator, catalogue.assumptions);
  return {
    accelerator,
    perUnit,
    refine: (device) => {
      const equipped =
        memoryGb === null ? device : { ...device, memoryBytes: memoryGb * BYTES_PER_GB };
      if (cores === null) return { ...equipped, ...working };
      const restricted = {
        ...withCores(equipped, cores.working, cores.all, core),
        ...working,
      };
      if (accelerator.kind === 'cpu') return restricted;
      return { ...restricted, memoryBytesPerSecond: device.memoryBytesPerSecond };
    },
  };
}

/** A version with another memory than the catalogue knows is found as its part, an unlisted processor as one of its generation. */
function partCalled(
  name: string,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Accelerator {
  const found = findAccelerator(catalogue, name);
  if (found !== null) return found;
  const like = catalogue.accelerators.get(processorLike(name) ?? '');
  if (like !== undefined) {
    assume(
      `${like.name}: the catalogue has no processor named '${name}', and this is of its generation`,
    );
    return like;
  }
  const other = findAccelerator(catalogue, name.replace(/\d+ ?gi?b?\b/i, ' '));
  if (other === null) throw new CaseError(unknownPart(catalogue, name));
  return other;
}

/** Memory per part where the name states another than the catalogue, rounding of makers aside; null otherwise. */
function statedMemory(name: string, part: Accelerator, perUnit: number): number | null {
  const text = /\b(\d+) ?g(?:i?b)?\b/i.exec(name)?.[1];
  if (text === undefined) return null;
  const known = part.memoryCapacity.value;
  const stated = Number(text);
  const isPartOfName = part.aliases.some((alias) => alias.includes(`${text}GB`));
  const isKnown =
    isPartOfName || [stated, stated / perUnit].some((one) => Math.abs(one / known - 1) <= 0.08);
  return isKnown ? null : stated;
}

interface WorkingCores {
  readonly working: number;
  readonly all: number;
}

/** Cores of each part that the name lets work, where it counts fewer than there are. */
function workingCores(
  name: string,
  part: Accelerator,
  perUnit: number,
  { parallelUnits }: Catalogue,
): WorkingCores | null {
  const units = parallelUnits.get(part.id);
  if (units?.kind !== 'cores') return null;
  const graphics = /\b(\d+)[- ]cores? gpu\b/i.exec(name)?.[1];
  const counted =
    part.kind === 'cpu'
      ? (namedCores(name, part) ?? Infinity) / perUnit
      : Number(graphics ?? Infinity);
  const all = units.units.value;
  return counted < all ? { working: counted, all } : null;
}

/**
 * Processors in 'Xeon 6980P x2 sockets', 'EPYC 9654 2P' and, where no more are counted, '2x EPYC 9654' and 'EPYC 9175F (x2)';
 * chips in 'Arc Pro B60 (Dual 48G card)'.
 */
function partsPerUnit(name: string, count: number | null, { kind }: Accelerator): number {
  const sockets =
    /x ?(\d) sockets|(\d)[- ]?sockets?\b/i.exec(name) ??
    (kind === 'cpu' ? /\b(\d) ?[sp]\b(?!-)/i.exec(name) : null);
  if (sockets !== null) return Number(sockets[1] ?? sockets[2]);
  const isOneCounted = (count ?? 1) === 1;
  const times = /^(\d) ?[x×] ?(?=[a-z])|(?<![a-z])(?<!pcie ?)[x×] ?(\d)\)?$/i.exec(name.trim());
  if (isOneCounted && times !== null) return Number(times[1] ?? times[2]);
  const isPair = /\bdual\b/i.test(name) || (kind === 'cpu' && /superchip/i.test(name));
  return isPair ? 2 : 1;
}
