import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import { importedModelSchema } from '@shared/plan/imported-model-schema';
import { planSchema } from '@shared/plan/schema';
import { architectureOf, templatePlan } from '../../fixtures/engine-fixture';

const model = {
  id: 'imported-own',
  name: 'Own model',
  modelType: 'llama',
  importedOn: '2026-11-25',
  weightPrecision: 'fp8',
  architecture: architectureOf('deepseek-v3'),
  assumptions: ['untied embeddings, the default of llama'],
} as const;

function problem(change: object): string {
  const parsed = importedModelSchema.safeParse({ ...model, ...change });
  return parsed.success ? '' : parsed.error.issues.map(({ path }) => path.join('.')).join(' ');
}

describe('an imported model in a plan', () => {
  it('is kept as it is', () => {
    const plan: Plan = { ...templatePlan('llama-3-405b'), importedModels: [model] };
    expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it.each([
    ['an id of the catalogue', { id: 'llama-3.1-8b' }, 'id'],
    ['no name', { name: ' ' }, 'name'],
    ['no day', { importedOn: 'yesterday' }, 'importedOn'],
    ['a field too many', { colour: 'red' }, ''],
    ['no layers', { architecture: { ...model.architecture, layers: 0 } }, 'architecture.layers'],
    [
      'endless layers',
      { architecture: { ...model.architecture, layers: 1e7 } },
      'architecture.layers',
    ],
    ['an endless width', { architecture: { ...model.architecture, hidden: 1e12 } }, 'architecture'],
    [
      'endless experts',
      {
        architecture: {
          ...model.architecture,
          mixtureOfExperts: { ...model.architecture.mixtureOfExperts, experts: 1e12 },
        },
      },
      'architecture',
    ],
  ])('with %s is refused by name', (_what, change, path) => {
    const parsed = importedModelSchema.safeParse({ ...model, ...change });
    expect(parsed.success).toBe(false);
    expect(problem(change)).toContain(path);
  });
});
