import type { InputRow } from './input-rows';

/** Something with inputs of its own: a site, a cluster, a workload. */
export interface InputSubject {
  readonly name: string;
  /** heads it where it stands alone */
  readonly title: string;
  readonly rows: readonly InputRow[];
}

/**
 * The inputs of several subjects as one table: a row for each input that any of them has, a column for each subject. Who chose a value
 * stands behind it where it is no default; notes come apart, each once, with whom they are about.
 */
export function inputsBeside(subjects: readonly InputSubject[]): {
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
} {
  const inputs = [...new Set(subjects.flatMap(({ rows }) => rows.map(([input]) => input)))];
  const rows = inputs.map((input) => [
    input,
    ...subjects.map((subject) => {
      const found = subject.rows.find(([name]) => name === input);
      if (found === undefined) return '';
      const [, value, origin] = found;
      return origin === '' || origin === 'default' ? value : `${value} (${origin})`;
    }),
  ]);
  const about = new Map<string, string[]>();
  for (const { name, rows: own } of subjects) {
    for (const [input, , , note] of own) {
      if (note === '') continue;
      const key = `${input}: ${note}`;
      about.set(key, [...(about.get(key) ?? []), name]);
    }
  }
  const notes = [...about].map(([note, names]) =>
    names.length === subjects.length ? note : `${names.join(', ')}: ${note}`,
  );
  return { rows, notes };
}

/** A list in groups of at most a size, in order. */
export function groupsOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, group) =>
    items.slice(group * size, (group + 1) * size),
  );
}
