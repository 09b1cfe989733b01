import { assumptionValue } from '../catalogue/assumption';
import type {
  Accelerator,
  Assumptions,
  Catalogue,
  ParallelUnits,
  Precision,
  System,
} from '../catalogue/types';
import { loadPower } from '../facility/power';
import { hardwareAssumptionKeys } from '../hardware/constants';
import { describeDevice, type Device, type PrecisionRate } from '../hardware/device';
import { hourlyCost } from '../sizing/cluster-cost';
import { BYTES_PER_GB } from '../units';

/** Processors of one kind that do a job: a single core, one part, a node or a cluster. */
export interface Machine {
  readonly acceleratorId: string;
  readonly processors: number;
  /** only so many cores of one processor; every core when left out */
  readonly cores?: number;
}

/** A machine with the rows that its id stands for, as plain numbers. */
export interface DescribedMachine {
  readonly machine: Machine;
  readonly accelerator: Accelerator;
  /** the node that the part is sold in; null where the catalogue has none */
  readonly system: System | null;
  readonly parallel: ParallelUnits | null;
  readonly device: Device;
  /** share of one processor that works, 0–1 */
  readonly share: number;
  readonly powerKw: number;
  /** null where neither a price nor a rent is published */
  readonly usdPerHour: number | null;
  /** what usdPerHour is */
  readonly priceKind: 'owned' | 'rented';
}

/** Memory bandwidth that one core draws by itself [B/s]: more where memory is near, as in client computers. */
export function coreBytesPerSecond({ isWholeComputer }: Accelerator, known: Assumptions): number {
  const { coreMemory, clientCoreMemory } = hardwareAssumptionKeys;
  return assumptionValue(known, isWholeComputer ? clientCoreMemory : coreMemory) * BYTES_PER_GB;
}

/**
 * A processor of which only some cores work.
 *
 *   A' = A · k / n      B' = min(B, k · b)
 *
 * A arithmetic rate [FLOP/s] · B memory bandwidth [B/s] · k cores that work, n cores of the part [1] · b bandwidth that one
 * core draws by itself [B/s]
 *
 * Leaves out: higher clocks while the other cores are idle.
 * Source: definition; b in the catalogue.
 */
export function withCores(
  device: Device,
  cores: number,
  allCores: number,
  bytesPerSecond: number,
): Device {
  const share = cores / allCores;
  const rates = Object.fromEntries(
    Object.entries(device.rates).map(([precision, rate]) => [precision, scaled(rate, share)]),
  ) as Partial<Record<Precision, PrecisionRate>>;
  return {
    ...device,
    rates,
    memoryBytesPerSecond: Math.min(device.memoryBytesPerSecond, cores * bytesPerSecond),
  };
}

function scaled(rate: PrecisionRate, share: number): PrecisionRate {
  return {
    ...rate,
    peakFlopPerSecond: rate.peakFlopPerSecond * share,
    achievableFlopPerSecond: rate.achievableFlopPerSecond * share,
  };
}

/** Looks a machine up; null when the catalogue has no such part, or nothing is left of it. */
export function describeMachine(machine: Machine, catalogue: Catalogue): DescribedMachine | null {
  const accelerator = catalogue.accelerators.get(machine.acceleratorId);
  const isCount = Number.isInteger(machine.processors) && machine.processors >= 1;
  if (accelerator === undefined || !isCount) return null;
  const system = soldSystem(catalogue, accelerator.id);
  const parallel = catalogue.parallelUnits.get(accelerator.id) ?? null;
  const whole = describeDevice(accelerator, system, catalogue.assumptions);
  const { cores } = machine;
  const isPart = cores !== undefined && parallel?.kind === 'cores' && cores < parallel.units.value;
  const core = coreBytesPerSecond(accelerator, catalogue.assumptions);
  const device = isPart ? withCores(whole, cores, parallel.units.value, core) : whole;
  const share = isPart ? cores / parallel.units.value : 1;
  const nodes = (machine.processors * share) / (system?.acceleratorsPerNode.value ?? 1);
  const hourly = system === null ? null : hourlyCost(catalogue, system, 1);
  const perNode = hourly?.ownUsdPerHour ?? hourly?.rentUsdPerHour ?? null;
  return {
    machine,
    accelerator,
    system,
    parallel,
    device,
    share,
    powerKw:
      system === null ? (accelerator.power.value * nodes) / 1e3 : nodes * loadPower(system).value,
    usdPerHour: perNode === null ? null : perNode * nodes,
    priceKind: typeof hourly?.ownUsdPerHour === 'number' ? 'owned' : 'rented',
  };
}

/** The node that a part is sold in: one with a price before one without, then in the catalogue's order. */
export function soldSystem(catalogue: Catalogue, acceleratorId: string): System | null {
  const systems = [...catalogue.systems.values()].filter(
    (system) => system.acceleratorId === acceleratorId,
  );
  return systems.find((system) => system.price !== null) ?? systems[0] ?? null;
}

const count = new Intl.NumberFormat('en');

/** "1 core of Xeon 6980P", "8 × H100 SXM". */
export function machineName({ machine, accelerator, share, parallel }: DescribedMachine): string {
  const name = accelerator.name.replace(/ \(.*\)$/, '');
  if (share < 1 && parallel !== null && machine.cores !== undefined) {
    return `${count.format(machine.cores)} core${machine.cores === 1 ? '' : 's'} of ${name}`;
  }
  return `${count.format(machine.processors)} × ${name}`;
}
