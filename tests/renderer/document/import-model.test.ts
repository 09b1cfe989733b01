import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { ImportedModel } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planSchema } from '@shared/plan/schema';
import { catalogueOf } from '../../../src/renderer/document/catalogue';
import { importModel } from '../../../src/renderer/document/commands/import-model';
import { modelOptions } from '../../../src/renderer/document/fields/catalogue-options';
import { freshWorkload } from '../../../src/renderer/document/new-parts';
import { sourcesOf } from '../../../src/renderer/report/document/report-figures';
import { architectureOf, templatePlan } from '../../fixtures/engine-fixture';

const plan = templatePlan('llama-3-405b');
const model: ImportedModel = {
  id: 'imported-own',
  name: 'Own model',
  modelType: 'llama',
  importedOn: '2026-11-25',
  architecture: architectureOf('llama-3.1-8b'),
  assumptions: [],
};

describe('importing a model', () => {
  it('adds it to the plan under its name', () => {
    const added = importModel.apply(plan, { model, use: null });
    expect(importModel.label(plan, { model, use: null })).toBe('Import Own model');
    expect(added.importedModels).toEqual([model]);
    expect(added.workloads).toBe(plan.workloads);
    expect(planSchema.safeParse(added).success).toBe(true);
  });

  it('replaces one of the same id and keeps the others', () => {
    const other = { ...model, id: 'imported-other' };
    const both = importModel.apply(importModel.apply(plan, { model: other, use: null }), {
      model,
      use: null,
    });
    const renamed = importModel.apply(both, { model: { ...other, name: 'New' }, use: null });
    expect(renamed.importedModels?.map(({ name }) => name)).toEqual(['Own model', 'New']);
  });

  it('gives it to a workload in the same step, with the defaults of the model', () => {
    const [job] = plan.workloads;
    if (job === undefined) throw new Error('The plan has no workload.');
    const extended = { ...plan, importedModels: [model] };
    const fresh = freshWorkload(extended, { ...job, modelId: model.id });
    const used = importModel.apply(plan, {
      model,
      use: { fresh, formerName: freshWorkload(plan, job).name },
    });
    expect(used.workloads[0]).toMatchObject({ modelId: 'imported-own' });
    expect(used.importedModels).toEqual([model]);
    expect(fresh.name).toContain('Own model');
  });
});

describe('the catalogue of a plan on screen', () => {
  it('is the bundled one without imported models, and one object for one list of them', () => {
    expect(catalogueOf(plan)).toBe(bundledCatalogue);
    expect(catalogueOf({ importedModels: [] })).toBe(bundledCatalogue);
    const importedModels = [model];
    expect(catalogueOf({ importedModels })).toBe(catalogueOf({ importedModels }));
  });

  it('has the configuration among the sources of a report', () => {
    const [job] = plan.workloads;
    const own = {
      ...plan,
      importedModels: [model],
      workloads: job === undefined ? [] : [{ ...job, modelId: model.id }],
    };
    const catalogue = catalogueOf(own);
    const ids = sourcesOf(own, evaluate(own, catalogue), catalogue);
    expect(ids.map((id) => catalogue.sources.get(id)?.title)).toContain(
      'Own model: imported from config.json',
    );
  });

  it('offers imported models in the picker', () => {
    const options = modelOptions(catalogueOf({ importedModels: [model] }));
    const own = options.find(({ value }) => value === 'imported-own');
    expect(own?.label).toBe('Own model');
    expect(own?.facts).toContain('imported');
    expect(options).toHaveLength(bundledCatalogue.models.size + 1);
  });
});
