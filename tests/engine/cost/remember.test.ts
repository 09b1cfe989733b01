import { describe, expect, it, vi } from 'vitest';
import { remember } from '@engine/cost/remember';

describe('a remembered answer', () => {
  it('is computed once for a table and a question', () => {
    const compute = vi.fn(
      (table: readonly number[], question: string) => `${question} ${table.length}`,
    );
    const ask = remember(compute);
    const table = [1, 2, 3];
    expect([ask(table, 'how many'), ask(table, 'how many')]).toEqual(['how many 3', 'how many 3']);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(ask(table, 'what')).toBe('what 3');
    expect(ask([...table], 'how many')).toBe('how many 3');
    expect(compute).toHaveBeenCalledTimes(3);
  });

  it('may be nothing, and is still not computed again', () => {
    const compute = vi.fn((): number | undefined => undefined);
    const ask = remember<object, number | undefined>(compute);
    const table = {};
    expect([ask(table, 'a'), ask(table, 'a')]).toEqual([undefined, undefined]);
    expect(compute).toHaveBeenCalledTimes(1);
  });

  it('is not shared between two functions', () => {
    const table = {};
    const [one, two] = [remember(() => 1), remember(() => 2)];
    expect([one(table, 'a'), two(table, 'a')]).toEqual([1, 2]);
  });
});
