import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  globalSetup: './scripts/steps/playwright-setup.mjs',
  // Every test starts an app of its own, and each keeps a processor core busy while it starts.
  workers: 2,
  fullyParallel: false,
  // All apps share the one clipboard of the machine: of the tests that read it only one runs at a time.
  projects: [
    { name: 'clipboard', grep: /@clipboard/, workers: 1 },
    { name: 'others', grepInvert: /@clipboard/ },
  ],
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 40 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'node_modules/.cache/clusterwright/e2e.json' }]],
});
