/**
 * Compares the engine with measurements to which nothing is fitted (tests/calibration/unseen) and writes what it found to
 * docs/calibration/unseen.{json,md}, which the app shows.
 *
 *   node tests/calibration/judge-unseen.mjs
 *
 * The measurements were gathered from public sources outside the fitting set and split by the name of the source; those here
 * are never fitted to. Whoever looks at them row by row to mend the model should open others in their place.
 */
import { writeFileSync } from 'node:fs';
import { engineServer } from './engine-server.mjs';

const folder = 'docs/calibration';
const percent = (value) => `${(100 * value).toFixed(1)} %`;

function table(title, groups) {
  const lines = groups.map(
    ({ name, rows, median, p90, inRange, unanswered }) =>
      `| ${name} | ${rows} | ${percent(median)} | ${percent(p90)} | ${percent(inRange)} | ${unanswered} |`,
  );
  return `### ${title}\n\n| | rows | median | 90 % | in range | unanswered |\n|---|--:|--:|--:|--:|--:|\n${lines.join('\n')}\n`;
}

function chapter(title, found) {
  return `## ${title}

${found.rows} figures of ${found.families} sources: median ${percent(found.median)}, nine in ten within ${percent(found.p90)}, ${percent(found.inRange)} within their range, ${found.unanswered} unanswered.

${table('By metric', found.byMetric)}
${table('By source', found.byFamily)}
${table('By accelerator', found.byAccelerator)}`;
}

const server = await engineServer();
const { judgeUnseen } = await server.load('/tests/calibration/unseen-errors.ts');
const report = { training: judgeUnseen('training'), inference: judgeUnseen('inference') };
await server.close();

writeFileSync(`${folder}/unseen.json`, `${JSON.stringify(report, null, 2)}\n`);
writeFileSync(
  `${folder}/unseen.md`,
  `# Measurements that nothing is fitted to

Written by \`tests/calibration/judge-unseen.mjs\`. Published measurements from other sources, models and machines than those
fitted to (\`tests/calibration/unseen\`, each with its source). An error is |predicted / measured − 1|; every group of source,
model, accelerator and metric has one vote; what is not answered counts as wholly wrong.

${chapter('Training', report.training)}
${chapter('Inference', report.inference)}`,
);
for (const [kind, { median, p90, inRange, byMetric }] of Object.entries(report)) {
  console.log(
    `${kind}: median ${percent(median)}, 90 % ${percent(p90)}, in range ${percent(inRange)}`,
  );
  for (const group of byMetric)
    console.log(`  ${group.name}: ${percent(group.median)}, ${percent(group.p90)}`);
}
