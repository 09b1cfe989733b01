import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '@engine/catalogue/types';
import { derivedInput, factInput, figure, figureInput, planInput } from '@engine/explain';
import { finiteFinding, finiteWorkload } from '@engine/finite';
import type { Finding } from '@engine/report';
import { inferenceOf, quantity, templatePlan, trainingOf } from '../../fixtures/engine-fixture';

const spec = { key: 'cluster.power', label: 'Power', value: 5, unit: 'kW', formula: 'P = n · p' };
const wild = fc.oneof(
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0),
  fc.double(),
);

describe('a figure', () => {
  it('keeps a finite value and says nothing of its absence', () => {
    expect(figure({ ...spec, unavailable: 'Nobody knows.' })).toEqual({
      ...spec,
      inputs: [],
      sources: [],
      leavesOut: '',
    });
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null])(
    'of %s has no value, no range and a reason',
    (value) => {
      const found = figure({ ...spec, value, low: 1, high: 9 });
      expect(found.value).toBeNull();
      expect(found).not.toHaveProperty('low');
      expect(found).not.toHaveProperty('high');
      expect(found.unavailable).toContain('no finite result');
    },
  );

  it('gives the reason it was given', () => {
    expect(figure({ ...spec, value: null, unavailable: 'No price.' }).unavailable).toBe(
      'No price.',
    );
  });

  it('is never anything but finite or null, whatever goes in', () => {
    fc.assert(
      fc.property(wild, wild, wild, wild, (value, low, high, input) => {
        const inputs = [derivedInput('n', 'Nodes', input, '1', 'plan')];
        const found = figure({ ...spec, value, low, high, inputs });
        expect(found.value === null || Number.isFinite(found.value)).toBe(true);
        expect(Number.isFinite(found.low ?? 0) && Number.isFinite(found.high ?? 0)).toBe(true);
        expect(found.inputs).toHaveLength(Number.isFinite(input) ? 1 : 0);
        expect(found.value === null).toBe(found.unavailable !== undefined);
      }),
    );
  });
});

describe('an input', () => {
  const fact: Fact = { value: 700, unit: 'W', source: 'nvidia-h100', quality: 'official' };

  it('of the catalogue brings its source along', () => {
    expect(factInput('p', 'Power', fact)).toEqual({
      symbol: 'p',
      label: 'Power',
      value: 700,
      unit: 'W',
      sources: ['nvidia-h100'],
      from: 'catalogue',
    });
  });

  it('of the plan is the value of its quantity, or the plain number', () => {
    const common = { symbol: 'n', label: 'Nodes', unit: 'nodes', sources: [], from: 'plan' };
    expect(planInput('n', 'Nodes', quantity(4), 'nodes')).toEqual({ ...common, value: 4 });
    expect(planInput('n', 'Nodes', 4, 'nodes')).toEqual({ ...common, value: 4 });
  });

  it('of another figure names it, and disappears when that figure has no value', () => {
    const known = figureInput('P', figure(spec));
    expect(known).toMatchObject({ value: 5, unit: 'kW', from: 'cluster.power' });
    const missing = figureInput('P', figure({ ...spec, value: null }));
    expect(figure({ ...spec, inputs: [missing, known] }).inputs).toEqual([known]);
  });

  it('that was derived names its calculation and, where it has them, sources', () => {
    expect(derivedInput('a', 'Annuity', 2, 'years', 'cost').sources).toEqual([]);
    expect(derivedInput('a', 'Annuity', 2, 'years', 'cost', ['x']).sources).toEqual(['x']);
  });
});

describe('numbers beside the figures', () => {
  const training = trainingOf(templatePlan('lab-node-8-h100'));
  const service = inferenceOf(templatePlan('chat-fleet-h200'));

  it('pass unchanged when they are finite', () => {
    expect(finiteWorkload(training)).toEqual(training);
    expect(finiteWorkload(service)).toEqual(service);
  });

  it.each(['memoryParts', 'stepParts'] as const)(
    'of the %s are left out together, since parts without one do not add up',
    (key) => {
      const [first, ...rest] = training[key];
      if (!first) throw new Error('There are no parts.');
      const broken = { ...training, [key]: [{ ...first, value: Number.NaN }, ...rest] };
      expect(finiteWorkload(broken)).toEqual({ ...training, [key]: [] });
    },
  );

  it.each(['remaining', 'usdLostPerHour'] as const)(
    'of a loss diagram are left out together when one has no finite %s',
    (key) => {
      const lossStages = service.lossStages.map((stage, index) =>
        index === 1 ? { ...stage, [key]: Number.POSITIVE_INFINITY } : stage,
      );
      for (const report of [service, training]) {
        expect(finiteWorkload({ ...report, lossStages })).toMatchObject({ lossStages: [] });
      }
    },
  );

  it('of a batch curve are left out point by point', () => {
    const batchCurve = service.batchCurve.map((point, index) =>
      index === 0 ? { ...point, tokensPerSecond: Number.NaN } : point,
    );
    expect(finiteWorkload({ ...service, batchCurve })).toEqual({
      ...service,
      batchCurve: service.batchCurve.slice(1),
    });
  });
});

describe('a finding', () => {
  const finding: Finding = {
    level: 'warning',
    code: 'a.b',
    subjectId: 'cluster-1',
    field: 'nodes',
    title: 'A title',
    cause: 'A cause.',
    advice: 'Advice.',
    fix: { label: 'Set to 5', value: 5 },
  };

  it('keeps a fix that can be applied, and loses one that cannot', () => {
    expect(finiteFinding(finding)).toEqual(finding);
    const broken = { ...finding, fix: { label: 'Set to ∞', value: Number.POSITIVE_INFINITY } };
    expect(finiteFinding(broken)).toEqual({ ...finding, fix: null });
    expect(finiteFinding({ ...finding, fix: null }).fix).toBeNull();
  });
});
