import { existsSync, readdirSync, readFileSync } from 'node:fs';

const folder = 'tests/calibration/measurements';

/** Published measurements that are part of this project, each with its source: those with that part ('serving', 'training'). */
export function gatheredCases(part) {
  if (!existsSync(folder)) return [];
  const cases = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')))
    .filter((one) => one[part]);
  const ids = new Set(cases.map(({ id }) => id));
  if (ids.size < cases.length) throw new Error(`${folder}: two measurements share an id.`);
  return cases;
}
