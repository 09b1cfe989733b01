import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migratePlan } from '@shared/plan/migrate';
import { planSchemaVersion } from '@shared/plan/schema';

test('steps run in order, each on the result of the one before, and the version follows', () => {
  const steps = new Map([
    [1, (document: object) => ({ ...document, title: 'from 1' })],
    [
      2,
      (document: { title?: unknown }) => ({ ...document, title: `${String(document.title)}, 2` }),
    ],
  ]);
  expect(migratePlan({ schemaVersion: 1, kept: true }, 1, 3, steps)).toEqual({
    schemaVersion: 3,
    kept: true,
    title: 'from 1, 2',
  });
});

test('the document given is not touched', () => {
  const document = Object.freeze({ schemaVersion: 1 });
  expect(
    migratePlan(document, 1, 2, new Map([[1, (old: object) => ({ ...old, added: 1 })]])),
  ).toEqual({
    schemaVersion: 2,
    added: 1,
  });
  expect(document).toEqual({ schemaVersion: 1 });
});

test('a gap in the steps is an error of the program', () => {
  expect(() => migratePlan({}, 1, 2, new Map())).toThrow('version 1');
});

test('every version up to the present one has its frozen file', () => {
  const files = readdirSync(join(import.meta.dirname, '../../fixtures/plans'));
  const versions = Array.from({ length: planSchemaVersion }, (_, index) => index + 1);
  expect(files.toSorted()).toEqual(versions.map((version) => `version-${version}.clusterplan`));
});
