import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runCommand, sample } from './support';

const plan = sample('plans/chat-fleet-h200.clusterplan');
const other = sample('plans/dgx-superpod-512.clusterplan');

describe('cost of one plan against another', () => {
  test('shares the difference out, and the shares add up to 100 %', async () => {
    const { status, printed, told } = await runCommand([
      'cost',
      plan,
      '--against',
      other,
      '--json',
    ]);
    expect([status, told]).toEqual([0, '']);
    const { fromUsd, toUsd, parts } = JSON.parse(printed) as {
      fromUsd: number;
      toUsd: number;
      parts: { value: number }[];
    };
    const sum = parts.reduce((total, { value }) => total + value, 0);
    expect(parts.length).toBeGreaterThan(2);
    expect(sum / (toUsd - fromUsd)).toBeCloseTo(1, 9);
  });

  test('prints both totals and a line for each part', async () => {
    const { printed } = await runCommand(['cost', plan, '--against', other]);
    const names = [plan, other].map(
      (file) => (JSON.parse(readFileSync(file, 'utf8')) as { name: string }).name,
    );
    for (const name of names) expect(printed).toContain(name);
    expect(printed).toContain('Hardware');
    expect(printed).toMatch(/100\s%/);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('says so where a price is missing, and where the file is', async () => {
    const unpriced = sample('plans/cpu-only-baseline.clusterplan');
    const found = await runCommand(['cost', unpriced, '--against', other]);
    if (found.status !== 0) expect(found.told).toContain('price is missing');
    const lost = await runCommand(['cost', plan, '--against', 'nowhere.clusterplan']);
    expect(lost.status).toBe(1);
  });
});

describe('cost of a plan with three sites', () => {
  test('prints what each site costs', async () => {
    const { printed, status } = await runCommand(['cost', sample('plans/three-sites.clusterplan')]);
    expect(status).toBe(0);
    expect(printed).toContain('The total as planned, by site');
  });
});
