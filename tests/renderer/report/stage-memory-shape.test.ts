import { describe, expect, it } from 'vitest';
import {
  partsOfFullestFirst,
  stageMemoryShape,
  stageMemoryTitle,
} from '../../../src/renderer/report/training/stage-memory-shape';
import { templatePlan, trainingOf } from '../../fixtures/engine-fixture';

const report = trainingOf(templatePlan('llama-3-405b'));
const stages = report.memoryStages;

describe('memory by stage', () => {
  const shape = stageMemoryShape(stages, 80, 800);

  it('draws every part of every stage, as long as its gigabytes', () => {
    expect(shape.bars).toHaveLength(stages.length * (stages[0]?.parts.length ?? 0));
    for (const { stage, totalGb } of stages) {
      const own = shape.bars.filter(({ key }) => key.startsWith(`${stage} `));
      const length = own.reduce((sum, { width }) => sum + width, 0);
      expect(shape.valueOf(length)).toBeCloseTo(totalGb, 6);
      expect(own[0]?.x).toBe(0);
    }
  });

  it('keeps the room there is and every stage inside the drawing', () => {
    expect(shape.capacityAt).toBeLessThanOrEqual(800);
    for (const { x, width } of shape.bars) expect(x + width).toBeLessThanOrEqual(800.001);
    expect(stageMemoryShape(stages, null, 800).capacityAt).toBeNull();
  });

  it('begins with the parts of the fullest accelerator, so that colours agree with its bar', () => {
    const ordered = partsOfFullestFirst(stages);
    const ofBar = report.memoryParts.filter(({ value }) => value > 0).map(({ label }) => label);
    for (const [index, { parts, totalGb }] of ordered.entries()) {
      expect(parts.slice(0, ofBar.length).map(({ label }) => label)).toEqual(ofBar);
      expect(parts).toHaveLength(stages[index]?.parts.length ?? 0);
      expect(parts.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(totalGb, 6);
    }
  });

  it('names the fullest and the emptiest stage', () => {
    const totals = stages.map(({ totalGb }) => totalGb);
    const title = stageMemoryTitle(stages, String);
    expect(title).toContain(`with ${Math.max(...totals)};`);
    expect(title).toContain(`holds ${Math.min(...totals)}`);
    expect(stageMemoryTitle([], String)).toBe('No pipeline stage holds anything');
  });
});
