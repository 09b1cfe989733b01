import type { PartKind } from './own-parts';
import type { Fact } from './types';

/** One numeric field of a kind of part: where it stands in the row, its unit and the values that it can have. */
export interface PartField {
  /** path inside the row, such as 'power' or 'peakDense.bf16' */
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  /** false where a row may do without */
  readonly isRequired: boolean;
  readonly minimum: number;
  readonly maximum: number;
}

function field(
  key: string,
  label: string,
  unit: string,
  [minimum, maximum]: readonly [number, number],
  isRequired = false,
): PartField {
  return { key, label, unit, isRequired, minimum, maximum };
}

const some = [1e-6, 1e12] as const;
const whole = [1, 1e6] as const;
const money = [0, 1e12] as const;
const watts = [0, 1e9] as const;
const needed = true;

/** The numeric fields of every kind of part, in the order in which they are shown. */
export const partFields: Readonly<Record<PartKind, readonly PartField[]>> = {
  accelerator: [
    field('memoryCapacity', 'Memory', 'GB', some, needed),
    field('memoryBandwidth', 'Memory bandwidth', 'GB/s', some, needed),
    field('peakDense.fp64', 'FP64, dense', 'TFLOP/s', some),
    field('peakDense.fp32', 'FP32, dense', 'TFLOP/s', some),
    field('peakDense.tf32', 'TF32, dense', 'TFLOP/s', some),
    field('peakDense.bf16', 'BF16, dense', 'TFLOP/s', some),
    field('peakDense.fp16', 'FP16, dense', 'TFLOP/s', some),
    field('peakDense.fp8', 'FP8, dense', 'TFLOP/s', some),
    field('peakDense.int8', 'INT8, dense', 'TFLOP/s', some),
    field('peakDense.fp4', 'FP4, dense', 'TFLOP/s', some),
    field('scaleUpBandwidth', 'Scale-up link, one direction', 'GB/s', some),
    field('scaleUpDomain', 'Devices in a scale-up domain', 'devices', whole, needed),
    field('power', 'Power', 'W', some, needed),
  ],
  system: [
    field('acceleratorsPerNode', 'Accelerators per node', 'accelerators', whole, needed),
    field('maxPower', 'Power, rated maximum', 'kW', some, needed),
    field('typicalPower', 'Power under training load', 'kW', watts),
    field('scaleOutBandwidth', 'Scale-out per accelerator', 'Gb/s', watts, needed),
    field('price', 'Price per node', 'USD', money),
    field('rackUnits', 'Rack units', 'U', some),
    field('hostMemory', 'Memory of the host', 'GB', some),
  ],
  switch: [
    field('ports', 'Ports', 'ports', whole, needed),
    field('portSpeed', 'Port speed, one direction', 'Gb/s', some, needed),
    field('splitsPerPort', 'Splits per port', '1', whole, needed),
    field('portsPerTransceiver', 'Ports per transceiver', 'ports', whole, needed),
    field('rackUnits', 'Rack units', 'U', some),
    field('power', 'Power', 'W', watts),
    field('price', 'Price', 'USD', money),
  ],
  transceiver: [
    field('links', 'Links', 'ports', whole, needed),
    field('linkSpeed', 'Speed per link, one direction', 'Gb/s', some, needed),
    field('reach', 'Reach', 'm', some),
    field('power', 'Power', 'W', watts),
    field('price', 'Price', 'USD', money),
  ],
  networkCard: [
    field('speed', 'Speed, one direction', 'Gb/s', some, needed),
    field('power', 'Power', 'W', watts),
    field('price', 'Price', 'USD', money),
  ],
  region: [
    field('electricityPrice', 'Electricity, industrial', 'USD/kWh', [0, 100]),
    field('gridCarbon', 'Grid carbon, location-based', 'g CO2e/kWh', [0, 10_000], needed),
  ],
};

function isFact(value: unknown): value is Fact {
  return typeof value === 'object' && value !== null && 'source' in value && 'value' in value;
}

function within(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

/** The fact that stands in a field of a row; null where the row has none. */
export function factIn(row: object, key: string): Fact | null {
  const found = key.split('.').reduce<unknown>(within, row);
  return isFact(found) ? found : null;
}

/** The row with a fact put into a field. */
export function withFact<Row extends object>(row: Row, key: string, fact: Fact): Row {
  const [first = '', second] = key.split('.');
  if (second === undefined) return { ...row, [first]: fact };
  const inner = within(row, first);
  return { ...row, [first]: { ...(typeof inner === 'object' ? inner : {}), [second]: fact } };
}

/** What is wrong with an entered value, as the end of a sentence; null when nothing is. */
export function valueProblem(field: PartField, { value, low, high }: ValueRange): string | null {
  for (const number of [value, low ?? value, high ?? value]) {
    if (!Number.isFinite(number)) return 'is not a number';
    if (number < 0) return 'is negative';
    if (number < field.minimum) {
      return field.minimum === 1 ? 'is less than one' : 'is zero or too small';
    }
    if (number > field.maximum) return `is above ${String(field.maximum)} ${field.unit}`;
  }
  return (low ?? value) > value || value > (high ?? value) ? 'lies outside its own range' : null;
}

interface ValueRange {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}
