import { expect, it } from 'vitest';
import { setQuantity } from '../../../src/renderer/document/commands/quantity';
import { shownQuantity } from '../../../src/renderer/document/quantity-field';
import { findQuantityField } from '../../../src/renderer/document/quantity-fields';
import { findPart, quantityAt } from '../../../src/renderer/document/subject';
import { samplePlan } from './sample-plan';

const target = { partId: 'training-1', field: 'effectiveTimeFraction' };
const field = findQuantityField('training', 'effectiveTimeFraction');

it('a default effective time is not shown: it is computed', () => {
  const found = findPart(samplePlan, target.partId);
  if (!found || !field) throw new Error('There is no such field.');
  expect(shownQuantity(field, quantityAt(found, target.field))).toBeNull();
  const stated = { value: 0.8, origin: 'yours' as const };
  expect(shownQuantity(field, stated)).toBe(stated);
  expect(shownQuantity({}, { value: 0.8, origin: 'default' })).not.toBeNull();
});

it('the number that the default happens to have can be stated', () => {
  const plan = setQuantity.apply(samplePlan, { ...target, read: { value: 0.9 } });
  const found = findPart(plan, target.partId);
  expect(found && quantityAt(found, target.field)).toEqual({ value: 0.9, origin: 'yours' });
  expect(setQuantity.apply(plan, { ...target, read: { value: 0.9 } })).toBe(plan);
});
