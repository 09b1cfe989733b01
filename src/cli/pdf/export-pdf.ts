import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { CommandFailure } from '../io';
import { projectRoot } from '../project-root';
import { openDisplay } from './display';
import { findRuntime, type Runtime } from './runtime';

export type Paper = 'A4' | 'Letter';

interface PdfJob {
  readonly plan: string;
  readonly out: string;
  readonly paper: Paper;
}

/** Lets the application write a plan's report without showing a window. */
export async function exportPdf(job: PdfJob): Promise<void> {
  const runtime = findRuntime(projectRoot);
  const display = await openDisplay(projectRoot);
  try {
    const { status, messages } = await runHidden(runtime, job, display.environment);
    if (status === 0 && existsSync(job.out) && statSync(job.out).size > 0) return;
    throw new CommandFailure(
      lastSentence(messages) ??
        `The application ended with status ${status} and wrote no PDF. The plan file was not changed; run the command again.`,
    );
  } finally {
    await display.stop();
  }
}

interface Outcome {
  readonly status: number;
  readonly messages: string;
}

function runHidden(
  { executable, args }: Runtime,
  { plan, out, paper }: PdfJob,
  environment: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const withoutNodeMode = { ...process.env, ...environment };
  delete withoutNodeMode['ELECTRON_RUN_AS_NODE'];
  return new Promise((resolve, reject) => {
    const child = spawn(
      executable,
      [...args, `--export-pdf=${plan}`, `--pdf-out=${out}`, `--paper=${paper}`],
      { env: withoutNodeMode, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let messages = '';
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      messages += part;
    });
    child.once('error', (error) => {
      reject(new CommandFailure(`The application could not be started: ${error.message}.`));
    });
    child.once('close', (code) => {
      resolve({ status: code ?? 1, messages });
    });
  });
}

/** The application's own sentence: its last line that is not a message of Chromium, which start with '['. */
function lastSentence(messages: string): string | null {
  const lines = messages.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !/^(\[|\(|libva|Gtk|MESA)/.test(line)) ?? null;
}
