import type { z } from 'zod';
import type { Database } from './database';

/** Small values by key. What an older or newer version wrote and this one cannot read counts as not set. */
export class SettingStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  get<Value>(key: string, schema: z.ZodType<Value>): Value | null {
    const text = this.#database
      .prepare<[string], string>('SELECT value FROM setting WHERE key = ?')
      .pluck()
      .get(key);
    if (text === undefined) return null;
    const checked = schema.safeParse(parseOrNull(text));
    return checked.success ? checked.data : null;
  }

  set(key: string, value: unknown): void {
    this.#database
      .prepare(
        'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      )
      .run(key, JSON.stringify(value));
  }
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
