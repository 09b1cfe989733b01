import { expect, test } from 'vitest';
import type { OwnPart } from '@engine/catalogue/own-parts';
import {
  freePartId,
  putOwnParts,
  removeOwnPart,
  setPartOverrides,
} from '../../../src/renderer/document/commands/parts';
import { catalogueOf } from '../../../src/renderer/document/catalogue';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { fixturePlan } from '../../fixtures/plan-fixture';

const plan = fixturePlan();
const part: OwnPart = {
  kind: 'accelerator',
  id: 'own-1',
  name: 'Mine',
  basedOn: 'h100-sxm',
  values: { power: { value: 650 } },
};

test('parts are added, replaced by kind and id, and removed, each step named', () => {
  const added = putOwnParts.apply(plan, { parts: [part, { ...part, kind: 'system' }] });
  expect(added.ownParts).toHaveLength(2);
  const changed = putOwnParts.apply(added, { parts: [{ ...part, name: 'Other' }] });
  expect(changed.ownParts?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'accelerator Other',
    'system Mine',
  ]);
  expect(removeOwnPart.apply(changed, { part }).ownParts?.map(({ kind }) => kind)).toEqual([
    'system',
  ]);
  expect(putOwnParts.apply(plan, { parts: [] })).toBe(plan);
  expect(putOwnParts.label(plan, { parts: [part] })).toBe('Enter Mine into the catalogue');
  expect(putOwnParts.label(plan, { parts: [part, part] })).toBe('Enter 2 parts into the catalogue');
});

test('values of a part are replaced together; none means the published ones', () => {
  const args = { kind: 'system', partId: 'dgx-h100', partName: 'DGX H100' } as const;
  const other = { kind: 'region', partId: 'x', field: 'gridCarbon', value: 1 } as const;
  const start = { ...plan, partOverrides: [other] };
  const set = setPartOverrides.apply(start, { ...args, values: { price: { value: 9 } } });
  expect(set.partOverrides).toEqual([
    other,
    { kind: 'system', partId: 'dgx-h100', field: 'price', value: 9 },
  ]);
  const cleared = setPartOverrides.apply(set, { ...args, values: {} });
  expect(cleared.partOverrides).toEqual([other]);
  expect(setPartOverrides.label(plan, { ...args, values: {} })).toBe(
    'Take the published values of DGX H100',
  );
});

test('an id is new both among published parts and among those of the plan', () => {
  const taken = { ...plan, ownParts: [{ ...part, id: 'own-h100' }] };
  expect(freePartId(plan, 'h100', () => false)).toBe('own-h100');
  expect(freePartId(taken, 'h100', () => false)).toBe('own-h100-2');
  expect(freePartId(taken, 'own-h100', (id) => id === 'own-h100-2')).toBe('own-h100-3');
});

test('the catalogue of a plan is made anew only when its parts change', () => {
  expect(catalogueOf(null)).toBe(bundledCatalogue);
  expect(catalogueOf(plan)).toBe(bundledCatalogue);
  const withPart = putOwnParts.apply(plan, { parts: [part] });
  const renamed = { ...withPart, name: 'Renamed' };
  const seen = catalogueOf(withPart);
  expect(seen.accelerators.get('own-1')?.power.value).toBe(650);
  expect(catalogueOf(renamed)).toBe(seen);
  expect(catalogueOf(plan)).toBe(bundledCatalogue);
});
