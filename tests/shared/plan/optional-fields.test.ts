import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { topologies } from '@engine/facility/fabric/types';
import type { Plan } from '@engine/plan';
import { canonicalPlan } from '@shared/plan/canonical';
import { parsePlanText } from '@shared/plan/parse';
import { planSchema } from '@shared/plan/schema';
import { fixturePlan } from '../../fixtures/plan-fixture';

type Part = 'site' | 'cluster' | 'costs' | 'timeline';

/** The fixture with fields added to a part of it. */
function planWith(part: Part, change: object): unknown {
  const plan = fixturePlan();
  if (part === 'costs') return { ...plan, costs: { ...plan.costs, ...change } };
  if (part === 'timeline') return { ...plan, timeline: change };
  const list = part === 'site' ? 'sites' : 'clusters';
  return { ...plan, [list]: plan[list].map((row) => ({ ...row, ...change })) };
}

function isAccepted(part: Part, change: object): boolean {
  return planSchema.safeParse(planWith(part, change)).success;
}

/** Every quantity that a plan may lack, with the ends of its range. */
const fields: readonly (readonly [Part, string, minimum: number, maximum: number])[] = [
  ['site', 'demandChargeUsdPerKwMonth', 0, 10_000],
  ['site', 'marketGramsCo2PerKwh', 0, 10_000],
  ['site', 'waterLitresPerKwh', 0, 1_000],
  ['site', 'rackWeightKg', 1, 1e6],
  ['site', 'floorSquareMetres', 1, 1e9],
  ['site', 'gridLeadTimeMonths', 0, 600],
  ['site', 'transformerLeadTimeMonths', 0, 600],
  ['site', 'linkGbps', 0, 1e9],
  ['site', 'linkKm', 0, 1e6],
  ['site', 'linkUsdPerMonth', 0, 1e12],
  ['timeline', 'demandGrowthPerYear', -0.9, 100],
  ['timeline', 'delayUsdPerMonth', 0, 1e15],
  ['cluster', 'leadTimeMonths', 0, 600],
  ['cluster', 'oversubscription', 1, 100],
  ['cluster', 'spineOversubscription', 1, 100],
  ['cluster', 'planes', 1, 64],
  ['cluster', 'rackPowerKw', 0.1, 10_000],
  ['cluster', 'rentStorageTb', 0, 1e9],
  ['cluster', 'rentEgressTbPerMonth', 0, 1e9],
  ['costs', 'depreciationYears', 0.1, 50],
  ['costs', 'staffUsdPerAcceleratorYear', 0, 1e9],
  ['costs', 'softwareUsdPerAcceleratorYear', 0, 1e9],
  ['costs', 'installationFraction', 0, 10],
  ['costs', 'facilityUsdPerKw', 0, 1e9],
  ['costs', 'hybridOwnedFraction', 0, 1],
  ['costs', 'rentChangePerYear', -0.9, 10],
  ['costs', 'electricityChangePerYear', -0.9, 10],
  ['costs', 'rentSupportFraction', 0, 10],
  ['costs', 'rentGoodputFraction', 0.01, 1],
  ['costs', 'storageUsdPerTbMonth', 0, 1e6],
  ['costs', 'egressUsdPerTb', 0, 1e6],
];

const described = readFileSync(
  join(import.meta.dirname, '../../../resources/clusterplan.schema.json'),
  'utf8',
);

describe.each(fields)('an optional quantity of the %s: %s', (part, field, minimum, maximum) => {
  const accepts = (value: unknown): boolean => isAccepted(part, { [field]: value });

  it('may be null or missing, and takes both ends of its range', () => {
    expect(accepts(null)).toBe(true);
    expect(accepts(undefined)).toBe(true);
    for (const value of [minimum, maximum]) expect(accepts({ value, origin: 'yours' })).toBe(true);
  });

  it('takes nothing beyond, no bare number and no text', () => {
    for (const value of [minimum - 0.5, maximum * 1.01, Number.NaN, Infinity, String(minimum)]) {
      expect(accepts({ value, origin: 'yours' }), String(value)).toBe(false);
    }
    expect(accepts(maximum)).toBe(false);
    const upsideDown = { value: maximum, low: maximum, high: minimum, origin: 'yours' };
    expect(accepts(upsideDown)).toBe(false);
  });

  it('stands in the published schema', () => {
    expect(described).toContain(`"${field}"`);
  });
});

test('every wiring that is offered can be saved, and no other', () => {
  for (const topology of topologies) expect(isAccepted('cluster', { topology })).toBe(true);
  for (const topology of ['', 'Fat tree', '4D torus', 'dragonfly', 3]) {
    expect(isAccepted('cluster', { topology })).toBe(false);
  }
});

test.each<[object, boolean]>([
  [{ code: 'EUR', perUsd: 0.92, date: '2026-11-25' }, true],
  [{ code: 'EUR', perUsd: 0.92, date: '2028-02-29' }, true],
  [{ code: 'EUR', perUsd: 0.92, date: '2026-02-29' }, false],
  [{ code: 'EUR', perUsd: 0.92, date: '25.11.2026' }, false],
  [{ code: 'eur', perUsd: 0.92, date: '2026-11-25' }, false],
  [{ code: 'EURO', perUsd: 0.92, date: '2026-11-25' }, false],
  [{ code: 'EUR', perUsd: 0, date: '2026-11-25' }, false],
  [{ code: 'EUR', perUsd: -1, date: '2026-11-25' }, false],
  [{ code: 'EUR', date: '2026-11-25' }, false],
])('the currency %j is accepted: %s', (currency, expected) => {
  expect(isAccepted('costs', { currency })).toBe(expected);
});

test('whichever of them are there, a plan is read as it was written, and none is added', () => {
  fc.assert(
    fc.property(fc.subarray([...fields]), (some) => {
      const plan = some.reduce<Plan>((before, [part, field, minimum]) => {
        const change = { [field]: { value: minimum, origin: 'yours' as const } };
        if (part === 'costs') return { ...before, costs: { ...before.costs, ...change } };
        if (part === 'timeline') return { ...before, timeline: { ...before.timeline, ...change } };
        const list = part === 'site' ? 'sites' : 'clusters';
        return { ...before, [list]: before[list].map((row) => ({ ...row, ...change })) };
      }, fixturePlan());
      const read = parsePlanText(canonicalPlan(plan), 'written.clusterplan');
      expect(read.ok && read.value).toEqual(plan);
    }),
    { numRuns: 50 },
  );
});

describe('the dates and the redundancy of a plan', () => {
  it.each<[Part, object, boolean]>([
    ['timeline', {}, true],
    ['timeline', { startOn: '2027-01-31' }, true],
    ['timeline', { startOn: null }, true],
    ['timeline', { startOn: '2027-02-30' }, false],
    ['timeline', { startOn: 'soon' }, false],
    ['timeline', { beginsOn: '2027-01-31' }, false],
    ['cluster', { inServiceOn: '2027-01-31' }, true],
    ['cluster', { inServiceOn: '31.1.2027' }, false],
    ['site', { powerRedundancy: '2N' }, true],
    ['site', { powerRedundancy: null }, true],
    ['site', { powerRedundancy: '3N' }, false],
  ])('a %s of %j is accepted: %s', (part, change, isFine) => {
    expect(isAccepted(part, change)).toBe(isFine);
  });
});
