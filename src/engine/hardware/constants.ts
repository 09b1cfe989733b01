import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';

/** Measured behaviour shared by all parts, as plain numbers in SI units; the facts are in the catalogue. */
export interface HardwareConstants {
  /** share of the peak rate that a large matrix product reaches, by operand width, 0–1 */
  readonly matmulFraction: {
    readonly wide: number;
    readonly eightBit: number;
    readonly fourBit: number;
    /** every width, on the matrix tiles of a CPU and on its vector units */
    readonly cpu: number;
    readonly cpuVector: number;
  };
  /** share of the best measured matrix product that ordinary shapes reach, by operand width, 0–1 */
  readonly ceilingFraction: { readonly wide: number; readonly narrow: number };
  /** share of the memory bandwidth that a matrix product streams its operands at, 0–1 */
  readonly matmulMemoryFraction: number;
  /** how sharply a kernel passes from memory bound to compute bound; 1 adds both times, ∞ takes the longer */
  readonly overlapExponent: number;
  readonly kernelFloorSeconds: number;
  /** results of a matrix product that all units of a part compute at a time; 0 where no tiles are known */
  readonly matmulWaveElements: number;
  /** share of the memory bandwidth that a streaming kernel reaches, 0–1 */
  readonly streamFraction: number;
  /** share of the 16-bit peak that a fused attention kernel reaches on a prompt, 0–1 */
  readonly attentionFraction: number;
  readonly library: CollectiveConstants;
  readonly lowLatency: CollectiveConstants;
  /** share of a scale-up link's rate that reading from all others at once reaches, 0–1 */
  readonly directFraction: number;
  readonly scaleOut: CollectiveConstants;
  /** how gradually a collective passes from latency bound to bandwidth bound */
  readonly collectiveBlendExponent: number;
  /** one direction of the host bus, for parts without a scale-up link */
  readonly hostBusBytesPerSecond: number;
  /** share of its rate that collectives reach: neighbours share root ports, and sockets their link */
  readonly hostBusFraction: number;
  /** the same where what is exchanged goes through the memory of the host */
  readonly hostMemoryFraction: number;
  /** memory traffic of an optimizer step that the processors of a node compute */
  readonly hostUpdateBytesPerSecond: number;
  readonly scaleOutDefaultBytesPerSecond: number;
  /** share of the rate of Amazon's adapter that an exchange of all with all reaches, beyond that of long collectives, 0–1 */
  readonly elasticAdapterUniformFraction: number;
  /** bytes that the adapter could send in the time that it takes for a short message */
  readonly elasticAdapterMessageBytes: number;
  /** power over the 16-bit peak of the part that others of its line are compared with [J] */
  readonly usualEnergyPerFlop: number;
}

export interface CollectiveConstants {
  readonly baseSeconds: number;
  readonly stepSeconds: number;
  /** share of the link rate reached by very large messages, 0–1 */
  readonly bandwidthFraction: number;
}

/** Names of the catalogue's assumptions that describe what hardware really delivers. */
export const hardwareAssumptionKeys = {
  matmulWide: 'hardware.matmulFraction16Bit',
  matmulEightBit: 'hardware.matmulFraction8Bit',
  matmulFourBit: 'hardware.matmulFraction4Bit',
  matmulCpu: 'hardware.matmulFractionCpu',
  matmulCpuVector: 'hardware.matmulFractionCpuVector',
  ceilingWide: 'hardware.matmulShareOfCeiling16Bit',
  ceilingNarrow: 'hardware.matmulShareOfCeiling8Bit',
  matmulMemory: 'hardware.matmulMemoryFraction',
  lastLevelCache: 'hardware.lastLevelCache',
  lastLevelCacheSpeed: 'hardware.lastLevelCacheSpeed',
  sharedMemory: 'hardware.sharedMemoryFraction',
  overlap: 'hardware.kernelOverlapExponent',
  kernelFloor: 'hardware.kernelFloor',
  matmulWave: 'hardware.matmulWave',
  stream: 'hardware.memoryStreamFraction',
  attention: 'hardware.attentionFraction',
  blend: 'hardware.collectiveBlendExponent',
  libraryBase: 'hardware.collectiveLibraryBase',
  libraryStep: 'hardware.collectiveLibraryStep',
  libraryBandwidth: 'hardware.collectiveLibraryBandwidthFraction',
  lowLatencyBase: 'hardware.collectiveLowLatencyBase',
  lowLatencyStep: 'hardware.collectiveLowLatencyStep',
  lowLatencyBandwidth: 'hardware.collectiveLowLatencyBandwidthFraction',
  lowLatencyDirect: 'hardware.collectiveLowLatencyDirectFraction',
  scaleOutBase: 'hardware.collectiveScaleOutBase',
  scaleOutStep: 'hardware.collectiveScaleOutStep',
  scaleOutBandwidth: 'hardware.collectiveScaleOutBandwidthFraction',
  hostBus: 'hardware.hostBusBandwidth',
  hostBusFraction: 'hardware.hostBusFraction',
  hostMemoryFraction: 'hardware.hostMemoryFraction',
  hostUpdate: 'hardware.hostUpdateBandwidth',
  scaleOutDefault: 'hardware.scaleOutDefaultBandwidth',
  elasticAdapterUniform: 'hardware.elasticAdapterAllToAllFraction',
  elasticAdapterMessage: 'hardware.elasticAdapterMessage',
  usualEnergy: 'hardware.usualEnergyPerFlop',
  coreMemory: 'hardware.coreMemoryBandwidth',
  clientCoreMemory: 'hardware.coreMemoryBandwidth.client',
} as const;

const microsecond = 1e-6;

export function readHardwareConstants(assumptions: Assumptions): HardwareConstants {
  const names = hardwareAssumptionKeys;
  const read = (key: string): number => assumptionValue(assumptions, key);
  const collective = (base: string, step: string, bandwidth: string): CollectiveConstants => ({
    baseSeconds: read(base) * microsecond,
    stepSeconds: read(step) * microsecond,
    bandwidthFraction: read(bandwidth),
  });
  return {
    matmulFraction: {
      wide: read(names.matmulWide),
      eightBit: read(names.matmulEightBit),
      fourBit: read(names.matmulFourBit),
      cpu: read(names.matmulCpu),
      cpuVector: read(names.matmulCpuVector),
    },
    ceilingFraction: { wide: read(names.ceilingWide), narrow: read(names.ceilingNarrow) },
    matmulMemoryFraction: read(names.matmulMemory),
    overlapExponent: read(names.overlap),
    kernelFloorSeconds: read(names.kernelFloor) * microsecond,
    matmulWaveElements: read(names.matmulWave) * 1e6,
    streamFraction: read(names.stream),
    attentionFraction: read(names.attention),
    library: collective(names.libraryBase, names.libraryStep, names.libraryBandwidth),
    lowLatency: collective(names.lowLatencyBase, names.lowLatencyStep, names.lowLatencyBandwidth),
    directFraction: read(names.lowLatencyDirect),
    scaleOut: collective(names.scaleOutBase, names.scaleOutStep, names.scaleOutBandwidth),
    collectiveBlendExponent: read(names.blend),
    hostBusBytesPerSecond: read(names.hostBus) * 1e9,
    hostBusFraction: read(names.hostBusFraction),
    hostMemoryFraction: read(names.hostMemoryFraction),
    hostUpdateBytesPerSecond: read(names.hostUpdate) * 1e9,
    scaleOutDefaultBytesPerSecond: (read(names.scaleOutDefault) * 1e9) / 8,
    elasticAdapterUniformFraction: read(names.elasticAdapterUniform),
    elasticAdapterMessageBytes: read(names.elasticAdapterMessage) * 1e3,
    usualEnergyPerFlop: read(names.usualEnergy) * 1e-12,
  };
}
