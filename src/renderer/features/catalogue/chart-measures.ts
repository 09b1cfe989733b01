import type { Catalogue } from '@engine/catalogue/types';
import type { KindKey } from './catalogue-kinds';
import type { Entry } from './entries';

/** What can be drawn of a shelf over time: a published figure, or two of them divided. */
export interface Measure {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly of: (entry: Entry) => number | null;
}

export interface DatedValue {
  readonly entry: Entry;
  /** year with its fraction */
  readonly year: number;
  readonly value: number;
}

function value(entry: Entry, key: string): number | null {
  return entry.facts.find((each) => each.key === key)?.fact?.value ?? null;
}

function ratio(above: number | null, below: number | null): number | null {
  return above === null || below === null || below === 0 ? null : above / below;
}

/** The lowest rent on demand of each accelerator that is not old, USD/h. */
function rents(catalogue: Catalogue, isRecent: (date: string) => boolean) {
  const found = new Map<string, number>();
  for (const { acceleratorId, term, date, price } of catalogue.rentalQuotes) {
    if (term !== 'on demand' || !isRecent(date)) continue;
    const known = found.get(acceleratorId) ?? Number.POSITIVE_INFINITY;
    found.set(acceleratorId, Math.min(known, price.value));
  }
  return found;
}

/** Everything that can be drawn of a shelf: its figures, and for processors what a watt and a dollar give. */
export function measuresOf(
  kind: KindKey,
  entries: readonly Entry[],
  catalogue: Catalogue,
  isRecent: (date: string) => boolean,
): readonly Measure[] {
  const published = new Map(
    entries.flatMap(({ facts }) =>
      facts.map(({ key, label, unit }) => [key, { key, label, unit }]),
    ),
  );
  const plain = [...published.values()].map((field): Measure => ({
    ...field,
    of: (entry) => value(entry, field.key),
  }));
  if (kind !== 'accelerators' && kind !== 'processors') return plain;
  const perHour = rents(catalogue, isRecent);
  const bf16 = (entry: Entry) =>
    value(entry, 'peakDense.bf16') ?? value(entry, 'peakDense.fp16') ?? null;
  return [
    {
      key: 'perDollar',
      label: 'BF16 per dollar of rent',
      unit: 'PFLOP/USD',
      // TFLOP/s over USD/h: 3600 s in an hour, 1000 TFLOP in a PFLOP
      of: (entry) => {
        const rate = ratio(bf16(entry), perHour.get(entry.id) ?? null);
        return rate === null ? null : rate * 3.6;
      },
    },
    {
      key: 'perWatt',
      label: 'BF16 per watt',
      unit: 'TFLOP/s/W',
      of: (entry) => ratio(bf16(entry), value(entry, 'power')),
    },
    {
      key: 'byteBalance',
      label: 'BF16 per byte read',
      unit: 'FLOP/B',
      // TFLOP/s over GB/s
      of: (entry) => {
        const balance = ratio(bf16(entry), value(entry, 'memoryBandwidth'));
        return balance === null ? null : balance * 1e3;
      },
    },
    ...plain,
  ];
}

/** A date as a year with its fraction, in the middle of what is known of it; null for what is no date. */
export function yearOf(date: string | null): number | null {
  const found = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/.exec(date ?? '');
  if (found === null) return null;
  const [, year, month, day] = found;
  if (month === undefined) return Number(year) + 0.5;
  return Number(year) + (Number(month) - 1 + (day === undefined ? 0.5 : Number(day) / 31)) / 12;
}

/** The entries that have both a date and the measure, oldest first. */
export function datedValues(entries: readonly Entry[], measure: Measure): readonly DatedValue[] {
  return entries
    .flatMap((entry) => {
      const [year, found] = [yearOf(entry.date), measure.of(entry)];
      return year === null || found === null || found <= 0 ? [] : [{ entry, year, value: found }];
    })
    .toSorted((one, other) => one.year - other.year);
}

/** "From A100 to B300 in 5.1 years: × 10": what the oldest and the highest say together. */
export function chartTitle(points: readonly DatedValue[], measure: Measure): string {
  const [oldest] = points;
  if (oldest === undefined) return `No entry states both a date and ${measure.label}`;
  const best = points.reduce((most, one) => (one.value > most.value ? one : most));
  if (best === oldest)
    return `${oldest.entry.name}, the oldest, has the highest value: ${measure.label}`;
  const times = Number((best.value / oldest.value).toPrecision(2));
  return `${measure.label}: ${best.entry.name} has ${String(times)} times that of ${oldest.entry.name}`;
}
