import { forwardSignals } from './run.mjs';

/** An expected way to fail: its message is a sentence for the reader and needs no stack trace. */
export class StepFailure extends Error {
  constructor(message, details = '') {
    super(message);
    this.name = 'StepFailure';
    this.details = details;
  }
}

/** Runs a script's main function and turns any failure into one closing sentence and exit code 1. */
export async function runScript(main) {
  forwardSignals();
  try {
    process.exitCode = await main();
  } catch (error) {
    reportFailure(error);
    process.exitCode = 1;
  }
}

export function reportFailure(error) {
  if (!(error instanceof StepFailure)) {
    process.stderr.write(`${error.stack}\n`);
    process.stderr.write('Stopped by an unexpected error; running the command again is safe.\n');
    return;
  }
  if (error.details) process.stderr.write(`${lastLines(error.details, 25)}\n`);
  process.stderr.write(`${error.message}\n`);
}

function lastLines(text, count) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
