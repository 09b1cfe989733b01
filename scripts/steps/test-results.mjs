import { readJson } from './project.mjs';

/** Counts from Vitest's JSON report; a file that could not be loaded has no tests in it and counts as one failure. */
export function countUnitTests(path, exitCode) {
  const report = readJson(path);
  if (!report) return { passed: 0, failed: 1 };
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  const failed = report.numFailedTests + broken.length;
  return atLeastOneFailure({ passed: report.numPassedTests, failed }, exitCode);
}

/** Counts from Playwright's JSON report; a test that was skipped or passed only sometimes did not pass. */
export function countEndToEndTests(path, exitCode) {
  const stats = readJson(path)?.stats;
  if (!stats) return { passed: 0, failed: 1 };
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return atLeastOneFailure({ passed: stats.expected, failed }, exitCode);
}

function atLeastOneFailure({ passed, failed }, exitCode) {
  const failedWithoutTest = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: failedWithoutTest ? 1 : failed };
}
