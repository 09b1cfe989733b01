import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planSchema } from '@shared/plan/schema';
import { fixturePlan } from '../../fixtures/plan-fixture';
import { anyPlan } from '../../fixtures/plan-arbitrary';

type Path = readonly (string | number)[];

/** The fixture with one field replaced. */
function planWith(path: Path, value: unknown): unknown {
  const document: unknown = structuredClone(fixturePlan());
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, key) => Reflect.get(Object(at) as object, key), document);
  const last = path.at(-1);
  if (last === undefined) throw new Error('The path is empty.');
  Reflect.set(Object(parent) as object, last, value);
  return document;
}

function isAccepted(path: Path, value: unknown): boolean {
  return planSchema.safeParse(planWith(path, value)).success;
}

const training = ['workloads', 0] as const;
const inference = ['workloads', 1] as const;

/** Every quantity of the document with the ends of its range. */
const quantities: readonly (readonly [path: Path, minimum: number, maximum: number])[] = [
  [['sites', 0, 'powerCapKw'], 0, 1e9],
  [['sites', 0, 'powerUsageEffectiveness'], 1, 10],
  [['sites', 0, 'electricityUsdPerKwh'], 0, 100],
  [['sites', 0, 'gridGramsCo2PerKwh'], 0, 10_000],
  [['clusters', 0, 'nodes'], 1, 1e9],
  [['clusters', 0, 'scaleOutGbpsPerAccelerator'], 0, 1e6],
  [['clusters', 0, 'rentUsdPerAcceleratorHour'], 0, 1e6],
  [['clusters', 0, 'purchaseUsdPerNode'], 0, 1e12],
  [[...training, 'tokens'], 1, 1e18],
  [[...training, 'sequenceLength'], 1, 1e8],
  [[...training, 'globalBatchSequences'], 1, 1e9],
  [[...training, 'effectiveTimeFraction'], 0.01, 1],
  [[...training, 'measuredStepSeconds'], 1e-6, 1e7],
  [[...inference, 'inputTokens'], 1, 1e8],
  [[...inference, 'outputTokens'], 1, 1e8],
  [[...inference, 'concurrentUsers'], 0, 1e11],
  [[...inference, 'requestsPerUserHour'], 0, 1e6],
  [[...inference, 'timeToFirstTokenTargetMs'], 0.001, 1e9],
  [[...inference, 'timePerOutputTokenTargetMs'], 0.001, 1e9],
  [[...inference, 'meanLoadFraction'], 0.001, 1],
  [[...inference, 'cachedPrefixFraction'], 0, 1],
  [[...inference, 'speculativeTokens'], 0, 64],
  [[...inference, 'acceptanceFraction'], 0, 1],
  [[...inference, 'offloadedWeightFraction'], 0, 1],
  [['costs', 'horizonYears'], 0.1, 50],
  [['costs', 'utilisationFraction'], 0.001, 1],
  [['costs', 'networkAndStorageFraction'], 0, 10],
  [['costs', 'maintenanceFractionPerYear'], 0, 1],
  [['costs', 'colocationUsdPerKwMonth'], 0, 1e6],
  [['costs', 'residualFraction'], 0, 1],
  [['costs', 'discountRatePerYear'], 0, 1],
];

describe.each(quantities)('%j', (path, minimum, maximum) => {
  test(`takes ${minimum} to ${maximum}, both ends included`, () => {
    for (const value of [minimum, maximum, (minimum + maximum) / 2]) {
      expect(isAccepted(path, { value, origin: 'yours' }), String(value)).toBe(true);
    }
  });

  test('takes nothing beyond them, as value or as end of a range', () => {
    const [below, above] = [minimum - 1, maximum * 2];
    const middle = (minimum + maximum) / 2;
    expect(isAccepted(path, { value: below, origin: 'yours' })).toBe(false);
    expect(isAccepted(path, { value: above, origin: 'yours' })).toBe(false);
    expect(isAccepted(path, { value: middle, low: below, origin: 'yours' })).toBe(false);
    expect(isAccepted(path, { value: middle, high: above, origin: 'yours' })).toBe(false);
  });

  test('takes neither a bare number nor one that is none', () => {
    const middle = (minimum + maximum) / 2;
    for (const wrong of [
      middle,
      { value: String(middle), origin: 'yours' },
      { value: Number.NaN, origin: 'yours' },
      { value: middle, origin: 'guess' },
      { value: middle },
      { value: middle, origin: 'yours', unit: 'kW' },
    ]) {
      expect(isAccepted(path, wrong), JSON.stringify(wrong)).toBe(false);
    }
  });
});

describe('a range', () => {
  const nodes = ['clusters', 0, 'nodes'] as const;

  test.each([
    [{ value: 5, low: 4, high: 6 }, true],
    [{ value: 5, low: 5, high: 5 }, true],
    [{ value: 5, low: 4 }, true],
    [{ value: 5, high: 6 }, true],
    [{ value: 5, low: 6 }, false],
    [{ value: 5, high: 4 }, false],
    [{ value: 5, low: 7, high: 6 }, false],
  ])('%j is accepted: %s', (range, expected) => {
    expect(isAccepted(nodes, { ...range, origin: 'yours' })).toBe(expected);
  });
});

describe('a degree of parallelism', () => {
  test.each([
    'tensorParallel',
    'pipelineParallel',
    'virtualStages',
    'contextParallel',
    'expertParallel',
    'microBatch',
  ])('%s is a whole number from 1', (field) => {
    const path = [...training, 'layout', field];
    for (const right of [1, 8, 1e9]) expect(isAccepted(path, right)).toBe(true);
    for (const wrong of [0, -1, 1.5, 1e9 + 1, '8', null])
      expect(isAccepted(path, wrong)).toBe(false);
  });
});

describe('what may be left open', () => {
  test.each<[Path, boolean]>([
    [['sites', 0, 'powerCapKw'], true],
    [[...training, 'measuredStepSeconds'], true],
    [['sites', 0, 'powerUsageEffectiveness'], false],
    [['clusters', 0, 'nodes'], false],
    [[...training, 'tokens'], false],
    [['costs', 'horizonYears'], false],
    [['name'], false],
  ])('%j may be null: %s', (path, expected) => {
    expect(isAccepted(path, null)).toBe(expected);
  });

  test('nothing else: a plan with any one field missing is refused', () => {
    const plan: object = fixturePlan();
    for (const key of Object.keys(plan)) {
      const without = Object.fromEntries(Object.entries(plan).filter(([name]) => name !== key));
      expect(planSchema.safeParse(without).success, key).toBe(false);
    }
  });
});

describe('names and lists', () => {
  test.each<[string, Path, unknown, boolean]>([
    ['a name of 200 characters', ['name'], 'x'.repeat(200), true],
    ['a name of 201', ['name'], 'x'.repeat(201), false],
    ['an id of 64 characters', ['sites', 0, 'regionId'], 'x'.repeat(64), true],
    ['an id of 65', ['sites', 0, 'regionId'], 'x'.repeat(65), false],
    ['an empty id', ['sites', 0, 'regionId'], '', false],
    ['notes of 100,000 characters', ['notes'], 'x'.repeat(100_000), true],
    ['longer notes', ['notes'], 'x'.repeat(100_001), false],
    ['no clusters', ['clusters'], [], true],
    ['no sites', ['sites'], [], false],
    ['buying', ['costs', 'acquisition'], 'buy', true],
    ['leasing', ['costs', 'acquisition'], 'lease', false],
  ])('%s', (_what, path, value, expected) => {
    expect(isAccepted(path, value)).toBe(expected);
  });
});

test('any plan that the schema describes passes it unchanged', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      expect(planSchema.parse(structuredClone(plan))).toEqual(plan);
    }),
    { numRuns: 50 },
  );
});
