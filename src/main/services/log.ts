import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const limitBytes = 1_000_000;

/** A log that keeps at most two files of 1 MB. It never throws: a full disk must not hide the error being logged. */
export class Log {
  readonly #path: string;
  readonly #now: () => Date;

  constructor(path: string, now: () => Date) {
    this.#path = path;
    this.#now = now;
  }

  readonly write = (what: string, error: unknown = null): void => {
    const detail = error instanceof Error ? `\n${error.stack ?? error.message}` : describe(error);
    try {
      mkdirSync(dirname(this.#path), { recursive: true });
      if (this.#size() > limitBytes) renameSync(this.#path, `${this.#path}.1`);
      appendFileSync(this.#path, `${this.#now().toISOString()} ${what}${detail}\n`);
    } catch {
      process.stderr.write(`${what}${detail}\n`);
    }
  };

  #size(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }
}

function describe(error: unknown): string {
  return error === null ? '' : `: ${JSON.stringify(error)}`;
}
