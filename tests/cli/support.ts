import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../src/cli/run';
import { CommandFailure, type CommandIo } from '../../src/cli/io';

export const projectFolder = join(import.meta.dirname, '..', '..');

export function sample(path: string): string {
  return join(projectFolder, 'samples', path);
}

export interface Outcome {
  readonly status: number;
  /** standard output */
  readonly printed: string;
  /** standard error */
  readonly told: string;
}

/** Runs one command line as the program does, with its streams caught; '-' reads `input`. */
export async function runCommand(argv: readonly string[], input = ''): Promise<Outcome> {
  const printed: string[] = [];
  const told: string[] = [];
  const io: CommandIo = {
    print: (text) => void printed.push(text),
    tell: (text) => void told.push(text),
    read: async (path) => {
      if (path === '-') return input;
      try {
        return await readFile(path, 'utf8');
      } catch {
        throw new CommandFailure(`${path} could not be read.`);
      }
    },
  };
  const status = await run(argv, io);
  return { status, printed: printed.join('\n'), told: told.join('\n') };
}
