import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inferenceAccuracy } from '@shared/calibration/inference-accuracy';
import { trainingAccuracy } from '@shared/calibration/training-accuracy';
import { accuracyOf } from '../../../src/renderer/report/accuracy/accuracy-subject';

test('the power of ranges that is told is the one that the fits set them with', () => {
  const path = join(import.meta.dirname, '../../calibration/novelty.mjs');
  const used = Number(/export const novelty = ([\d.]+);/.exec(readFileSync(path, 'utf8'))?.[1]);
  expect(used).toBeGreaterThan(1);
  expect(trainingAccuracy.novelty).toBe(used);
  expect(inferenceAccuracy.novelty).toBe(used);
  expect(accuracyOf.training.rangeRule).toContain(`the power ${used} `);
  expect(accuracyOf.inference.rangeRule).toContain(`the power ${used} `);
});
