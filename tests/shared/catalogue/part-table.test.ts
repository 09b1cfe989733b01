import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { expandPart, generationSchema, tablePartSchema } from '@shared/catalogue/part-table';

/** What makers print of parts whose rates the catalogue derives; tera-operations per second, dense, and GB/s. */
describe('a derived rate is the one that its maker prints', () => {
  it.each([
    ['radeon-ai-pro-r9700', 'fp16', 191, 640],
    ['rx-7900-xt', 'fp32', 51.6, 800],
    ['rx-7800-xt', 'fp32', 37.3, 624],
    ['rx-6800-xt', 'fp32', 20.7, 512],
    ['rx-9070', 'int8', 289, 640],
    ['rx-9060-xt', 'fp16', 103, 320],
    ['arc-pro-b70', 'int8', 367, 608],
    ['arc-pro-b50', 'int8', 170, 224],
    ['arc-b570', 'int8', 203, 380],
    ['arc-140v', 'int8', 67, 136.5],
    ['arc-140t', 'int8', 77, 134.4],
    ['rtx-3080-12gb', 'fp32', 30.6, 912],
    ['rtx-a4500', 'fp32', 23.7, 640],
    ['rtx-4000-sff-ada', 'fp8', 153.4, 280],
    ['rtx-5060', 'fp4', 307, 448],
    ['rtx-pro-5000-blackwell', 'fp32', 73.7, 1344],
    ['jetson-orin-nano-super', 'int8', 16.7, 102.4],
    ['gtx-1080', 'fp32', 8.9, 320],
    ['epyc-9175f', 'fp32', 4.3, 614.4],
    ['xeon-8580', 'bf16', 245.8, 358.4],
    ['xeon-6960p', 'bf16', 398, 844.8],
    ['threadripper-7995wx', 'fp32', 7.68, 332.8],
    ['a64fx-48', 'fp32', 6.76, 1024],
    ['apple-m5-max', 'fp32', 16.6, 614.4],
  ] as const)('%s: %s %d, %d GB/s', (id, precision, rate, bandwidth) => {
    const row = catalogue.accelerators.get(id);
    const known = row?.peakDense[precision]?.value ?? 0;
    const isHalved = id === 'jetson-orin-nano-super' ? 2 : 1;
    expect(known / isHalved / rate).toBeCloseTo(1, 1);
    expect((row?.memoryBandwidth.value ?? 0) / bandwidth).toBeCloseTo(1, 2);
  });
});

const generations = new Map(
  [
    {
      id: 'large',
      label: 'Large',
      vendor: 'Maker',
      kind: 'cpu',
      unit: 'cores',
      perCycle: {
        fp32: { value: 32, unit: 'FLOP/cycle', source: 'memory', quality: 'from memory' },
        bf16: { value: 64, unit: 'FLOP/cycle', source: 'memory', quality: 'from memory' },
      },
      releasedOn: '2024-01',
      memory: { capacity: 64, bits: 128, rate: 5, source: 'memory' },
    },
    {
      id: 'small',
      label: 'Small',
      vendor: 'Maker',
      kind: 'cpu',
      unit: 'cores',
      perCycle: {
        fp32: { value: 16, unit: 'FLOP/cycle', source: 'memory', quality: 'from memory' },
      },
    },
  ].map((row) => [row.id, generationSchema.parse(row)]),
);

function expanded(changes: object = {}) {
  const row = {
    id: 'one',
    name: 'One',
    generation: 'large',
    aliases: [],
    units: 4,
    clock: 2.5,
    power: 65,
    source: 'codecarbon-amd-cpus',
  };
  return expandPart(tablePartSchema.parse({ ...row, ...changes }), generations);
}

describe('a row of the table', () => {
  it('multiplies units, clock and operations, and says so', () => {
    const { accelerator, parallelUnits } = expanded();
    expect(accelerator.peakDense.fp32).toMatchObject({
      value: 0.32,
      unit: 'TFLOP/s',
      quality: 'derived',
      note: '4 × 2.5 GHz × 32',
    });
    expect(accelerator.peakDense.bf16?.value).toBe(0.64);
    expect(accelerator.memoryBandwidth.value).toBe(80);
    expect(accelerator.isRare).toBe(true);
    expect(accelerator.releasedOn).toBe('2024-01');
    expect(parallelUnits).toMatchObject({ kind: 'cores', units: { value: 4 } });
  });

  it('adds small cores at their own clock and width', () => {
    const { accelerator, parallelUnits } = expanded({
      small: { generation: 'small', units: 8, clock: 1.5 },
    });
    expect(accelerator.peakDense.fp32?.value).toBe(0.512);
    expect(accelerator.peakDense.fp32?.note).toBe('4 × 2.5 GHz × 32 + 8 × 1.5 GHz × 16');
    expect(parallelUnits.units.value).toBe(12);
  });

  it('keeps what is recalled apart from what was read', () => {
    const { accelerator } = expanded({ source: 'memory', isListed: true });
    expect(accelerator.power.quality).toBe('from memory');
    expect(accelerator.peakDense.fp32?.quality).toBe('from memory');
    expect(accelerator.isRare).toBeUndefined();
    expect(expanded().accelerator.power.quality).toBe('official');
  });

  it('has memory of its own where it is given, and needs some', () => {
    const own = { capacity: 8, bits: 64, rate: 6.4, source: 'memory' };
    expect(expanded({ memory: own }).accelerator.memoryCapacity.value).toBe(8);
    expect(expanded({ memory: own }).accelerator.memoryBandwidth.value).toBe(51.2);
    expect(() => expanded({ generation: 'small' })).toThrow('memory of one');
  });

  it('names a generation that there is not', () => {
    expect(() => expanded({ generation: 'none' })).toThrow("no generation 'none'");
  });

  it.each([{ units: 0 }, { clock: -1 }, { power: Number.NaN }, { name: '' }, { cores: 4 }])(
    'refuses %j',
    (changes) => {
      expect(() => expanded(changes)).toThrow();
    },
  );
});
