import { describe, expect, test } from 'vitest';
import { cacheBytesPerSequence, keyValueBytesPerToken } from '@engine/model/bytes';
import {
  attendedEntries,
  entriesPerToken,
  indexShare,
  keptEntries,
} from '@engine/model/cache-entries';
import { attentionFlopPerToken } from '@engine/model/flop';
import { architectureOf } from '../../fixtures/engine-fixture';

const flash = architectureOf('deepseek-v4-flash');
const sparse = architectureOf('deepseek-v3.2');
const dense = architectureOf('deepseek-v3');

describe('a cache of pooled tokens', () => {
  test('keeps by hand: a window in 43 layers, a fourth of the tokens in 21 with keys a fourth as wide, a 128th in 20', () => {
    expect(indexShare(flash)).toBe(0.25);
    expect(entriesPerToken(flash)).toBeCloseTo((21 / 4) * 1.25 + 20 / 128, 12);
    expect(keptEntries(flash, 100)).toBeCloseTo(43 * 100 + 100 * entriesPerToken(flash), 9);
    expect(keptEntries(flash, 10_000)).toBeCloseTo(43 * 128 + 1e4 * entriesPerToken(flash), 6);
    expect(keyValueBytesPerToken(flash, 2)).toBeCloseTo(entriesPerToken(flash) * 512 * 2, 9);
    expect(cacheBytesPerSequence(flash, 10_000, 2)).toBe(keptEntries(flash, 10_000) * 512 * 2);
  });

  test('is a tenth or less of one that keeps every token', () => {
    const at = (architecture: typeof flash) => cacheBytesPerSequence(architecture, 1e6, 1);
    expect(at(architectureOf('deepseek-v4-pro')) / at(sparse)).toBeLessThan(0.2);
    expect(at(flash) / at(sparse)).toBeLessThan(0.1);
  });

  test('is attended to in its window, in 512 fine entries that an indexer selects, and in all coarse ones', () => {
    const { attended, indexed } = attendedEntries(flash, 65_536);
    expect(attended).toBe(43 * 128 + 21 * 512 + (20 * 65_536) / 128);
    expect(indexed).toBe((21 * 65_536) / 4);
    const short = attendedEntries(flash, 64);
    expect(short.attended).toBe(43 * 64 + (21 * 64) / 4 + (20 * 64) / 128);
  });

  test('costs attention the work of what is attended to', () => {
    const { attended } = attendedEntries(flash, 4096);
    expect(attentionFlopPerToken(flash, 4096)).toBe(2 * attended * 64 * (512 + 512));
  });
});

describe('tokens attended to', () => {
  test('are all, or those selected, on average over the tokens of a prompt', () => {
    expect(attendedEntries(dense, 0, 8192)).toEqual({ attended: 61 * 4096, indexed: 0 });
    const selected = (2048 ** 2 / 2 + 6144 * 2048) / 8192;
    expect(attendedEntries(sparse, 0, 8192).attended).toBeCloseTo(61 * selected, 6);
    expect(attendedEntries(sparse, 0, 8192).indexed).toBe(61 * 4096);
    const whole = attendedEntries(flash, 0, 8192).attended * 8192;
    const parts = [0, 4096].map((cached) => attendedEntries(flash, cached, 4096).attended * 4096);
    expect((parts[0] ?? 0) + (parts[1] ?? 0)).toBeCloseTo(whole, 3);
  });
});
