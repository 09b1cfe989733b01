import { describe, expect, it } from 'vitest';
import type { LayoutExtras, Plan } from '@engine/plan';
import { planSearch, searchedAside, usualSearch } from '@engine/search/plan-search';
import { searchLayouts } from '@engine/search/search-layouts';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { extraPairs } from '@shared/plan/layout-words';
import { planSchema } from '@shared/plan/schema';
import { applyFix } from '../../../src/renderer/document/commands/fix';
import { applyLayout } from '../../../src/renderer/document/commands/layout';
import { setLayoutExtra } from '../../../src/renderer/document/commands/layout-extras';
import { findPart } from '../../../src/renderer/document/subject';
import { samplePlan } from './sample-plan';

const partId = 'training-1';

function layoutOf(plan: Plan, id = partId) {
  const found = findPart(plan, id);
  if (found?.kind !== 'training') throw new Error('There is no training job.');
  return found.part.layout;
}

const extras: LayoutExtras = {
  schedule: 'dualpipe',
  contextExchange: 'ring',
  recomputedLayers: 2,
  shardGroup: 8,
  capacityFactor: 1.25,
  optimizer: 'muon',
  offloadsOptimizer: true,
  offloadsWeights: true,
  offloadedLayers: 4,
  momentPrecision: '16-bit',
};

const entries = Object.entries(extras) as [keyof LayoutExtras, string | number | boolean][];

describe('a choice of a layout beyond its degrees', () => {
  it.each(entries)('%s is set to %s, saved, and left out again', (key, value) => {
    const plan = setLayoutExtra.apply(samplePlan, { partId, extra: { [key]: value } });
    expect(layoutOf(plan)).toEqual({ ...layoutOf(samplePlan), [key]: value });
    expect(planSchema.safeParse(plan).success).toBe(true);
    expect(setLayoutExtra.apply(plan, { partId, extra: { [key]: value } })).toBe(plan);
    const usual = setLayoutExtra.apply(plan, { partId, extra: { [key]: undefined } });
    expect(JSON.stringify(usual)).toBe(JSON.stringify(samplePlan));
    expect(Object.keys(layoutOf(usual))).not.toContain(key);
    expect(setLayoutExtra.label(samplePlan, { partId, extra: { [key]: value } })).not.toMatch(
      /undefined|usual/,
    );
  });

  it.each([
    { shardGroup: 0 },
    { shardGroup: 1.5 },
    { shardGroup: Number.NaN },
    { capacityFactor: 0 },
    { capacityFactor: Infinity },
    { recomputedLayers: -1 },
    { offloadedLayers: 0 },
  ])('%o changes nothing', (extra) => {
    expect(setLayoutExtra.apply(samplePlan, { partId, extra })).toBe(samplePlan);
  });

  it('is mended as a finding proposes', () => {
    const finding = {
      level: 'problem' as const,
      code: 'test',
      subjectId: partId,
      field: 'layout.shardGroup',
      title: '',
      cause: '',
      advice: '',
      fix: { label: 'Set to 4', value: 4 },
    };
    expect(layoutOf(applyFix.apply(samplePlan, { finding })).shardGroup).toBe(4);
  });

  it('is said in words', () => {
    expect(extraPairs({})).toEqual([]);
    expect(extraPairs(extras)).toHaveLength(entries.length);
    expect(extraPairs({ schedule: 'zero-bubble' })).toEqual([
      ['Pipeline schedule', 'Zero bubble (ZB-H1)'],
    ]);
  });
});

describe('a layout that a search found', () => {
  const template = planTemplates.find(({ id }) => id === 'fine-tuning-64-h100')?.plan;
  const job = template?.workloads.find(({ kind }) => kind === 'training');
  if (!template || job?.kind !== 'training') throw new Error('The template is missing.');
  const kept = { momentPrecision: '16-bit', offloadsOptimizer: true, shardGroup: 4 } as const;
  const plan = [kept].reduce<Plan>(
    (changed, { momentPrecision, offloadsOptimizer, shardGroup }) =>
      [
        { momentPrecision },
        { offloadsOptimizer },
        { shardGroup },
        { schedule: 'dualpipe' },
      ].reduce<Plan>(
        (result, extra) =>
          setLayoutExtra.apply(result, { partId: job.id, extra: extra as LayoutExtras }),
        changed,
      ),
    template,
  );

  it('is applied without loss of what was not searched, and takes the time that was promised', () => {
    const request = planSearch(plan, job.id, catalogue, usualSearch);
    if (!request) throw new Error('There is no search.');
    const { question, device, constants, options } = request;
    const [best] = searchLayouts(question, device, constants, options).best;
    if (!best) throw new Error('Nothing was found.');
    const applied = applyLayout.apply(plan, { partId: job.id, layout: best.layout });
    expect(layoutOf(applied, job.id)).toMatchObject(kept);
    expect(Object.values(layoutOf(applied, job.id))).not.toContain(undefined);
    expect(planSchema.safeParse(applied).success).toBe(true);
    const again = planSearch(applied, job.id, catalogue, usualSearch)?.question.extras;
    expect(again).toEqual(question.extras);
  });

  it('is stale once something changes that it takes as it is', () => {
    const layout = layoutOf(plan, job.id);
    const aside = searchedAside(layout, usualSearch);
    expect(searchedAside({ ...layout, tensorParallel: 1 }, usualSearch)).toEqual(aside);
    expect(searchedAside({ ...layout, momentPrecision: '8-bit' }, usualSearch)).not.toEqual(aside);
    const tries = { ...usualSearch, tries: { offload: true } };
    expect(searchedAside({ ...layout, offloadsOptimizer: undefined }, tries)).toEqual(
      searchedAside(layout, tries),
    );
  });
});
