import { describe, expect, test } from 'vitest';
import type { LossStage } from '@engine/report';
import {
  breakableLabel,
  drawnStages,
  lossShape,
} from '../../../src/renderer/report/chart/loss-shape';

function stage(key: string, remaining: number): LossStage {
  return { key, label: key, remaining, usdLostPerHour: 0, why: '' };
}

const stages = [
  stage('peak', 1),
  stage('dense', 0.7),
  stage('recompute', 0.7),
  stage('useful', 0.4),
];

describe('lossShape', () => {
  test('what is lost at the stages and what remains add up to the whole', () => {
    const { columns } = lossShape(stages, 600);
    const lost = columns.reduce((sum, column) => sum + column.lost, 0);
    expect(lost + 0.4).toBeCloseTo(1);
  });

  test('nothing peels off where nothing is lost', () => {
    const [peak, dense, recompute] = lossShape(stages, 600).columns;
    expect(peak?.lossPath).toBeNull();
    expect(dense?.lossPath).not.toBeNull();
    expect(recompute?.lossPath).toBeNull();
  });

  test('the largest loss fits under its own column', () => {
    const shape = lossShape([stage('peak', 1), stage('batch', 0.02), stage('useful', 0.01)], 420);
    for (const column of shape.columns) {
      expect(column.lost * shape.bandHeight).toBeLessThan(shape.columnWidth);
    }
  });
});

test('stages that lose nothing are left out of the drawing, the first and the last never', () => {
  expect(drawnStages(stages).map(({ key }) => key)).toEqual(['peak', 'dense', 'useful']);
  expect(drawnStages([stage('peak', 1), stage('useful', 1)])).toHaveLength(2);
});

test('long words of stages break where they are spoken, and read the same', () => {
  expect(breakableLabel('Communication')).toBe('Commu\u00ADnication');
  expect(breakableLabel('Optimizer and software')).toBe('Optimizer and software');
});
