import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const folder = 'resources/catalogue';
const sourceFiles = readdirSync(folder).filter((name) => name.startsWith('sources'));

test('a source stands in one file, so that it has one title and one date', () => {
  const ids = sourceFiles.flatMap((name) => {
    const rows = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { id: string }[];
    return rows.map(({ id }) => id);
  });
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  expect(ids).toHaveLength(catalogue.sources.size);
});

describe('the rated power of a system', () => {
  test.each([...catalogue.systems.values()])('$id covers its accelerators', (system) => {
    const watts = catalogue.accelerators.get(system.acceleratorId)?.power.value ?? Infinity;
    const accelerators = (system.acceleratorsPerNode.value * watts) / 1e3;
    expect(system.maxPower.value).toBeGreaterThanOrEqual(accelerators);
    expect(system.typicalPower?.value ?? 0).toBeLessThanOrEqual(system.maxPower.value);
  });
});

test('data that asks for attribution is named as such', () => {
  const epoch = catalogue.sources.get('epoch-ml-hardware');
  expect(epoch?.title).toContain('CC BY 4.0');
  expect(readFileSync('THIRD_PARTY_NOTICES.md', 'utf8')).toContain('Epoch');
});
