import { expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  qualitiesOfSource,
  qualitiesOfValue,
} from '../../../src/renderer/report/source/source-quality';

test('every fact of every accelerator is found again with its own quality', () => {
  const facts = [...bundledCatalogue.accelerators.values()].flatMap((row) => [
    row.memoryCapacity,
    row.memoryBandwidth,
    row.power,
  ]);
  expect(facts.length).toBeGreaterThan(0);
  for (const { source, value, unit, quality } of facts) {
    expect(qualitiesOfValue(bundledCatalogue, source, value, unit)).toContain(quality);
    expect(qualitiesOfSource(bundledCatalogue, source)).toContain(quality);
  }
});

test('a value that no fact of the source has gets the classes of the whole source', () => {
  const [accelerator] = bundledCatalogue.accelerators.values();
  const source = accelerator?.memoryCapacity.source ?? '';
  expect(qualitiesOfValue(bundledCatalogue, source, -1, 'GB')).toEqual(
    qualitiesOfSource(bundledCatalogue, source),
  );
});

test('a source that nothing was taken from has no class', () => {
  expect(qualitiesOfSource(bundledCatalogue, 'no such source')).toEqual([]);
});
