import { spawn } from 'node:child_process';

const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
const interruptionDeadlineMs = 5_000;

const children = new Set();
let isInterrupted = false;

process.on('exit', () => {
  for (const child of children) killGroup(child, 'SIGKILL');
});

/**
 * Starts a program and resolves when it has ended; never rejects. `output` is captured unless it is 'inherit', which
 * sends it to the terminal.
 *
 * @param options {timeoutMs, output, onStart} and those of spawn
 */
export function run(command, args, options = {}) {
  const { timeoutMs, output = 'capture', onStart, ...spawnOptions } = options;
  return new Promise((resolve) => {
    const stream = output === 'inherit' ? 'inherit' : 'pipe';
    const child = startProgram(command, args, {
      stdio: ['ignore', stream, stream],
      ...spawnOptions,
    });
    onStart?.(child);
    let stdout = '';
    let stderr = '';
    let timedOut = false;
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true;
        killGroup(child, 'SIGKILL');
      }, timeoutMs);
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    const finish = (code, signal) => {
      clearTimeout(timer);
      // Whoever waits would take the end of an interrupted program for its failure.
      if (!isInterrupted) resolve({ ok: code === 0, code, signal, stdout, stderr, timedOut });
    };
    child.once('error', (error) => {
      stderr += error.message;
      finish(127, null);
    });
    child.once('close', finish);
    // What the killed program has started may still hold its output open.
    child.once('exit', (code, signal) => timedOut && finish(code, signal));
  });
}

/**
 * Starts a program that ends together with this script. Compilers and package managers start programs of their own, so
 * each gets its own process group, and the group is ended as a whole.
 */
export function startProgram(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  children.add(child);
  const forget = () => children.delete(child);
  child.once('error', forget);
  child.once('exit', forget);
  return child;
}

export function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Makes Ctrl-C and kill end the started programs first, and this script once they are gone. */
export function forwardSignals() {
  for (const [signal, exitCode] of Object.entries(exitCodes)) {
    process.on(signal, () => {
      if (isInterrupted) process.exit(exitCode);
      isInterrupted = true;
      process.stderr.write('\nInterrupted; what was finished is kept, and the next run goes on.\n');
      const exitWhenAlone = () => {
        if (children.size === 0) process.exit(exitCode);
      };
      for (const child of children) {
        child.once('exit', exitWhenAlone);
        killGroup(child, signal);
      }
      exitWhenAlone();
      setTimeout(() => process.exit(exitCode), interruptionDeadlineMs);
    });
  }
}
