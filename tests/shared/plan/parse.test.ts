import { describe, expect, test } from 'vitest';
import type { FailureKind } from '@shared/result';
import { canonicalPlan } from '@shared/plan/canonical';
import { parsePlanText, planTextLimit } from '@shared/plan/parse';
import { fixturePlan, fixtureText } from '../../fixtures/plan-fixture';

const good = canonicalPlan(fixturePlan());

/** The good plan with one field replaced; `undefined` removes it. */
function broken(path: readonly (string | number)[], value: unknown): string {
  const document: unknown = JSON.parse(good);
  const last = path.at(-1);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => Reflect.get(Object(at), key), document);
  if (last === undefined || typeof parent !== 'object' || parent === null)
    throw new Error('No such path.');
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else Reflect.set(parent, last, value);
  return JSON.stringify(document);
}

const cases: readonly [what: string, text: string, kind: FailureKind, saying: string][] = [
  ['an empty file', '', 'not a plan', 'it is empty'],
  ['white space', ' \n\t', 'not a plan', 'it is empty'],
  ['prose', 'Buy 8 GPUs.', 'not a plan', 'it is not JSON text'],
  ['binary data', '\u0000\u0001PK\u0003', 'not a plan', 'it is not JSON text'],
  ['a plan cut off in the middle', good.slice(0, 700), 'unreadable file', 'cut off or damaged'],
  [
    'a plan cut off before its last brace',
    good.slice(0, -2),
    'unreadable file',
    'cut off or damaged',
  ],
  ['a plan with a second one behind it', good + good, 'unreadable file', 'cut off or damaged'],
  ['JSON null', 'null', 'not a plan', 'not a Clusterwright plan'],
  ['a JSON list', '[1, 2]', 'not a plan', 'not a Clusterwright plan'],
  ['a package.json', '{"name":"x","version":"1.0.0"}', 'not a plan', 'not a Clusterwright plan'],
  [
    'foreign JSON with a version',
    '{"schemaVersion":3,"a":1}',
    'not a plan',
    'not a Clusterwright plan',
  ],
  [
    'a version that is a text',
    broken(['schemaVersion'], '1'),
    'not a plan',
    'not a Clusterwright plan',
  ],
  ['version zero', broken(['schemaVersion'], 0), 'not a plan', 'not a Clusterwright plan'],
  [
    'a fractional version',
    broken(['schemaVersion'], 1.5),
    'not a plan',
    'not a Clusterwright plan',
  ],
  [
    'a newer plan',
    broken(['schemaVersion'], 2),
    'newer version',
    'plan version 2; this one reads up to 1',
  ],
  ['a missing list', broken(['sites'], undefined), 'invalid input', 'sites: missing'],
  [
    'no site',
    broken(['sites'], []),
    'invalid input',
    'sites: expected at least 1 in the list, found a list of 0',
  ],
  [
    'a degree of zero',
    broken(['workloads', 0, 'layout', 'tensorParallel'], 0),
    'invalid input',
    'workloads[0].layout.tensorParallel: expected at least 1, found 0',
  ],
  [
    'a fractional degree',
    broken(['workloads', 1, 'tensorParallel'], 1.5),
    'invalid input',
    'workloads[1].tensorParallel: expected a whole number, found 1.5',
  ],
  [
    'a number as text',
    broken(['clusters', 0, 'nodes', 'value'], '16'),
    'invalid input',
    'clusters[0].nodes.value: expected a number, found "16"',
  ],
  [
    'an infinite number',
    good.replace('"value": 16,', '"value": 1e999,'),
    'invalid input',
    'clusters[0].nodes.value: expected a number, found Infinity',
  ],
  [
    'a range upside down',
    broken(['sites', 0, 'powerCapKw', 'low'], 2300),
    'invalid input',
    'sites[0].powerCapKw.low: The low end of the range is above its high end.',
  ],
  [
    'an unknown field',
    broken(['workloads', 0, 'layout', 'sequenceParallel'], true),
    'invalid input',
    'workloads[0].layout: unknown field "sequenceParallel"',
  ],
  [
    'an unknown precision',
    broken(['workloads', 0, 'precision'], 'fp12'),
    'invalid input',
    'workloads[0].precision: expected "fp64" or "fp32" or',
  ],
  [
    'an unknown kind of workload',
    broken(['workloads', 0, 'kind'], 'mining'),
    'invalid input',
    'workloads[0].kind: expected "training" or "inference" or "task", found "mining"',
  ],
  [
    'a ZeRO stage of four',
    broken(['workloads', 0, 'layout', 'zeroStage'], 4),
    'invalid input',
    'workloads[0].layout.zeroStage: expected 0 or 1 or 2 or 3, found 4',
  ],
  [
    'an empty name',
    broken(['name'], '  '),
    'invalid input',
    'name: expected a length of at least 1',
  ],
  [
    'an id used twice',
    broken(['clusters', 0, 'id'], 'site-1'),
    'invalid input',
    'clusters[0].id: the id “site-1” is already used by sites[0].id',
  ],
  [
    'a cluster on no site',
    broken(['clusters', 0, 'siteId'], 'gone'),
    'invalid input',
    'clusters[0].siteId: there is no site “gone”',
  ],
  [
    'a workload on no cluster',
    broken(['workloads', 1, 'clusterId'], 'gone'),
    'invalid input',
    'workloads[1].clusterId: there is no cluster “gone”',
  ],
  [
    'a file beyond the limit',
    ' '.repeat(planTextLimit + 1),
    'unreadable file',
    'larger than any plan',
  ],
];

describe('a file that is no good gets one sentence', () => {
  test.each(cases)('%s', (_what, text, kind, saying) => {
    const result = parsePlanText(text, 'Plan “A”.clusterplan');
    if (result.ok) throw new Error('It was accepted.');
    expect(result.error.kind).toBe(kind);
    expect(result.error.message).toContain(saying);
    expect(result.error.message).toContain('Plan “A”.clusterplan');
    expect(result.error.message).toContain('was not changed');
  });
});

test('several problems: the first is named, the others counted', () => {
  const document = JSON.parse(broken(['workloads', 0, 'layout', 'microBatch'], 0)) as object;
  const result = parsePlanText(
    JSON.stringify({ ...document, name: '', notes: 7 }),
    'a.clusterplan',
  );
  expect(result.ok ? '' : result.error.message).toContain('(and 2 more)');
});

test('a byte-order mark and Windows line ends do no harm', () => {
  const text = `\uFEFF${good.replaceAll('\n', '\r\n')}`;
  expect(parsePlanText(text, 'a.clusterplan')).toEqual({ ok: true, value: fixturePlan() });
});

test('a key named __proto__ is an unknown field, not a prototype', () => {
  const text = good.replace('"notes"', '"__proto__": {"notes": "x"}, "notes"');
  const result = parsePlanText(text, 'a.clusterplan');
  expect(result).toMatchObject({ ok: false, error: { kind: 'invalid input' } });
});

test('the frozen file of every version still opens', () => {
  const result = parsePlanText(fixtureText('version-1.clusterplan'), 'version-1.clusterplan');
  expect(result).toMatchObject({ ok: true, value: { schemaVersion: 1, workloads: { length: 2 } } });
});
