import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldReader, ownField } from '@shared/model-import/field-reader';

describe('a reader of fields', () => {
  it('takes the first name that is there, and remembers it', () => {
    const reader = new FieldReader({ n_layer: 12, num_hidden_layers: 24 });
    expect(reader.whole(['num_hidden_layers', 'n_layer'])).toBe(24);
    expect(reader.unread()).toEqual(['n_layer']);
    expect(reader.problems).toEqual([]);
  });

  it('passes over null and missing names', () => {
    const reader = new FieldReader({ head_dim: null });
    expect(reader.whole(['head_dim', 'kv_channels'])).toBeNull();
    expect(reader.flag(['use_cache'])).toBeNull();
    expect(reader.text(['name'])).toBeNull();
    expect(reader.list(['layer_types'])).toBeNull();
    expect(reader.problems).toEqual([]);
  });

  it('reads fields of parts by a point', () => {
    const reader = new FieldReader({ ffn_config: { moe_top_k: 4 } });
    expect(reader.whole(['ffn_config.moe_top_k'])).toBe(4);
    expect(reader.unread()).toEqual([]);
  });

  it('misses what no model lacks, once', () => {
    const reader = new FieldReader({});
    expect(reader.required(['vocab_size'])).toBe(1);
    expect(reader.problems).toEqual([{ field: 'vocab_size', problem: 'is missing' }]);
    const wrong = new FieldReader({ vocab_size: 'many' });
    expect(wrong.required(['vocab_size'])).toBe(1);
    expect(wrong.problems.map(({ field }) => field)).toEqual(['vocab_size']);
  });

  it.each<[unknown, string]>([
    ['32', "the text '32'"],
    [[1], 'a list'],
    [{}, 'an object'],
    [true, 'true'],
    [1.5, '1.5'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
    [0, '0'],
    [1e12, '1000000000000'],
  ])('says what it found instead of a whole number: %j', (value, told) => {
    const reader = new FieldReader({ layers: value });
    expect(reader.whole(['layers'])).toBeNull();
    expect(reader.problems[0]?.problem).toContain(told);
  });

  it('accepts zero where it is a number of things', () => {
    const reader = new FieldReader({ n_shared_experts: 0 });
    expect(reader.whole(['n_shared_experts'], 0)).toBe(0);
    expect(reader.problems).toEqual([]);
  });

  it('accepts only lists of plain members, and no endless ones', () => {
    const long = Array.from({ length: 10_001 }, () => 0);
    for (const value of [long, [{}], [[1]], [null], 'text', 7, {}]) {
      const reader = new FieldReader({ layer_types: value });
      expect(reader.list(['layer_types'])).toBeNull();
      expect(reader.problems).toHaveLength(1);
    }
    const reader = new FieldReader({ layer_types: ['a', 1] });
    expect(reader.list(['layer_types'])).toEqual(['a', 1]);
  });

  it('accepts only texts of a sensible length', () => {
    const reader = new FieldReader({ a: 'x'.repeat(10_001), b: 'M*' });
    expect(reader.text(['a'])).toBeNull();
    expect(reader.text(['b'])).toBe('M*');
    expect(reader.problems.map(({ field }) => field)).toEqual(['a']);
  });

  it('returns whole numbers in range or a problem, whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const reader = new FieldReader({ x: value });
        const read = reader.whole(['x']);
        if (read === null) {
          expect(reader.problems).toHaveLength(value === undefined || value === null ? 0 : 1);
        } else {
          expect(Number.isInteger(read) && read >= 1 && read <= 1e9).toBe(true);
        }
      }),
    );
  });
});

describe('a field of one’s own', () => {
  it('is never one of the prototype, of a list or of a text', () => {
    expect(ownField({ a: 1 }, 'a')).toBe(1);
    expect(ownField({}, 'toString')).toBeUndefined();
    expect(ownField({}, '__proto__')).toBeUndefined();
    expect(ownField([1], '0')).toBeUndefined();
    expect(ownField('text', 'length')).toBeUndefined();
    expect(ownField(null, 'a')).toBeUndefined();
  });
});
