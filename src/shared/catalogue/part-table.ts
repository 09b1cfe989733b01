import { z } from 'zod';
import type { Accelerator, Fact, ParallelUnits, Precision } from '@engine/catalogue/types';
import { dateSchema, factSchema, identifierSchema } from './schema';

const text = z.string().min(1);
const positive = z.number().positive();

/** What a part is soldered to or equipped with: `capacity` in GB, `rate` in GT/s for each of `bits` wires. */
const memory = z.strictObject({
  capacity: positive,
  bits: positive,
  rate: positive,
  source: identifierSchema,
});

const precisions = ['fp32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4'] as const;

/** What one unit of a generation finishes per clock cycle, and what its parts have in common. */
export const generationSchema = z.strictObject({
  id: identifierSchema,
  label: text,
  vendor: text,
  kind: z.enum(['cpu', 'gpu']),
  unit: z.enum(['cores', 'multiprocessors', 'compute units']),
  perCycle: z.partialRecord(z.enum(precisions), factSchema),
  isWholeComputer: z.boolean().optional(),
  releasedOn: dateSchema.optional(),
  memory: memory.optional(),
});

/** A part of a generation: how many units at which clock (GHz), and how much power (W). */
export const tablePartSchema = z.strictObject({
  id: identifierSchema,
  name: text,
  generation: identifierSchema,
  aliases: z.array(text),
  units: positive,
  clock: positive,
  power: positive,
  source: identifierSchema,
  releasedOn: dateSchema.optional(),
  vendor: text.optional(),
  /** smaller cores beside the others, of a generation of their own */
  small: z
    .strictObject({ generation: identifierSchema, units: positive, clock: positive })
    .optional(),
  memory: memory.optional(),
  /** listed and proposed like the rows that are written out */
  isListed: z.boolean().optional(),
  notes: z.string().optional(),
});

type Generation = z.infer<typeof generationSchema>;
type TablePart = z.infer<typeof tablePartSchema>;

interface ExpandedPart {
  readonly accelerator: Accelerator;
  readonly parallelUnits: ParallelUnits;
}

/** Recollection stays recollection; whatever else is multiplied with it is derived. */
function derived(source: string): Pick<Fact, 'source' | 'quality'> {
  return { source, quality: source === 'memory' ? 'from memory' : 'derived' };
}

function stated(source: string): Pick<Fact, 'source' | 'quality'> {
  return { source, quality: source === 'memory' ? 'from memory' : 'official' };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}

/**
 * The row of a part that is one of a regular family.
 *
 *   R = n · f · w (+ n' · f' · w')      B = b · t / 8
 *
 * R peak rate [GFLOP/s] · n units, of which n' are small [1] · f clock [GHz] · w operations that a unit finishes per cycle [1] ·
 * B memory bandwidth [GB/s] · b wires [1] · t transfers per second [GT/s]
 *
 * Leaves out: clocks that fall under load, or rise with few cores. Processors are counted at their base clock, graphics at
 * their boost clock, as their makers print peaks.
 * Source: definition; the figures are in the catalogue.
 */
export function expandPart(
  part: TablePart,
  generations: ReadonlyMap<string, Generation>,
): ExpandedPart {
  const generation = knownGeneration(part.generation, generations);
  const small = part.small && {
    ...part.small,
    of: knownGeneration(part.small.generation, generations),
  };
  const equipped = part.memory ?? generation.memory;
  if (equipped === undefined) throw new Error(`The memory of ${part.id} is not given.`);
  const peakDense: Partial<Record<Precision, Fact>> = {};
  for (const precision of precisions) {
    const large = generation.perCycle[precision];
    if (large === undefined) continue;
    const other = small?.of.perCycle[precision];
    const smallRate = small && other ? small.units * small.clock * other.value : 0;
    peakDense[precision] = {
      value: rounded((part.units * part.clock * large.value + smallRate) / 1e3),
      unit: 'TFLOP/s',
      ...derived(part.source),
      note: [
        `${part.units} × ${part.clock} GHz × ${large.value}`,
        ...(small && other ? [`${small.units} × ${small.clock} GHz × ${other.value}`] : []),
      ].join(' + '),
    };
  }
  const units = part.units + (small?.units ?? 0);
  return {
    accelerator: {
      id: part.id,
      name: part.name,
      vendor: part.vendor ?? generation.vendor,
      kind: generation.kind,
      releasedOn: part.releasedOn ?? generation.releasedOn ?? null,
      aliases: part.aliases,
      memoryCapacity: { value: equipped.capacity, unit: 'GB', ...stated(equipped.source) },
      memoryBandwidth: {
        value: rounded((equipped.bits * equipped.rate) / 8),
        unit: 'GB/s',
        ...derived(equipped.source),
        note: `${equipped.bits} bit × ${equipped.rate} GT/s ÷ 8`,
      },
      peakDense,
      matmulCeiling: {},
      scaleUpBandwidth: null,
      scaleUpDomain: { value: 1, unit: 'devices', ...stated('memory') },
      scaleUpKind: 'none',
      power: { value: part.power, unit: 'W', ...stated(part.source) },
      ...(generation.isWholeComputer ? { isWholeComputer: true } : {}),
      ...(part.isListed ? {} : { isRare: true }),
      notes: notesOf(part, generation),
    },
    parallelUnits: {
      acceleratorId: part.id,
      kind: generation.unit,
      units: { value: units, unit: '1', ...stated(part.source) },
      lanesPerUnit: {
        value: (generation.perCycle.fp32?.value ?? 0) / 2,
        unit: '1',
        ...stated('memory'),
        ...(small ? { note: `of the large cores; ${small.units} are small` } : {}),
      },
    },
  };
}

function knownGeneration(id: string, generations: ReadonlyMap<string, Generation>): Generation {
  const found = generations.get(id);
  if (found === undefined) throw new Error(`There is no generation '${id}'.`);
  return found;
}

function notesOf(part: TablePart, generation: Generation): string {
  const memoryNote =
    generation.kind === 'cpu' && part.memory === undefined
      ? 'Memory as a machine with it is usually equipped.'
      : '';
  const sockets = generation.kind === 'cpu' && !generation.isWholeComputer ? 'One socket.' : '';
  const family = `${generation.label}: rates are derived from units, clock and operations per cycle.`;
  return [family, memoryNote, sockets, part.notes ?? ''].filter((line) => line !== '').join(' ');
}
