import { describe, expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { SoftwareGeneration } from '@engine/plan';
import { planSearch, usualSearch } from '@engine/search/plan-search';
import { searchLayouts, type SearchRequest } from '@engine/search/search-layouts';
import { daysOf, isWithin, scoreOf, usdOf } from '@engine/search/objective';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';

const plan = planTemplates.find(({ id }) => id === 'fine-tuning-64-h100')?.plan;
if (!plan) throw new Error('The template is missing.');
const job = plan.workloads.find(({ kind }) => kind === 'training');
if (job?.kind !== 'training') throw new Error('There is no training job.');

const run = ({ question, device, constants, options }: SearchRequest) =>
  searchLayouts(question, device, constants, options);

describe('the search of a plan', () => {
  test('for the fastest run considers the whole cluster alone', () => {
    const request = planSearch(plan, job.id, catalogue, usualSearch);
    expect(request?.options.sizes?.map(({ accelerators }) => accelerators)).toEqual([64]);
    expect(request?.options.memoryTolerance).toBeCloseTo(0.96, 12);
  });

  test('for less money considers parts of it, in whole nodes', () => {
    const choice = { ...usualSearch, objective: 'cheapest' as const };
    const sizes = planSearch(plan, job.id, catalogue, choice)?.options.sizes ?? [];
    expect(sizes.map(({ accelerators }) => accelerators)).toEqual([64, 32, 16, 8]);
    for (const { accelerators, usdPerHour, kilowatts } of sizes) {
      expect((usdPerHour ?? 0) / accelerators).toBeCloseTo(2.5, -1);
      expect(kilowatts).toBeGreaterThan(0);
    }
  });

  test('counts money as the plan gets its accelerators, for every size', () => {
    const choice = { ...usualSearch, objective: 'cheapest' as const };
    const hourly = (acquisition: 'rent' | 'buy') => {
      const owned = { ...plan, costs: { ...plan.costs, acquisition } };
      const [first] = planSearch(owned, job.id, catalogue, choice)?.options.sizes ?? [];
      const hour = evaluate(owned, catalogue).cost.options.find(({ isChosen }) => isChosen);
      expect((first?.usdPerHour ?? 0) / 64).toBeCloseTo(hour?.usdPerAcceleratorHour.value ?? 0, 6);
      return first?.usdPerHour;
    };
    expect(hourly('buy')).not.toBe(hourly('rent'));
  });

  test('is nothing for what is no training job', () => {
    expect(planSearch(plan, 'nowhere', catalogue, usualSearch)).toBeNull();
    const lost = { ...plan, workloads: [{ ...job, modelId: 'nowhere' }] };
    expect(planSearch(lost, job.id, catalogue, usualSearch)).toBeNull();
  });

  test('keeps fixed degrees and finds a layout at least as fast as theirs', () => {
    const free = planSearch(plan, job.id, catalogue, usualSearch);
    const fixed = { tensorParallel: [8], microBatch: [1] };
    const held = planSearch(plan, job.id, catalogue, { ...usualSearch, fixed });
    if (!free || !held) throw new Error('There is no request.');
    const [best] = run(free).best;
    const [other] = run(held).best;
    expect(other?.layout).toMatchObject({ tensorParallel: 8, microBatch: 1 });
    expect(best?.stepSeconds).toBeLessThanOrEqual(other?.stepSeconds ?? 0);
  });

  test('times steps by the software that the plan names, as the plan itself does', () => {
    const stepWith = (software: SoftwareGeneration) => {
      const asked = { ...plan, workloads: [{ ...job, layout: { ...job.layout, software } }] };
      const request = planSearch(asked, job.id, catalogue, usualSearch);
      const best = request && run(request).best[0];
      if (!best) throw new Error('Nothing was found.');
      expect(best.layout.software).toBe(software);
      const taken = { ...plan, workloads: [{ ...job, layout: best.layout }] };
      const [training] = evaluate(taken, catalogue).workloads;
      if (training?.kind !== 'training') throw new Error('There is no training job.');
      expect(training.stepSeconds.value).toBeCloseTo(best.stepSeconds, 9);
      return best.stepSeconds;
    };
    expect(stepWith('early')).toBeGreaterThan(1.05 * stepWith('fused'));
    expect(stepWith('fused')).toBeGreaterThan(stepWith('current'));
  });
});

describe('what a step is ranked by', () => {
  const small = { accelerators: 8, usdPerHour: 16, kilowatts: 10 };
  const large = { accelerators: 16, usdPerHour: 40, kilowatts: 18 };

  test.each([
    ['fastest', 10, 6],
    ['cheapest', 160, 240],
    ['leastEnergy', 100, 108],
    ['fewest', 8, 16],
  ] as const)('%s', (objective, ofSmall, ofLarge) => {
    expect(scoreOf(objective, small, 10)).toBe(ofSmall);
    expect(scoreOf(objective, large, 6)).toBe(ofLarge);
  });

  test('accelerator-hours stand in for a price that is not known', () => {
    expect(scoreOf('cheapest', { ...small, usdPerHour: null }, 10)).toBe(80);
  });

  const goal = { steps: 8640, effectiveTime: 0.5, mostDays: null, mostUsd: null };

  test('days count the time that is lost', () => {
    expect(daysOf(goal, 10)).toBe(2);
    expect(usdOf(goal, small, 10)).toBe(16 * 48);
    expect(usdOf(goal, { ...small, usdPerHour: null }, 10)).toBeNull();
  });

  test.each([
    [null, null, true],
    [2, null, true],
    [1.9, null, false],
    [null, 768, true],
    [null, 767, false],
    [2, 767, false],
  ])('at most %s days and %s dollars: %s', (mostDays, mostUsd, isKept) => {
    expect(isWithin({ ...goal, mostDays, mostUsd }, small, 10)).toBe(isKept);
  });

  test('without a run nothing is missed', () => {
    expect(isWithin(null, small, 1e30)).toBe(true);
  });
});
