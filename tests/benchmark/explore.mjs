/**
 * What the explorable costs while it is dragged and while it is only open, in the real Electron with software rendering:
 *
 *   node tests/benchmark/explore.mjs       (exit status 1 above 16 ms per frame at the 95th percentile or 2 % of a core)
 *
 * Frames: every slider is dragged over its whole length and back; scripting, style, layout and painting of the page's main
 * thread are summed from a trace for each frame that laid something out, in processor time of the thread.
 * Idle: processor time of all processes of the app over a span, from the system's own count: with the meter running in view,
 * scrolled away, paused, and with the window hidden. The last without a debugger, which would keep the page visible.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withApp } from '../../scripts/steps/automated-app.mjs';
import { runScript } from '../../scripts/steps/failure.mjs';
import { projectFolder } from '../../scripts/steps/project.mjs';
import { electronSwitches } from '../../scripts/steps/runtime.mjs';
import { frameLimitMs, quantile, spread, traced } from './frames.mjs';

const idleLimitShare = 0.02;
/** what counts as nothing: a tenth of the limit, for the system's own housekeeping in the processes */
const stillLimitShare = 0.002;
const idleSeconds = Number(process.argv[3] ?? 20);
const only = process.argv[2];

await runScript(() =>
  withApp(
    { width: 1280, height: 800, switches: ['--disable-gpu'] },
    async ({ app, window, electron, environment }) => {
      await window.getByRole('button', { name: 'Explore', exact: true }).click();
      const isSmooth = await dragEverything(app, window);
      const isQuiet = await stayIdle(app, window);
      await app.close();
      const isStill = await stayHidden(electron, environment);
      return isSmooth && isQuiet && isStill ? 0 : 1;
    },
  ),
);

async function dragEverything(app, window) {
  const session = await window.context().newCDPSession(window);
  const sliders = await window.locator('[data-slider-room] [role=slider]').all();
  const frames = [];
  for (const slider of sliders) {
    const name = await slider.getAttribute('aria-label');
    if (only !== undefined && !name.includes(only)) continue;
    await slider.scrollIntoViewIfNeeded();
    const found = await traced(session, () => drag(window, slider));
    frames.push(...found);
    console.log(`${name.padEnd(36)} ${spread(found)}`);
  }
  console.log(`${'all sliders'.padEnd(36)} ${spread(frames)}`);
  return quantile(frames, 0.95) <= frameLimitMs;
}

/** Drags a thumb from end to end and back; each step is followed by a frame, as with a mouse that reports at 60 Hz. */
async function drag(window, slider) {
  const track = await slider.locator('xpath=ancestor::*[@data-slider-room]').first().boundingBox();
  const thumb = await slider.boundingBox();
  const height = thumb.y + thumb.height / 2;
  const steps = 60;
  await window.mouse.move(thumb.x + thumb.width / 2, height);
  await window.mouse.down();
  for (let step = 0; step <= 2 * steps; step += 1) {
    const share = step <= steps ? step / steps : 2 - step / steps;
    await window.mouse.move(track.x + share * track.width, height);
    /* global requestAnimationFrame -- this function runs in the page */
    await window.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())));
  }
  await window.mouse.up();
}

async function stayIdle(app, window) {
  const ids = await app.evaluate(({ app: running }) =>
    running.getAppMetrics().map(({ pid }) => pid),
  );
  const main = window.getByRole('main');
  await window.getByRole('link', { name: 'GPU-hours consumed by AI' }).click();
  await settled();
  const running = await shareOfCore(ids);
  await window.getByRole('link', { name: 'Why CPUs are not enough' }).click();
  await settled();
  const away = await stillShare(ids);
  await window.getByRole('link', { name: 'GPU-hours consumed by AI' }).click();
  await main.getByRole('button', { name: 'Pause' }).click();
  await settled();
  const paused = await stillShare(ids);
  console.log(
    `share of one core: running ${percent(running)}, scrolled away ${percent(away)}, paused ${percent(paused)}`,
  );
  return running <= idleLimitShare && away <= stillLimitShare && paused <= stillLimitShare;
}

/** The app without a debugger, its window hidden while the meter runs. */
async function stayHidden(electron, environment) {
  const userData = mkdtempSync(join(tmpdir(), 'clusterwright-hidden-'));
  const hook = join(projectFolder, 'tests/benchmark/hidden-window.cjs');
  const child = spawn(
    electron.executable,
    [
      '-r',
      hook,
      ...electronSwitches(),
      '--disable-gpu',
      `--user-data-dir=${userData}`,
      projectFolder,
    ],
    { env: environment, stdio: ['ignore', 'pipe', 'ignore'] },
  );
  try {
    const { ids, before, after } = await new Promise((done, fail) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += chunk;
        const found = /^hidden-window (.*)$/m.exec(output);
        if (found) done(JSON.parse(found[1]));
      });
      child.once('exit', () => fail(new Error('The app ended before its window was hidden.')));
    });
    await settled();
    const hidden = await stillShare(ids);
    console.log(`page ${before}, then ${after}: ${percent(hidden)} of one core`);
    return after === 'hidden' && hidden <= stillLimitShare;
  } finally {
    child.removeAllListeners('exit');
    child.kill();
    await new Promise((done) => child.once('exit', done));
    rmSync(userData, { recursive: true, force: true });
  }
}

function percent(share) {
  return `${(100 * share).toFixed(2)} %`;
}

/** After an action browsers still clean up for some seconds: what is measured is what stays. */
function settled() {
  return new Promise((done) => setTimeout(done, 6_000));
}

/** The middle of several spans: what goes on all the time, without a collection of garbage that comes once. */
async function stillShare(ids) {
  const shares = [];
  for (let span = 0; span < 7; span += 1) shares.push(await shareOfCore(ids, 3));
  return quantile(shares, 0.5);
}

/** Processor time of the app's processes over a span of wall-clock time, from /proc. */
async function shareOfCore(ids, seconds = idleSeconds) {
  const ticks = () =>
    ids.reduce((sum, pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return sum + Number(fields[11]) + Number(fields[12]);
    }, 0);
  const before = ticks();
  const started = performance.now();
  await new Promise((done) => setTimeout(done, seconds * 1000));
  return (ticks() - before) / 100 / ((performance.now() - started) / 1000);
}
