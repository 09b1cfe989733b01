import { describe, expect, test } from 'vitest';
import { firstDraft, readDraft } from '../../../src/renderer/features/catalogue/part-draft';

const draft = { name: 'Mine', acceleratorId: null, note: '', texts: {} };

describe('a draft of a part', () => {
  test('reads numbers as people write them, and puts the note to each', () => {
    const read = readDraft(
      'accelerator',
      { ...draft, note: ' quote ', texts: { power: '1,200', memoryBandwidth: '8e3', fp8: '' } },
      false,
    );
    expect(read.values).toEqual({
      power: { value: 1_200, note: 'quote' },
      memoryBandwidth: { value: 8_000, note: 'quote' },
    });
  });

  test.each([
    ['about 5', /^Not a number/],
    ['-700', 'The value is negative.'],
    ['0', 'The value is zero or too small.'],
    ['1e13', /^The value is above/],
  ])('names what is wrong with %s watts', (text, problem) => {
    const read = readDraft('accelerator', { ...draft, texts: { power: text } }, false);
    expect(read.values).toBeNull();
    expect(read.problems?.['power']).toMatch(problem);
  });

  test('of a part from nothing needs what every such part needs', () => {
    const read = readDraft('networkCard', draft, true);
    expect(Object.keys(read.problems ?? {})).toEqual(['speed']);
    const full = readDraft('networkCard', { ...draft, texts: { speed: '400' } }, true);
    expect(full).toEqual({ values: { speed: { value: 400 } }, problems: null });
  });
});

describe('a form starts', () => {
  const base = { id: 'dgx-h100', name: 'DGX H100' };

  test('empty, or with a name of its own for a copy', () => {
    expect(firstDraft('system', 'blank', null, {}).name).toBe('');
    expect(firstDraft('system', 'copy', base, {}).name).toBe('DGX H100, own');
  });

  test('with the values that the plan replaces already, and only those of this part', () => {
    const override = { kind: 'system', partId: 'dgx-h100', field: 'price', value: 9 } as const;
    const partOverrides = [
      { ...override, note: 'why' },
      { ...override, partId: 'dgx-h200', value: 8 },
    ];
    const found = firstDraft('system', 'override', base, { partOverrides });
    expect([found.texts, found.note]).toEqual([{ price: '9' }, 'why']);
    expect(firstDraft('system', 'copy', base, { partOverrides }).texts).toEqual({});
  });
});
