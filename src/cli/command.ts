import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError, type CommandIo } from './io';

type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** One command of the command line. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** printed by `clusterwright COMMAND --help` */
  readonly help: string;
  readonly perform: (args: readonly string[], io: CommandIo) => Promise<number>;
}

interface ParsedArguments {
  readonly positionals: readonly string[];
  readonly text: (name: string) => string | null;
  readonly isSet: (name: string) => boolean;
}

/** Parses options and exactly `count` positional arguments; anything else is wrong usage. */
export function parseArguments(
  args: readonly string[],
  count: number,
  options: OptionTable = {},
): ParsedArguments {
  const { values, positionals } = parsed(args, options);
  if (positionals.length !== count) {
    throw new UsageError(
      positionals.length < count
        ? 'An argument is missing.'
        : `Unexpected argument '${positionals[count] ?? ''}'.`,
    );
  }
  return {
    positionals,
    text: (name) => {
      const value = values[name];
      return typeof value === 'string' ? value : null;
    },
    isSet: (name) => values[name] === true,
  };
}

function parsed(args: readonly string[], options: OptionTable) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [sentence = 'The arguments cannot be read.'] =
      error instanceof Error ? error.message.split('. To specify') : [];
    throw new UsageError(sentence.endsWith('.') ? sentence : `${sentence}.`);
  }
}

/** A whole number of at least one given as an option; null when the option is absent. */
export function readCount(text: string | null, option: string): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new UsageError(`${option} takes a whole number of at least 1, not '${text}'.`);
  }
  return value;
}
