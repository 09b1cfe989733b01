import { describe, expect, it } from 'vitest';
import { planSchema } from '@shared/plan/schema';
import {
  clusterSteps,
  firstThousandsChoice,
  networkCurve,
  networkSteps,
  networkTitle,
  thousandsPlan,
  thousandsRun,
} from '../../../src/renderer/features/explore/thousands/thousands-run';

describe('a slower network', () => {
  it.each(clusterSteps)('starves %i nodes: never less is kept on a faster one', (nodes) => {
    const points = networkCurve({ ...firstThousandsChoice, nodes });
    expect(points.map(({ gigabitsPerSecond }) => gigabitsPerSecond)).toEqual(networkSteps);
    points.slice(1).forEach((point, index) => {
      expect(point.utilisation).toBeGreaterThanOrEqual(points[index]?.utilisation ?? 1);
    });
    const [slowest, fastest] = [points[0], points.at(-1)];
    expect(slowest?.utilisation).toBeLessThan(0.5 * (fastest?.utilisation ?? 0));
  });

  it('is said in the title, beside the network that the nodes have', () => {
    const points = networkCurve(firstThousandsChoice);
    expect(networkTitle(points, firstThousandsChoice, 'en')).toMatch(
      /^With 400 Gb\/s each, 16,384 H100 turn [\d.]+\s?% of their arithmetic into training$/,
    );
    const slow = { ...firstThousandsChoice, gigabitsPerSecond: 10 };
    expect(networkTitle(points, slow, 'en')).toMatch(/^With 10 Gb\/s.*; with 400 Gb\/s [\d.]+/);
    expect(networkTitle([], slow, 'en')).toBe('The run does not fit on 16,384 H100');
  });
});

it('opens as a plan that can be saved, with the network that was chosen', () => {
  const choice = { ...firstThousandsChoice, gigabitsPerSecond: 25 };
  const plan = thousandsPlan(choice);
  expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  expect(plan.clusters[0]?.scaleOutGbpsPerAccelerator.value).toBe(25);
  expect(thousandsRun(choice)?.days.value).toBeGreaterThan(
    thousandsRun(firstThousandsChoice)?.days.value ?? Infinity,
  );
});
