import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { success } from '@shared/result';
import { claimExportFolder } from '../../src/main/services/export-folder';
import { hostsOf, isAllowedLink } from '../../src/main/services/external-links';
import { readLaunchArguments } from '../../src/main/services/launch-arguments';
import { Log } from '../../src/main/services/log';
import { Outbox } from '../../src/main/services/outbox';
import { PrintJobs } from '../../src/main/services/print-jobs';
import { createReportHandlers, WrittenFiles } from '../../src/main/services/reports';
import { SettingsService, usualPaper } from '../../src/main/services/settings';
import { windowBounds } from '../../src/main/services/window-bounds';
import { SettingStore } from '../../src/main/storage/setting-store';
import { fixturePlan } from '../fixtures/plan-fixture';
import {
  temporaryFolder,
  temporaryLibrary,
  temporaryStore,
  tickingClock,
} from '../storage/support';

const sender = { windowId: 1 };

describe('launch arguments', () => {
  test('plan files are found among switches and made absolute', () => {
    const argv = [
      'electron',
      '.',
      '--flag',
      'a.clusterplan',
      '/b/REPORT.PDF',
      'notes.txt',
      '--x=c.clusterplan',
    ];
    expect(readLaunchArguments(argv, '/work')).toEqual(
      success({ files: ['/work/a.clusterplan', '/b/REPORT.PDF'], exportOrder: null }),
    );
  });

  test('an export order needs both files and a known paper', () => {
    expect(
      readLaunchArguments(
        ['e', '--export-pdf=a.clusterplan', '--pdf-out=o.pdf', '--paper=Letter'],
        '/w',
      ),
    ).toEqual(
      success({
        files: [],
        exportOrder: { planPath: '/w/a.clusterplan', pdfPath: '/w/o.pdf', paper: 'Letter' },
      }),
    );
    expect(readLaunchArguments(['e', '--export-pdf=a'], '/w').ok).toBe(false);
    expect(readLaunchArguments(['e', '--export-pdf=', '--pdf-out=b'], '/w').ok).toBe(false);
    expect(readLaunchArguments(['e', '--export-pdf=a', '--pdf-out=b', '--paper=A5'], '/w').ok).toBe(
      false,
    );
  });
});

describe('links out', () => {
  const hosts = hostsOf([
    'https://docs.example.org/a',
    'http://plain.example.org',
    null,
    'no address',
  ]);

  test.each([
    ['https://docs.example.org/anything?x=1', true],
    ['https://DOCS.example.org', true],
    ['http://docs.example.org/a', false],
    ['https://plain.example.org', false],
    ['https://docs.example.org.evil.example', false],
    ['https://evil.example/docs.example.org', false],
    ['https://docs.example.org@evil.example', false],
    ['https://user:pass@docs.example.org', false],
    ['https://docs.example.org:8443/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['https:\\\\evil.example', false],
  ])('%s → %s', (url, isAllowed) => {
    expect(isAllowedLink(url, hosts)).toBe(isAllowed);
  });
});

describe('the outbox', () => {
  test('keeps what is said until the page listens, in order, and only for that event', () => {
    const sent: unknown[] = [];
    const outbox = new Outbox((event, payload) => sent.push([event, payload]));
    outbox.post('command', { id: 'a' });
    outbox.post('planOpened', { id: 'p' });
    outbox.post('command', { id: 'b' });
    expect(outbox.isHeard('command')).toBe(false);
    outbox.opened('command');
    expect(sent).toEqual([
      ['command', { id: 'a' }],
      ['command', { id: 'b' }],
    ]);
    outbox.post('command', { id: 'c' });
    expect(sent).toHaveLength(3);
    outbox.reset();
    outbox.post('command', { id: 'd' });
    expect(sent).toHaveLength(3);
    outbox.opened('command');
    expect(sent).toHaveLength(4);
  });
});

describe('print jobs', () => {
  const job = { plan: fixturePlan(), paper: 'A4', printedAt: '2026-11-23T12:00:00.000Z' } as const;

  test('each window gets its own job and nobody else’s', async () => {
    const jobs = new PrintJobs();
    const drawn = jobs.waitUntilDrawn(5, job, 10_000);
    expect(await jobs.handlers['print.job'](null, { windowId: 5 })).toEqual(success(job));
    expect(await jobs.handlers['print.job'](null, { windowId: 6 })).toMatchObject({ ok: false });
    expect(await jobs.handlers['print.ready']({ problem: null }, { windowId: 6 })).toMatchObject({
      ok: false,
    });
    await jobs.handlers['print.ready']({ problem: null }, { windowId: 5 });
    expect(await drawn).toEqual(success(null));
    expect(await jobs.handlers['print.job'](null, { windowId: 5 })).toMatchObject({ ok: false });
  });

  test('a problem of the page, a crash and a passed deadline each end the wait with a sentence', async () => {
    vi.useFakeTimers();
    const jobs = new PrintJobs();
    const told = jobs.waitUntilDrawn(1, job, 10_000);
    await jobs.handlers['print.ready']({ problem: 'A font is missing.' }, { windowId: 1 });
    expect(await told).toMatchObject({
      error: { message: expect.stringContaining('A font is missing.') as string },
    });
    const crashed = jobs.waitUntilDrawn(2, job, 10_000);
    jobs.fail(2, 'it crashed');
    expect((await crashed).ok).toBe(false);
    const late = jobs.waitUntilDrawn(3, job, 10_000);
    vi.advanceTimersByTime(10_000);
    expect(await late).toMatchObject({
      error: { message: expect.stringContaining('within 10 seconds') as string },
    });
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });
});

test('only a file that was written here may be shown in the file manager', async () => {
  const shown: string[] = [];
  const written = new WrittenFiles();
  const handlers = createReportHandlers(success(temporaryStore().store), written, {
    printer: () => Promise.reject(new Error('not printed here')),
    now: tickingClock(),
    chooseFileToSave: () => Promise.resolve(null),
    showInFolder: (path) => shown.push(path),
  });
  written.add('/mine.pdf');
  expect(await handlers['report.showInFolder']({ path: '/etc/passwd' }, sender)).toMatchObject({
    ok: false,
  });
  expect(await handlers['report.showInFolder']({ path: '/mine.pdf' }, sender)).toEqual(
    success(null),
  );
  expect(shown).toEqual(['/mine.pdf']);
});

describe('settings', () => {
  test('changes are kept, told, and survive a restart; a wrong value falls back', async () => {
    const store = new SettingStore(temporaryLibrary().database);
    const told = vi.fn();
    const service = new SettingsService(store, { paper: usualPaper('us') }, told);
    expect(service.current).toEqual({ colorScheme: 'auto', paper: 'Letter', openPlanId: null });
    await service.handlers['settings.set']({ colorScheme: 'dark' }, sender);
    expect(told).toHaveBeenCalledWith({ colorScheme: 'dark', paper: 'Letter', openPlanId: null });
    store.set('paper', 'papyrus');
    const next = new SettingsService(store, { paper: usualPaper('DE') }, told);
    expect(next.current).toEqual({ colorScheme: 'dark', paper: 'A4', openPlanId: null });
    expect(store.get('colorScheme', z.string())).toBe('dark');
  });

  test('without a library they last for the session', async () => {
    const service = new SettingsService(null, { paper: 'A4' }, () => undefined);
    await service.handlers['settings.set']({ paper: 'Letter' }, sender);
    expect(await service.handlers['settings.get'](null, sender)).toMatchObject({
      value: { paper: 'Letter' },
    });
  });
});

describe('the window opens where it can be seen', () => {
  const screen = { x: 0, y: 0, width: 1_920, height: 1_040 };
  const right = { x: 1_920, y: 0, width: 1_280, height: 1_000 };
  const state = { x: 100, y: 80, width: 1_200, height: 800, isMaximised: false };

  test.each([
    ['never opened before: centred', null, [screen], { x: 240, y: 70, width: 1_440, height: 900 }],
    ['where it was', state, [screen], { x: 100, y: 80, width: 1_200, height: 800 }],
    [
      'on the second display',
      { ...state, x: 1_950 },
      [screen, right],
      { x: 1_950, y: 80, width: 1_200, height: 800 },
    ],
    [
      'the second display is gone: centred',
      { ...state, x: 2_500 },
      [screen],
      { x: 360, y: 120, width: 1_200, height: 800 },
    ],
    [
      'title bar above the screen: centred',
      { ...state, y: -300 },
      [screen],
      { x: 360, y: 120, width: 1_200, height: 800 },
    ],
    [
      'half off to the left: pulled in',
      { ...state, x: -600 },
      [screen],
      { x: 0, y: 80, width: 1_200, height: 800 },
    ],
    [
      'larger than the display',
      { ...state, width: 5_000, height: 5_000 },
      [screen],
      { x: 0, y: 0, width: 1_920, height: 1_040 },
    ],
    [
      'smaller than usable',
      { ...state, width: 10, height: 10, x: 500 },
      [screen],
      { x: 560, y: 240, width: 800, height: 560 },
    ],
    [
      'a small display',
      null,
      [{ x: 0, y: 0, width: 1_024, height: 700 }],
      { x: 0, y: 0, width: 1_024, height: 700 },
    ],
  ])('%s', (_what, saved, displays, expected) => {
    expect(windowBounds(saved, displays)).toEqual(expected);
  });
});

test('the log rolls over at 1 MB and keeps one older file', () => {
  const path = join(temporaryFolder(), 'logs', 'a.log');
  const log = new Log(path, tickingClock());
  log.write('started');
  writeFileSync(path, 'x'.repeat(1_000_001));
  log.write('broken', new Error('why'));
  expect(readFileSync(path, 'utf8')).toMatch(
    /^2026-11-01T12:00:01.000Z broken\nError: why\n {4}at /,
  );
  expect(readFileSync(`${path}.1`, 'utf8')).toHaveLength(1_000_001);
});

test('an export run gets a folder of its own and clears away what ended runs left', () => {
  const root = join(temporaryFolder(), 'export');
  mkdirSync(join(root, '999999999'), { recursive: true });
  const running = claimExportFolder(root, process.ppid);
  const mine = claimExportFolder(root, process.pid);
  expect([running, mine].map((folder) => existsSync(folder))).toEqual([true, true]);
  expect(existsSync(join(root, '999999999'))).toBe(false);
});
