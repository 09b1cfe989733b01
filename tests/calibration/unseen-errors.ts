import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateCases } from '../../src/cli/estimate/estimate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { partName } from './part-name';
import type { UnseenAccuracy } from '@shared/calibration/unseen-accuracy';

export type Kind = 'training' | 'inference';

interface Measurement {
  readonly id: string;
  readonly source: { readonly title: string; readonly url: string };
  readonly model: { readonly name: string };
  readonly hardware: { readonly accelerator: string };
  readonly measured: Readonly<Record<string, unknown>>;
  readonly derived_fields?: readonly string[];
}

interface Row {
  readonly family: string;
  readonly accelerator: string;
  readonly metric: string;
  /** of rows of one source, model, accelerator and metric, which share one vote */
  readonly group: string;
  /** |predicted / measured − 1|; 1 where nothing is predicted */
  readonly error: number;
  /** whether the measurement is in the stated range; null where none is stated */
  readonly isInRange: boolean | null;
  readonly isAnswered: boolean;
}

interface Vote extends Row {
  readonly weight: number;
}

function readBeside(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, ...path), 'utf8'));
}

/** Of a run one figure, the most direct that was published: they restate each other. */
const runFigures = readBeside('run-figures.json') as string[];
const serviceFigures = [
  'output_tokens_per_s_total',
  'total_tokens_per_s',
  'images_per_s',
  'ttft_ms',
  'tpot_ms',
];

/** The measurements that nothing is fitted to, each with its source. */
export function unseenMeasurements(kind: Kind): Measurement[] {
  return readBeside('unseen', `${kind}.json`) as Measurement[];
}

function figuresOf(kind: Kind, { measured, derived_fields: derived = [] }: Measurement): string[] {
  const has = (name: string) => typeof measured[name] === 'number' && measured[name] > 0;
  if (kind === 'training') return runFigures.filter(has).slice(0, 1);
  const isRead = (name: string) => !(name.endsWith('_ms') && derived.includes(name));
  return serviceFigures.filter((name) => has(name) && isRead(name));
}

function rowsOf(kind: Kind): Row[] {
  const cases = unseenMeasurements(kind);
  const predictions = estimateCases(cases, bundledCatalogue);
  return cases.flatMap((one, i) =>
    figuresOf(kind, one).map((metric): Row => {
      const measured = Number(one.measured[metric]);
      const predicted = predictions[i]?.predicted?.[metric];
      const range = predictions[i]?.interval?.[metric];
      const family = one.id.split('-')[0] ?? one.id;
      const accelerator = partName(bundledCatalogue, one.hardware.accelerator);
      return {
        family,
        accelerator,
        metric,
        group: [family, one.model.name, accelerator, metric].join('|'),
        error: predicted ? Math.abs(predicted / measured - 1) : 1,
        isInRange: range ? measured >= range.p10 && measured <= range.p90 : null,
        isAnswered: predicted !== undefined,
      };
    }),
  );
}

function votesOf(rows: readonly Row[]): Vote[] {
  const sizes = new Map<string, number>();
  for (const { group } of rows) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return rows.map((row) => ({ ...row, weight: 1 / (sizes.get(row.group) ?? 1) }));
}

function quantile(votes: readonly Vote[], share: number): number {
  const sorted = votes.toSorted((one, other) => one.error - other.error);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let seen = 0;
  for (const { error, weight } of sorted) {
    seen += weight;
    if (seen >= share * total) return error;
  }
  return Number.NaN;
}

const thousandth = (value: number) => Number(value.toFixed(3));

function summary(votes: readonly Vote[]) {
  const ranged = votes.filter(({ isInRange }) => isInRange !== null);
  const weightOf = (some: readonly Vote[]) => some.reduce((sum, { weight }) => sum + weight, 0);
  return {
    rows: votes.length,
    unanswered: votes.filter(({ isAnswered }) => !isAnswered).length,
    median: thousandth(quantile(votes, 0.5)),
    p90: thousandth(quantile(votes, 0.9)),
    inRange: thousandth(
      weightOf(ranged.filter(({ isInRange }) => isInRange)) / Math.max(1e-9, weightOf(ranged)),
    ),
  };
}

/** How far the engine as it is lies from the measurements that nothing is fitted to. */
export function judgeUnseen(kind: Kind): UnseenAccuracy {
  const votes = votesOf(rowsOf(kind));
  const by = (key: 'metric' | 'family' | 'accelerator') =>
    [...new Set(votes.map((vote) => vote[key]))]
      .sort()
      .map((name) => ({ name, ...summary(votes.filter((vote) => vote[key] === name)) }));
  const byFamily = by('family');
  return {
    families: byFamily.length,
    ...summary(votes),
    byMetric: by('metric'),
    byFamily,
    byAccelerator: by('accelerator'),
  };
}
