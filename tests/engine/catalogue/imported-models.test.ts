import { describe, expect, it } from 'vitest';
import { importedIdPrefix, withImportedModels } from '@engine/catalogue/imported-models';
import { evaluate } from '@engine/evaluate';
import { countParameters } from '@engine/model/parameters';
import type { ImportedModel } from '@engine/plan';
import { trainingDetail } from '@engine/training/training-detail';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  architectureOf,
  modelOf,
  templatePlan,
  trainingOf,
  withTraining,
} from '../../fixtures/engine-fixture';

function imported(change: Partial<ImportedModel> = {}): ImportedModel {
  return {
    id: 'imported-own',
    name: 'Own model',
    modelType: 'llama',
    importedOn: '2026-11-25',
    architecture: architectureOf('llama-3.1-405b'),
    assumptions: [],
    ...change,
  };
}

const plan = templatePlan('llama-3-405b');
const own = withTraining({ ...plan, importedModels: [imported()] }, { modelId: 'imported-own' });

describe('the catalogue of a plan', () => {
  it('is the same object where the plan brings no model along', () => {
    expect(withImportedModels(catalogue, plan)).toBe(catalogue);
    expect(withImportedModels(catalogue, { importedModels: [] })).toBe(catalogue);
  });

  it('has an imported model beside its own, with counted parameters and the file as the source', () => {
    const extended = withImportedModels(catalogue, own);
    expect(extended.models.size).toBe(catalogue.models.size + 1);
    const model = extended.models.get('imported-own');
    expect(model?.publishedParameters.value).toBe(countParameters(imported().architecture).total);
    expect(model?.publishedActiveParameters).toBeNull();
    expect(extended.sources.get(model?.source ?? '')).toEqual({
      id: 'imported-own',
      title: 'Own model: imported from config.json',
      url: null,
      readOn: '2026-11-25',
    });
  });

  it('says how many parameters of a mixture of experts are active', () => {
    const sparse = imported({ architecture: architectureOf('deepseek-v3') });
    const { models } = withImportedModels(catalogue, { importedModels: [sparse] });
    const active = models.get('imported-own')?.publishedActiveParameters?.value ?? 0;
    expect(active).toBe(countParameters(sparse.architecture).active);
    expect(active).toBeLessThan(modelOf('deepseek-v3').publishedParameters.value);
  });

  it('lets no model of the catalogue be hidden', () => {
    const taken = [...catalogue.models.keys()].filter((id) => id.startsWith(importedIdPrefix));
    expect(taken).toEqual([]);
  });
});

describe('a plan that trains an imported model', () => {
  it('takes as long as with the same architecture from the catalogue', () => {
    expect(trainingOf(own).days.value).toBeCloseTo(trainingOf(plan).days.value ?? 0, 9);
    expect(evaluate(own, catalogue).findings.map(({ code }) => code)).not.toContain(
      'plan.unknown.modelId',
    );
    expect(trainingDetail(own, own.workloads[0]?.id ?? '', catalogue)?.timeline()).not.toBeNull();
  });

  it('says that the model is unknown once it is gone', () => {
    const gone = { ...own, importedModels: [] };
    expect(evaluate(gone, catalogue).findings.map(({ code }) => code)).toContain(
      'plan.unknown.modelId',
    );
  });
});
