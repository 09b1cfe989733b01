import './steps/node-version.mjs';
import { rmSync } from 'node:fs';
import { reportFailure, runScript } from './steps/failure.mjs';
import { runNpm } from './steps/npm.mjs';
import { prepare } from './steps/prepare.mjs';
import { inProject } from './steps/project.mjs';
import { formatSeconds } from './steps/report.mjs';
import { countEndToEndTests, countUnitTests } from './steps/test-results.mjs';

const usage = `Usage: npm test -- [--unit | --e2e]

Checks types, lint, format and dead code, runs the unit tests, then the end-to-end tests in the real Electron.

  --unit   only the unit tests
  --e2e    only the end-to-end tests`;

const unitReport = inProject('node_modules/.cache/clusterwright/unit.json');
const endToEndReport = inProject('node_modules/.cache/clusterwright/e2e.json');

const checks = ['types', 'lint', 'format', 'dead'].map((name) => ({ name, script: [name] }));
const unit = {
  name: 'unit',
  script: [
    'unit',
    '--',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ],
  report: unitReport,
  count: countUnitTests,
};
const endToEnd = {
  name: 'e2e',
  script: ['e2e'],
  report: endToEndReport,
  count: countEndToEndTests,
  needs: { build: true, programs: process.platform === 'linux' ? ['pdftotext', 'pdftoppm'] : [] },
};

await runScript(async () => {
  const parts = chooseParts(process.argv.slice(2));
  if (!parts) {
    console.error(usage);
    return 2;
  }
  const total = await runParts(parts).catch((error) => {
    reportFailure(error);
    return { passed: 0, failed: parts.length };
  });
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

function chooseParts(args) {
  if (args.length === 0) return [...checks, unit, endToEnd];
  if (args.length > 1) return undefined;
  return { '--unit': [unit], '--e2e': [endToEnd] }[args[0]];
}

async function runParts(parts) {
  const total = { passed: 0, failed: 0 };
  await prepare({ build: false });
  for (const part of parts) {
    const { passed, failed } = await runPart(part).catch(reportAsFailure);
    total.passed += passed;
    total.failed += failed;
  }
  return total;
}

async function runPart({ name, script, report, count, needs }) {
  if (needs) await prepare(needs);
  const start = performance.now();
  if (report) rmSync(report, { force: true });
  const { code } = await runNpm(['run', '--silent', ...script], {
    output: 'inherit',
    timeoutMs: 45 * 60_000,
  });
  const result = count
    ? count(report, code)
    : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
  const verdict = result.failed === 0 ? 'passed' : 'FAILED';
  console.log(`${name}: ${verdict} (${formatSeconds(performance.now() - start)})`);
  return result;
}

/** A part that cannot be prepared has failed; the others still run. */
function reportAsFailure(error) {
  reportFailure(error);
  return { passed: 0, failed: 1 };
}
