import type { Command } from './command';
import { bomCommand } from './commands/bom';
import { checkCommand } from './commands/check';
import { costCommand } from './commands/cost';
import { estimateCommand } from './commands/estimate';
import { reportCommand } from './commands/report';
import { searchCommand } from './commands/search';
import { simulateCommand } from './commands/simulate';
import { fleetCommand } from './commands/fleet';
import { sizeCommand } from './commands/size';
import { CommandFailure, exitStatus, UsageError, type CommandIo } from './io';

const commands: readonly Command[] = [
  estimateCommand,
  searchCommand,
  simulateCommand,
  sizeCommand,
  fleetCommand,
  bomCommand,
  costCommand,
  checkCommand,
  reportCommand,
];

function overview(): string {
  const widest = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`);
  return `Usage: clusterwright COMMAND …

Clusterwright without a window: training time, inference capacity and cost of GPU clusters.

Commands:
${lines.join('\n')}

clusterwright COMMAND --help explains a command. Results go to standard output, messages to standard error.
Exit status: 0 done, 1 failed, 2 wrong usage.`;
}

/** Runs one command line and returns the exit status; nothing is thrown for what a user can cause. */
export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...args] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.print(overview());
    return exitStatus.done;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    io.tell(name === undefined ? overview() : `Unknown command '${name}'.\n\n${overview()}`);
    return exitStatus.wrongUsage;
  }
  if (args.includes('--help') || args.includes('-h')) {
    io.print(command.help);
    return exitStatus.done;
  }
  try {
    return await command.perform(args, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.tell(`${error.message}\n\n${command.help}`);
      return exitStatus.wrongUsage;
    }
    if (error instanceof CommandFailure) {
      io.tell(error.message);
      return exitStatus.failed;
    }
    throw error;
  }
}
