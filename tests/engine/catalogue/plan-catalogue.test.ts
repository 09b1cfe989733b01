import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OwnPart, PartOverride } from '@engine/catalogue/own-parts';
import { planCatalogue } from '@engine/catalogue/plan-catalogue';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue as published } from '@shared/catalogue/bundled';
import { fixturePlan } from '../../fixtures/plan-fixture';

function own(change: Partial<OwnPart>): OwnPart {
  return {
    kind: 'accelerator',
    id: 'own-1',
    name: 'My part',
    basedOn: 'h100-sxm',
    values: {},
    ...change,
  };
}

function seen(ownParts: readonly OwnPart[], partOverrides: readonly PartOverride[] = []) {
  const { catalogue, findings } = planCatalogue({ ownParts, partOverrides }, published);
  return { catalogue, codes: findings.map(({ code }) => code), findings };
}

test('a plan without parts of its own sees the published catalogue itself', () => {
  expect(planCatalogue({}, published)).toEqual({ catalogue: published, findings: [] });
  expect(planCatalogue({ ownParts: [], partOverrides: [] }, published).catalogue).toBe(published);
});

test('a catalogue that was made for a plan is taken as it is, with what was found', () => {
  const plan = { ownParts: [own({}), own({ id: 'bad', basedOn: 'gone' })] };
  const once = planCatalogue(plan, published);
  expect(planCatalogue(plan, once.catalogue)).toEqual(once);
  expect(planCatalogue(plan, once.catalogue).catalogue).toBe(once.catalogue);
});

describe('a part of one’s own', () => {
  test('is its base but for what it states, with its own name, unit, origin and note', () => {
    const { catalogue, codes } = seen([
      own({ values: { memoryCapacity: { value: 96, low: 94, high: 96, note: 'quote of May' } } }),
    ]);
    const row = catalogue.accelerators.get('own-1');
    const base = published.accelerators.get('h100-sxm');
    expect(codes).toEqual([]);
    expect(row?.name).toBe('My part');
    expect(row?.memoryCapacity).toEqual({
      value: 96,
      low: 94,
      high: 96,
      note: 'quote of May',
      unit: 'GB',
      source: 'plan',
      quality: 'entered',
    });
    expect(row?.memoryBandwidth).toEqual(base?.memoryBandwidth);
    expect(catalogue.sources.get('plan')?.title).toBe('Entered in this plan');
    expect(published.accelerators.has('own-1')).toBe(false);
  });

  test('loses the rate measured on its base where it states another peak, and keeps the others', () => {
    const base = published.accelerators.get('h100-sxm');
    const { catalogue } = seen([own({ values: { 'peakDense.bf16': { value: 1500 } } })]);
    const row = catalogue.accelerators.get('own-1');
    expect(base?.matmulCeiling.bf16).toBeDefined();
    expect(row?.matmulCeiling.bf16).toBeUndefined();
    expect(row?.matmulCeiling.fp8).toEqual(base?.matmulCeiling.fp8);
    expect(row?.peakDense.fp8).toEqual(base?.peakDense.fp8);
  });

  test('may be based on another of the plan, in whatever order they stand', () => {
    const second = own({ id: 'own-2', basedOn: 'own-1', values: { power: { value: 900 } } });
    const first = own({ values: { memoryCapacity: { value: 96 } } });
    for (const parts of [
      [first, second],
      [second, first],
    ]) {
      const row = seen(parts).catalogue.accelerators.get('own-2');
      expect([row?.memoryCapacity.value, row?.power.value]).toEqual([96, 900]);
    }
  });

  test('takes the network design and the parallel units of the published part at its root', () => {
    const { catalogue } = seen([
      own({}),
      own({ kind: 'system', id: 'box', basedOn: 'dgx-h100', acceleratorId: 'own-1' }),
      own({ kind: 'system', id: 'box-2', basedOn: 'box' }),
    ]);
    expect(catalogue.systems.get('box')?.acceleratorId).toBe('own-1');
    expect(catalogue.systems.get('box-2')?.acceleratorId).toBe('own-1');
    for (const id of ['box', 'box-2']) {
      expect(catalogue.network.designs.get(id)).toEqual(published.network.designs.get('dgx-h100'));
    }
    expect(catalogue.parallelUnits.get('own-1')).toEqual(published.parallelUnits.get('h100-sxm'));
  });

  test('may be based on none when it states all that such a part needs', () => {
    const values = { links: { value: 2 }, linkSpeed: { value: 400 } };
    const part = own({ kind: 'transceiver', basedOn: null, values });
    expect(seen([part]).catalogue.network.transceivers.get('own-1')?.linkSpeed.value).toBe(400);
    const short = seen([{ ...part, values: { links: { value: 2 } } }]);
    expect(short.codes).toEqual(['parts.missingValue']);
    expect(short.findings[0]?.cause).toBe('It states no Speed per link, one direction.');
    expect(short.catalogue.network.transceivers.has('own-1')).toBe(false);
  });
});

describe('a part that cannot be is named, left out, and none other taken for it:', () => {
  const cases: readonly (readonly [string, string, readonly OwnPart[]])[] = [
    ['an unknown base', 'unknownBase', [own({ basedOn: 'h101' })]],
    ['a base of another kind', 'unknownBase', [own({ basedOn: 'dgx-h100' })]],
    ['an id that is published', 'repeatedId', [own({ id: 'h200-sxm' })]],
    ['a negative power', 'badValue', [own({ values: { power: { value: -700 } } })]],
    ['no memory', 'badValue', [own({ values: { memoryCapacity: { value: 0 } } })]],
    ['a value that is no number', 'badValue', [own({ values: { power: { value: Number.NaN } } })]],
    ['a range that excludes', 'badValue', [own({ values: { power: { value: 9, low: 10 } } })]],
    ['a field of nobody', 'unknownField', [own({ values: { colour: { value: 1 } } })]],
    [
      'a switch without ports',
      'badValue',
      [own({ kind: 'switch', basedOn: 'qm9700', values: { ports: { value: 0 } } })],
    ],
    [
      'a negative price',
      'badValue',
      [own({ kind: 'system', basedOn: 'dgx-h100', values: { price: { value: -1 } } })],
    ],
    [
      'an unknown accelerator',
      'unknownAccelerator',
      [own({ kind: 'system', basedOn: 'dgx-h100', acceleratorId: 'h101' })],
    ],
  ];

  test.each(cases)('%s', (_what, code, parts) => {
    const { codes, catalogue } = seen(parts);
    expect(codes).toEqual([`parts.${code}`]);
    for (const { id } of parts) {
      expect(catalogue.accelerators.get(id)).toBe(published.accelerators.get(id));
      expect(catalogue.systems.has(id) || catalogue.network.switches.has(id)).toBe(false);
    }
  });

  test('parts based on one another in a circle, and what is based on them', () => {
    const parts = [
      own({ id: 'a', name: 'A', basedOn: 'b' }),
      own({ id: 'b', name: 'B', basedOn: 'c' }),
      own({ id: 'c', name: 'C', basedOn: 'a' }),
      own({ id: 'd', name: 'D', basedOn: 'a' }),
      own({ id: 'e', name: 'E', basedOn: 'e' }),
    ];
    const { codes, findings, catalogue } = seen(parts);
    expect(codes.filter((code) => code === 'parts.circular')).toHaveLength(4);
    expect(codes.filter((code) => code === 'parts.unknownBase')).toHaveLength(1);
    expect(findings[0]?.cause).toBe('A is based on B is based on C is based on A.');
    for (const { id } of parts) expect(catalogue.accelerators.has(id)).toBe(false);
  });

  test('whatever the parts are based on: each is usable or named, exactly once', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const base = fc.constantFrom(...ids, 'h100-sxm', 'nowhere');
    fc.assert(
      fc.property(fc.tuple(base, base, base, base, base), (bases) => {
        const parts = bases.map((basedOn, at) => own({ id: ids[at] ?? '', basedOn }));
        const { codes, catalogue } = seen(parts);
        const usable = ids.filter((id) => catalogue.accelerators.has(id));
        expect(usable.length + codes.length).toBe(ids.length);
      }),
    );
  });
});

describe('a value in place of a published one', () => {
  const override: PartOverride = {
    kind: 'system',
    partId: 'dgx-h100',
    field: 'price',
    value: 250_000,
    note: 'our quote',
  };

  test('is used everywhere, and so by parts that are based on it', () => {
    const part = own({ kind: 'system', id: 'box', basedOn: 'dgx-h100' });
    const { catalogue, codes } = seen([part], [override]);
    expect(codes).toEqual([]);
    for (const id of ['dgx-h100', 'box']) {
      expect(catalogue.systems.get(id)?.price).toMatchObject({
        value: 250_000,
        quality: 'entered',
        note: 'our quote',
      });
    }
  });

  test.each<[string, Partial<PartOverride>]>([
    ['unknownPart', { partId: 'dgx-h101' }],
    ['unknownField', { field: 'colour' }],
    ['badValue', { value: -1 }],
  ])('that cannot be used is named as %s, and the published one stays', (code, change) => {
    const { codes, catalogue } = seen([], [{ ...override, ...change }]);
    expect(codes).toEqual([`parts.override.${code}`]);
    expect(catalogue.systems.get('dgx-h100')?.price).toEqual(
      published.systems.get('dgx-h100')?.price,
    );
  });
});

describe('a plan that uses its own part', () => {
  const plan = fixturePlan();
  const [cluster] = plan.clusters;
  if (cluster === undefined) throw new Error('The fixture plan has no cluster.');
  const system = own({
    kind: 'system',
    id: 'box',
    name: 'Our box',
    basedOn: cluster.systemId,
    values: { typicalPower: { value: 16 }, maxPower: { value: 20 } },
  });
  const withBox = { ...plan, clusters: [{ ...cluster, systemId: 'box' }] };

  test('is computed with it', () => {
    const before = evaluate(plan, published).clusters[0];
    const after = evaluate({ ...withBox, ownParts: [system] }, published).clusters[0];
    expect(after?.itPowerKw.value).not.toBe(before?.itPowerKw.value);
    expect(after?.accelerators.value).toBe(before?.accelerators.value);
  });

  test('says that it is not known when it cannot be built, and computes nothing in its place', () => {
    const report = evaluate({ ...withBox, ownParts: [{ ...system, basedOn: 'gone' }] }, published);
    expect(report.findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['parts.unknownBase', 'plan.unknown.systemId']),
    );
    expect(report.clusters).toEqual([]);
  });
});
