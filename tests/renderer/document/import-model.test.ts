import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { sizeDemand } from '@engine/sizing/size-demand';
import type { ImportedModel } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planSchema } from '@shared/plan/schema';
import { catalogueOf } from '../../../src/renderer/document/catalogue';
import {
  importModel,
  removeImportedModel,
  whoRuns,
} from '../../../src/renderer/document/commands/import-model';
import { modelOptions } from '../../../src/renderer/document/fields/catalogue-options';
import { freshWorkload } from '../../../src/renderer/document/new-parts';
import { joinedImports } from '../../../src/renderer/document/library-imports';
import { catalogueWith } from '../../../src/renderer/features/new-plan/brought-model';
import { demandDefaults } from '../../../src/renderer/features/new-plan/demand-defaults';
import { demandOf } from '../../../src/renderer/features/new-plan/demand-form';
import { planFromCluster } from '../../../src/renderer/features/new-plan/plan-from-cluster';
import { planFromDemand } from '../../../src/renderer/features/new-plan/plan-from-demand';
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

describe('removing an imported model', () => {
  const other = { ...model, id: 'imported-other', name: 'Other' };
  const both = { ...plan, importedModels: [model, other] };

  it('leaves the others, and no empty list', () => {
    const one = removeImportedModel.apply(both, { modelId: model.id });
    expect(one.importedModels).toEqual([other]);
    const none = removeImportedModel.apply(one, { modelId: other.id });
    expect(JSON.stringify(none)).toBe(JSON.stringify(plan));
    expect(removeImportedModel.label(both, { modelId: other.id })).toBe('Remove Other');
  });

  it('is refused while a workload runs it, which is named', () => {
    const [job, ...rest] = plan.workloads;
    if (job === undefined) throw new Error('The plan has no workload.');
    const used = { ...both, workloads: [{ ...job, modelId: model.id }, ...rest] };
    expect(whoRuns(used, model.id)).toEqual([job.name]);
    expect(removeImportedModel.apply(used, { modelId: model.id })).toBe(used);
    expect(removeImportedModel.apply(used, { modelId: 'imported-nothing' })).toBe(used);
  });
});

describe('models for a new plan', () => {
  const nodes = { value: 8, origin: 'yours' } as const;
  const choice = { systemId: 'dgx-h100', regionId: 'nor', nodes, modelId: model.id };

  it.each(['training', 'inference'] as const)('are brought along for %s', (workload) => {
    const made = planFromCluster({ ...choice, workload, importedModels: [model] });
    expect(made.importedModels).toEqual([model]);
    expect(made.workloads[0]?.modelId).toBe(model.id);
    expect(planSchema.safeParse(made).success).toBe(true);
    expect(evaluate(made, catalogueOf(made)).workloads).toHaveLength(1);
  });

  it('stay where they are when another is chosen', () => {
    const made = planFromCluster({
      ...choice,
      modelId: 'llama-3.1-70b',
      workload: 'training',
      importedModels: [model],
    });
    expect(made.importedModels).toBeUndefined();
  });

  it('are sized for a demand like any other', () => {
    const values = demandDefaults('inference', model.id, [model]);
    const demand = demandOf('training', model.id, values);
    const [chosen] = sizeDemand(demand, catalogueWith([model]), 'rent').ranked;
    if (!chosen) throw new Error('No system meets the default demand.');
    const made = planFromDemand({
      demand,
      values,
      chosen,
      regionId: 'nor',
      acquisition: 'rent',
      importedModels: [model],
    });
    expect(made.name).toBe('Training Own model');
    expect(made.importedModels).toEqual([model]);
    expect(planSchema.safeParse(made).success).toBe(true);
  });

  it('are those of the library and of the open plan, the latest of each id', () => {
    const newer = { ...model, name: 'Newer' };
    const known = joinedImports([], [model]);
    expect(joinedImports(known, [model])).toBe(known);
    expect(joinedImports(known, [])).toBe(known);
    expect(joinedImports(known, [newer])).toEqual([newer]);
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
