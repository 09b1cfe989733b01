/** Something in a configuration that cannot be used, by the name of its field. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Larger numbers than any model has are slips or attacks. */
const largest = 1e9;
const count = new Intl.NumberFormat('en');

/**
 * Reads fields of a configuration by any of the names they go by, and keeps account: which were read, which were wrong.
 * A name with a point is a field of a part, such as 'ffn_config.moe_top_k'. A missing or null field is no problem.
 */
export class FieldReader {
  readonly problems: FieldProblem[] = [];
  readonly read = new Set<string>();
  readonly assumptions: string[] = [];

  constructor(private readonly config: Readonly<Record<string, unknown>>) {}

  /** The first of the names that is present, marked as read. */
  private first(names: readonly string[]): readonly [string, unknown] | null {
    for (const name of names) {
      let value: unknown = this.config;
      for (const part of name.split('.')) value = ownField(value, part);
      if (value === undefined || value === null) continue;
      this.read.add(name.split('.')[0] ?? name);
      return [name, value];
    }
    return null;
  }

  private reject(field: string, problem: string): null {
    // A field that several parts of a model read is wrong once.
    const isKnown = this.problems.some(
      (known) => known.field === field && known.problem === problem,
    );
    if (!isKnown) this.problems.push({ field, problem });
    return null;
  }

  /** A whole number from `least`; null where there is none or it is none, the latter with a problem. */
  whole(names: readonly string[], least = 1): number | null {
    const found = this.first(names);
    if (found === null) return null;
    const [name, value] = found;
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      return this.reject(name, `needs a whole number, not ${describe(value)}`);
    }
    if (value < least || value > largest) {
      return this.reject(
        name,
        `needs a whole number from ${least} to ${count.format(largest)}, not ${value}`,
      );
    }
    return value;
  }

  /** A whole number that no model lacks. */
  required(names: readonly string[]): number {
    const value = this.whole(names);
    if (value === null && this.first(names) === null) this.reject(names[0] ?? '', 'is missing');
    return value ?? 1;
  }

  flag(names: readonly string[]): boolean | null {
    const found = this.first(names);
    if (found === null) return null;
    const [name, value] = found;
    if (typeof value === 'boolean') return value;
    return this.reject(name, `needs true or false, not ${describe(value)}`);
  }

  text(names: readonly string[]): string | null {
    const found = this.first(names);
    if (found === null) return null;
    const [name, value] = found;
    if (typeof value === 'string' && value.length <= 10_000) return value;
    return this.reject(name, `needs a text, not ${describe(value)}`);
  }

  /** A list whose members are all texts or all whole numbers. */
  list(names: readonly string[]): readonly (string | number)[] | null {
    const found = this.first(names);
    if (found === null) return null;
    const [name, value] = found;
    const isPlain = (member: unknown): member is string | number =>
      typeof member === 'string' || Number.isInteger(member);
    if (Array.isArray(value) && value.length <= 10_000 && value.every(isPlain)) return value;
    return this.reject(name, `needs a list of texts or whole numbers, not ${describe(value)}`);
  }

  /** Marks a field as understood without reading it. */
  ignore(names: readonly string[]): void {
    for (const name of names) this.read.add(name);
  }

  assume(sentence: string): void {
    this.assumptions.push(sentence);
  }

  /** Names of the fields that nothing has read. */
  unread(): string[] {
    return Object.keys(this.config).filter((name) => !this.read.has(name));
  }
}

/** A field of an object itself, never of its prototype. */
export function ownField(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return `the text '${value.slice(0, 40)}'`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'an object';
}
