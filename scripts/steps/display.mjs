import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { killGroup, startProgram } from './run.mjs';
import { findProgram } from './system-packages.mjs';

/**
 * Starts a display of its own (Xvfb) for programs that must run without a screen.
 *
 *   const display = await startDisplay();
 *   try {
 *     await run(executable, args, { env: { ...process.env, ...display.environment } });
 *   } finally {
 *     await display.stop();
 *   }
 *
 * Xvfb picks a free number and reports it once it accepts clients, so nothing waits for a fixed time. Only programs
 * that can read the cookie file may connect; `owner` {userId, groupId} makes it another user's.
 */
export async function startDisplay({ owner, size = '1600x1000x24' } = {}) {
  const executable = findProgram('Xvfb');
  if (!executable) {
    throw new StepFailure(
      'Xvfb is needed to run without a display and was not found. Run `npm run setup` and then this command again.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'clusterwright-display-'));
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityRecord(randomBytes(16)), { mode: 0o600 });
  if (owner) for (const path of [folder, authority]) chownSync(path, owner.userId, owner.groupId);

  const args = ['-displayfd', '3', '-screen', '0', size, '-nolisten', 'tcp', '-auth', authority];
  const server = startProgram(executable, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const stop = async () => {
    killGroup(server, 'SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

  const number = await readDisplayNumber(server);
  if (number === undefined) {
    await stop();
    throw new StepFailure('Xvfb did not start; nothing was changed. Run the command again.');
  }
  return { environment: { DISPLAY: `:${number}`, XAUTHORITY: authority }, stop };
}

function readDisplayNumber(server) {
  return new Promise((resolve) => {
    let text = '';
    server.stderr.resume();
    server.stdio[3].setEncoding('utf8').on('data', (part) => {
      text += part;
      if (text.endsWith('\n')) resolve(Number(text));
    });
    const giveUp = () => resolve(undefined);
    server.once('close', giveUp);
    server.once('error', giveUp);
    setTimeout(giveUp, 30_000).unref();
  });
}

/** One entry of an Xauthority file: any host, any display, and the cookie. */
function authorityRecord(cookie) {
  const anyAddress = 0xffff;
  const field = (bytes) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const family = Buffer.alloc(2);
  family.writeUInt16BE(anyAddress);
  const nothing = field(Buffer.alloc(0));
  const name = field(Buffer.from('MIT-MAGIC-COOKIE-1'));
  return Buffer.concat([family, nothing, nothing, name, field(cookie)]);
}
