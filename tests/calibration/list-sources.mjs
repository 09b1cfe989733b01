/**
 * Writes docs/calibration/sources.json: what the source families of the calibration are called and where they are read, for the
 * tables that the app shows. `node tests/calibration/list-sources.mjs CASES.json…`; the measurements of this project are read too,
 * families that are in neither keep what the file says of them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gatheredCases } from './gathered-cases.mjs';

const file = 'docs/calibration/sources.json';
const known = JSON.parse(readFileSync(file, 'utf8'));
const cases = [
  ...process.argv.slice(2).flatMap((path) => JSON.parse(readFileSync(path, 'utf8'))),
  ...gatheredCases('serving'),
  ...gatheredCases('training'),
];

/** Family → title → address → number of its cases. */
const families = new Map();
for (const { id, source } of cases) {
  const [family] = id.split('-');
  if (!source?.title) continue;
  const titles = families.get(family) ?? new Map();
  const addresses = titles.get(source.title) ?? new Map();
  const url = URL.canParse(source.url) ? source.url : null;
  addresses.set(url, (addresses.get(url) ?? 0) + 1);
  families.set(family, titles.set(source.title, addresses));
}

const sum = (addresses) => [...addresses.values()].reduce((total, count) => total + count, 0);
for (const [family, titles] of families) {
  const [[title, addresses], ...others] = [...titles].toSorted(
    ([, one], [, other]) => sum(other) - sum(one),
  );
  const [[url]] = [...addresses].toSorted(([, one], [, other]) => other - one);
  known[family] = { title, url, ...(others.length > 0 ? { more: others.length } : {}) };
}
const sorted = Object.fromEntries(
  Object.entries(known).toSorted(([one], [other]) => (one < other ? -1 : 1)),
);
writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
console.log(`${file}: ${Object.keys(sorted).length} sources`);
