import { describe, expect, test } from 'vitest';
import { unseenAccuracy } from '@shared/calibration/unseen-accuracy';
import { judgeUnseen, unseenMeasurements } from '../calibration/unseen-errors';

describe.each(['training', 'inference'] as const)('unseen measurements of %s', (kind) => {
  test('the figures that the app shows are those of the engine as it is', () => {
    // After a change of the model: node tests/calibration/judge-unseen.mjs
    expect(unseenAccuracy[kind]).toEqual(judgeUnseen(kind));
  });

  test('each has an address to read it at, and a name of its own', () => {
    const cases = unseenMeasurements(kind);
    for (const { source } of cases) expect(source.url).toMatch(/^https?:\/\/\S+\.\S/);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });
});
