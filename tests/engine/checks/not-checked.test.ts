import { expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import { joined, reportOf, templatePlan, templateRows } from '../../fixtures/engine-fixture';

const training = templatePlan('lab-node-8-h100');
const service = templatePlan('chat-fleet-h200');

function linesOf(plan: Plan): readonly string[] {
  return reportOf(plan).notChecked;
}

const ofNothing = linesOf({ ...training, workloads: [] });

it.each(templateRows)('the report of %s says what no check looked at', (_id, plan) => {
  const lines = linesOf(plan);
  expect(lines.length).toBeGreaterThan(ofNothing.length);
  expect(new Set(lines).size).toBe(lines.length);
  for (const line of lines) expect(line).toMatch(/^[A-Z].*\.$/);
});

it.each<[string, Plan, RegExp, RegExp]>([
  ['training', training, /converges/, /Bursts beyond random arrivals/],
  ['serving', service, /Bursts beyond random arrivals/, /converges/],
])('a plan for %s names its own gaps only', (_kind, plan, own, other) => {
  expect(linesOf(plan).some((line) => own.test(line))).toBe(true);
  expect(linesOf(plan).some((line) => other.test(line))).toBe(false);
});

it('a plan for both names the gaps of both, the common ones once', () => {
  const both = linesOf(joined(training, service));
  const expected = new Set([...linesOf(training), ...linesOf(service)]);
  expect(new Set(both)).toEqual(expected);
  expect(both).toHaveLength(expected.size);
});

it('a plan without workloads still names what holds for every site', () => {
  expect(ofNothing.some((line) => line.includes('grid connection'))).toBe(true);
});
