import { expect, it } from 'vitest';
import { capacityTitle } from '../../../src/renderer/report/timeline/capacity-title';

const names = ['Q1 2027', 'Q2 2027', 'Q3 2027', 'Q4 2027'];

function titleOf(demands: readonly number[], shortFrom: string | null = null): string {
  const quarters = names.map((quarter, index) => ({
    quarter,
    endOn: `2027-${String(3 * (index + 1)).padStart(2, '0')}-28`,
    demand: demands[index] ?? 0,
    capacity: 100,
  }));
  return capacityTitle({ quarters, shortFrom });
}

it.each([
  [[50, 100, 100, 0], 'Capacity covers demand to the end of the horizon'],
  [[120, 0, 0, 0], 'Demand exceeds capacity in Q1 2027'],
  [[120, 110, 0, 0], 'Demand exceeds capacity from Q1 2027 to Q2 2027'],
  [[120, 0, 110, 0], 'Demand exceeds capacity in 2 quarters from Q1 2027 to Q3 2027'],
])('a demand of %s on 100 accelerators reads: %s', (demands, title) => {
  expect(titleOf(demands)).toBe(title);
});

it('a shortage that lasts names its first quarter alone', () => {
  expect(titleOf([0, 0, 120, 130], 'Q3 2027')).toBe('Demand exceeds capacity from Q3 2027 on');
});
