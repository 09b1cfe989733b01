import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { offerGroups } from '../../../src/renderer/report/section/offer-groups';

function offersOf(id: string) {
  const plan = planTemplates.find((template) => template.id === id)?.plan;
  if (plan === undefined) throw new Error(`There is a template '${id}'.`);
  return evaluate(plan, catalogue).cost.offers;
}

describe('quotes of providers', () => {
  it('stand once for clusters alike, and add up to what all of them would pay', () => {
    const offers = offersOf('three-sites');
    const groups = offerGroups(offers);
    expect(groups.length * 5).toBe(offers.length);
    for (const { clusterIds } of groups) expect(new Set(clusterIds).size).toBe(5);
    const total = (all: readonly { readonly totalUsd: number }[]) =>
      all.reduce((sum, { totalUsd }) => sum + totalUsd, 0);
    expect(total(groups) / total(offers)).toBeCloseTo(1, 12);
  });

  it('of a single cluster stay as they are', () => {
    const offers = offersOf('llama-3-405b');
    const groups = offerGroups(offers);
    expect(groups.map(({ totalUsd }) => totalUsd)).toEqual(offers.map(({ totalUsd }) => totalUsd));
  });
});
