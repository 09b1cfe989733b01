import type { Accelerator, Assumptions, Precision, System } from '../catalogue/types';
import { assumptionValue } from '../catalogue/assumption';
import {
  bytesPerSecondFromGBps,
  bytesPerSecondFromGbps,
  flopPerSecondFromTflops,
  BYTES_PER_GB,
} from '../units';
import { acceleratorFamily, type AcceleratorFamily } from './family';
import { hardwareAssumptionKeys, readHardwareConstants, type HardwareConstants } from './constants';

/** The rate that a precision runs at: its own, or the next wider one the part has. */
export interface PrecisionRate {
  readonly peakFlopPerSecond: number;
  /** reached by a large matrix product of ordinary shape */
  readonly achievableFlopPerSecond: number;
  /** differs from the one asked for when the part lacks it and converts operands on load */
  readonly computedIn: Precision;
}

/** The generation of a GPU's matrix unit, by the narrowest type it has a rate for; TPUs and other makers' units apart. */
export type MatrixUnit = 'sixteen-bit' | 'eight-bit' | 'four-bit' | 'systolic' | 'other';

function matrixUnit({ kind, vendor, peakDense }: Accelerator): MatrixUnit {
  if (kind === 'tpu') return 'systolic';
  if (kind === 'npu') return 'other';
  if (peakDense.fp4) return 'four-bit';
  if (peakDense.fp8) return 'eight-bit';
  return vendor.toLowerCase() === 'nvidia' ? 'sixteen-bit' : 'other';
}

/**
 * A border that traffic crosses in the scale-out network: what a unit of neighbouring accelerators may send beyond itself,
 * as a share of what its ports can. A border that lets everything through is left out.
 */
export interface NetworkCut {
  /** in the unit, numbered one after another */
  readonly accelerators: number;
  /** where all of it goes to one neighbouring unit */
  readonly neighbourShare: number;
  /** where it spreads evenly over all units */
  readonly uniformShare: number;
}

/** The link between the accelerators of a domain. */
export interface ScaleUp {
  readonly bytesPerSecond: number;
  readonly domain: number;
  /** others that the links go to, each a share of them, where no switch joins them */
  readonly directPeers?: number;
  /** dimensions of the torus that the links make up, where they make one up */
  readonly torusDimensions?: number;
  /** share of the rate that long collectives reach, where it is not that of their code: on a host bus */
  readonly bandwidthFraction?: number;
}

/** One accelerator in its node, as plain numbers in SI units. */
export interface Device {
  readonly rates: Readonly<Partial<Record<Precision, PrecisionRate>>>;
  readonly memoryBytes: number;
  readonly memoryBytesPerSecond: number;
  /** one direction per accelerator; `domain` accelerators share it */
  readonly scaleUp: ScaleUp;
  /** one direction per accelerator */
  readonly scaleOut: {
    readonly bytesPerSecond: number;
    /** share of it that an exchange of every member with every other reaches; absent: as any other traffic */
    readonly uniformFraction?: number;
    /** absent: a fabric that blocks nowhere */
    readonly cuts?: readonly NetworkCut[];
    /** latency of a step beyond that of a fat tree of the same size [s] */
    readonly extraStepSeconds?: number;
  };
  /** between an accelerator and the memory of its host, one direction */
  readonly hostBytesPerSecond: number;
  /** share of an accelerator in the memory of its host; missing where the node's is not known */
  readonly hostMemoryBytes?: number;
  readonly acceleratorsPerNode: number;
  readonly family: AcceleratorFamily;
  readonly unit: MatrixUnit;
  /** of the arrays of a systolic unit, where they are known */
  readonly matrixColumns?: number;
  /** cores of a processor that work, where they are known */
  readonly cores?: number;
  /** its power is that of a module with a processor, which takes its part */
  readonly sharesPower?: boolean;
  /** as sold; absent where it is not known */
  readonly powerWatts?: number;
  /** results that the last tiles of a product compute beyond its own, on average; absent: none */
  readonly idleTileElements?: number;
  readonly constants: HardwareConstants;
}

/**
 * Where a precision is computed on a part that lacks it: the operands are converted on load to the next wider type,
 * so that storage shrinks but the rate is that of the wider type. Ordered by preference.
 */
const fallbacks: Readonly<Record<Precision, readonly Precision[]>> = {
  fp64: ['fp64'],
  fp32: ['fp32', 'fp64'],
  tf32: ['tf32', 'fp32'],
  bf16: ['bf16', 'fp16', 'tf32', 'fp32'],
  fp16: ['fp16', 'bf16', 'tf32', 'fp32'],
  fp8: ['fp8', 'bf16', 'fp16', 'tf32', 'fp32'],
  int8: ['int8', 'fp8', 'bf16', 'fp16', 'fp32'],
  fp4: ['fp4', 'fp8', 'bf16', 'fp16', 'tf32', 'fp32'],
};

function rateOf(
  accelerator: Accelerator,
  asked: Precision,
  constants: HardwareConstants,
): PrecisionRate | undefined {
  const computedIn = fallbacks[asked].find((candidate) => accelerator.peakDense[candidate]);
  if (computedIn === undefined) return undefined;
  const peak = accelerator.peakDense[computedIn]?.value ?? 0;
  const isFourBit = computedIn === 'fp4';
  const isNarrow = isFourBit || computedIn === 'fp8' || computedIn === 'int8';
  const ceilingShare = measuredCeilingShare(accelerator, computedIn, isNarrow);
  const { matmulFraction, ceilingFraction } = constants;
  const narrowFraction = isFourBit ? matmulFraction.fourBit : matmulFraction.eightBit;
  const acceleratorShare = isNarrow ? narrowFraction : matmulFraction.wide;
  const cpuShare = hasTiles(accelerator, peak) ? matmulFraction.cpu : matmulFraction.cpuVector;
  const usualShare = accelerator.kind === 'cpu' ? cpuShare : acceleratorShare;
  const achievable =
    ceilingShare === undefined
      ? peak * usualShare
      : peak * ceilingShare * (isNarrow ? ceilingFraction.narrow : ceilingFraction.wide);
  return {
    peakFlopPerSecond: flopPerSecondFromTflops(peak),
    achievableFlopPerSecond: flopPerSecondFromTflops(achievable),
    computedIn,
  };
}

/** Vector units finish at most about four times as many 16-bit or 8-bit operations as 32-bit ones; matrix tiles many times more. */
function hasTiles({ peakDense }: Accelerator, peak: number): boolean {
  return peak > 5 * (peakDense.fp32?.value ?? peak);
}

/**
 * Best measured matrix product over the dense peak. An 8-bit rate without a measurement of its own takes the 16-bit one:
 * what holds a part back there (clocks, software) holds it back at least as much with narrower types.
 */
function measuredCeilingShare(
  accelerator: Accelerator,
  computedIn: Precision,
  isNarrow: boolean,
): number | undefined {
  const { matmulCeiling, peakDense } = accelerator;
  const candidates: readonly Precision[] =
    isNarrow && computedIn !== 'fp4' ? [computedIn, 'bf16', 'fp16'] : [computedIn];
  for (const precision of candidates) {
    const ceiling = matmulCeiling[precision]?.value;
    const peak = peakDense[precision]?.value;
    if (ceiling !== undefined && peak !== undefined) return ceiling / peak;
  }
  return undefined;
}

/**
 * What one accelerator offers, by itself (system null) or as built into a node.
 *
 * A part without a scale-up link shares the host bus with the others of its node. Without a system the node is taken
 * to be one scale-up domain of at most eight, on the network that the part is sold with, else of the catalogue's default rate.
 */
export function describeDevice(
  accelerator: Accelerator,
  system: System | null,
  assumptions: Assumptions,
): Device {
  const family = acceleratorFamily(accelerator);
  const constants = constantsOfPart(accelerator, assumptions, family);
  const acceleratorsPerNode =
    system?.acceleratorsPerNode.value ?? Math.max(1, Math.min(8, accelerator.scaleUpDomain.value));
  const rates: Partial<Record<Precision, PrecisionRate>> = {};
  for (const precision of Object.keys(fallbacks) as Precision[]) {
    const rate = rateOf(accelerator, precision, constants);
    if (rate !== undefined) rates[precision] = rate;
  }
  const scaleUp =
    accelerator.scaleUpBandwidth === null
      ? hostBus(accelerator, assumptions, acceleratorsPerNode)
      : {
          bytesPerSecond: bytesPerSecondFromGBps(accelerator.scaleUpBandwidth.value),
          domain: Math.max(1, accelerator.scaleUpDomain.value),
          ...(isMesh(accelerator) ? { directPeers: accelerator.scaleUpDomain.value - 1 } : {}),
          ...torusOf(accelerator),
        };
  return {
    rates,
    memoryBytes: accelerator.memoryCapacity.value * BYTES_PER_GB,
    memoryBytesPerSecond: bytesPerSecondFromGBps(accelerator.memoryBandwidth.value),
    scaleUp,
    scaleOut: {
      bytesPerSecond: scaleOutBytesPerSecond(accelerator, system, constants),
    },
    hostBytesPerSecond: hostBytesPerSecond(accelerator, assumptions),
    ...(system?.hostMemory
      ? { hostMemoryBytes: (system.hostMemory.value * BYTES_PER_GB) / acceleratorsPerNode }
      : {}),
    acceleratorsPerNode,
    family,
    unit: matrixUnit(accelerator),
    ...(accelerator.sharesPower ? { sharesPower: true } : {}),
    powerWatts: accelerator.power.value,
    ...(accelerator.matrixColumns ? { matrixColumns: accelerator.matrixColumns.value } : {}),
    constants,
  };
}

function torusOf({ scaleUpKind }: Accelerator): { readonly torusDimensions?: number } {
  const dimensions = /(\d)D torus/.exec(scaleUpKind)?.[1];
  return dimensions === undefined ? {} : { torusDimensions: Number(dimensions) };
}

/** Network between domains: that of the system, else the one that the part is sold with, else a usual one. */
function scaleOutBytesPerSecond(
  { scaleOutBandwidth }: Accelerator,
  system: System | null,
  { scaleOutDefaultBytesPerSecond }: HardwareConstants,
): number {
  const known = system?.scaleOutBandwidth ?? scaleOutBandwidth;
  return known ? bytesPerSecondFromGbps(known.value) : scaleOutDefaultBytesPerSecond;
}

/**
 * Whether a part has links of its own to each other one of its node, and no switch: two ranks then exchange over one of seven links.
 *
 * Source: AMD Instinct MI300X platform data sheet, "seven Infinity Fabric links, 64 GB/s each way", fully connected (from memory).
 */
function isMesh({ scaleUpKind }: Accelerator): boolean {
  return /full mesh/i.test(scaleUpKind);
}

/**
 * The constants of a part: graphics that share a low-power memory with the processor of their computer read a smaller share of
 * its bandwidth than those with a memory of their own; Apple's have a line to themselves.
 */
function constantsOfPart(
  { kind, isWholeComputer }: Accelerator,
  assumptions: Assumptions,
  family: AcceleratorFamily,
): HardwareConstants {
  const constants = constantsOfLine(assumptions, family);
  if (kind !== 'gpu' || !isWholeComputer || family === 'apple') return constants;
  const share = assumptionValue(assumptions, hardwareAssumptionKeys.sharedMemory);
  return { ...constants, matmulMemoryFraction: constants.matmulMemoryFraction * share };
}

/**
 * The constants of a line of parts: the tiles that its products are cut into; all-reduces inside a switch, where a line has them,
 * exceed what a ring reaches.
 */
function constantsOfLine(assumptions: Assumptions, family: AcceleratorFamily): HardwareConstants {
  const constants = readHardwareConstants(assumptions);
  const wave = assumptions[`${hardwareAssumptionKeys.matmulWave}.${family}`];
  const matmulWaveElements = wave === undefined ? constants.matmulWaveElements : wave.value * 1e6;
  const ofLine = assumptions[`${hardwareAssumptionKeys.lowLatencyBandwidth}.${family}`];
  if (ofLine === undefined) return { ...constants, matmulWaveElements };
  const lowLatency = { ...constants.lowLatency, bandwidthFraction: ofLine.value };
  return { ...constants, matmulWaveElements, lowLatency };
}

/** Rate of the host bus of a part: that of its line where the catalogue knows it, else the usual one. */
function busBytesPerSecond(accelerator: Accelerator, assumptions: Assumptions): number {
  const { hostBusBytesPerSecond } = readHardwareConstants(assumptions);
  const ofLine = assumptions[`${hardwareAssumptionKeys.hostBus}.${acceleratorFamily(accelerator)}`];
  return ofLine === undefined ? hostBusBytesPerSecond : bytesPerSecondFromGBps(ofLine.value);
}

/** Rate between a part and the memory of its host, one direction: as the catalogue states it, else that of its bus. */
function hostBytesPerSecond(accelerator: Accelerator, assumptions: Assumptions): number {
  const { hostBandwidth } = accelerator;
  return hostBandwidth
    ? bytesPerSecondFromGBps(hostBandwidth.value)
    : busBytesPerSecond(accelerator, assumptions);
}

/**
 * Whether parts on a bus read each other's memory. Drivers do not let GeForce cards, nor do Amazon's machines the A10G: what they exchange
 * goes through the memory of the host and crosses the bus twice.
 *
 * Source: NVIDIA GeForce cards without peer-to-peer, https://github.com/NVIDIA/nccl/issues/1530 and
 * https://allanchan339.github.io/bug-fixes/2025/05/21/4090-P2P.html; A10G: https://github.com/NVIDIA/nccl/issues/1298, all read 2026-11-30.
 */
function isReadByOthers({ name }: Accelerator): boolean {
  return !/geforce|a10g/i.test(name);
}

/** Host bus that the parts of a node share, of the part's line where the catalogue knows it, else the usual one. */
export function hostBus(
  accelerator: Accelerator,
  assumptions: Assumptions,
  domain: number,
): ScaleUp {
  const { hostBusFraction, hostMemoryFraction } = readHardwareConstants(assumptions);
  const bytesPerSecond = busBytesPerSecond(accelerator, assumptions);
  const bandwidthFraction = isReadByOthers(accelerator) ? hostBusFraction : hostMemoryFraction;
  return { bytesPerSecond, domain, bandwidthFraction };
}

/** The same part on another scale-out network, such as the one a plan's cluster names. */
export function withScaleOut(device: Device, gigabitsPerSecond: number): Device {
  return { ...device, scaleOut: { bytesPerSecond: bytesPerSecondFromGbps(gigabitsPerSecond) } };
}

/**
 * The same part behind Amazon's adapter: rings reach as much of it as of other networks, exchanges of all with all far less, as
 * every message passes the host's software and may arrive out of order.
 */
export function withElasticAdapter(device: Device): Device {
  const uniformFraction = device.constants.elasticAdapterUniformFraction;
  return { ...device, scaleOut: { ...device.scaleOut, uniformFraction } };
}

/** Whether the host's software drives the ports, as it does Amazon's adapter: accelerators cannot send by themselves. */
export function isHostDriven({ scaleOut }: Device): boolean {
  return scaleOut.uniformFraction !== undefined;
}

/** Peak dense rate in FLOP/s at that precision or its documented fallback; 0 when the part has neither. */
export function peakFlopPerSecond(device: Device, precision: Precision): number {
  return device.rates[precision]?.peakFlopPerSecond ?? 0;
}
