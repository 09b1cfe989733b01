import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parsePlanText } from '@shared/plan/parse';
import { runCommand, sample } from './support';

const planFile = sample('plans/llama-3-405b.clusterplan');

function reportOf(file: string) {
  const parsed = parsePlanText(readFileSync(file, 'utf8'), 'plan');
  if (!parsed.ok) throw new Error(parsed.error.message);
  return evaluate(parsed.value, bundledCatalogue);
}

describe('bom', () => {
  test('prints switches, racks and every line of the bill', async () => {
    const { status, printed, told } = await runCommand(['bom', planFile]);
    expect([status, told]).toEqual([0, '']);
    for (const line of reportOf(planFile).facilities.flatMap(({ bill }) => bill)) {
      expect(printed).toContain(line.item);
    }
    expect(printed).toMatch(/Leaf switches +512\sswitches/);
    expect(printed).toMatch(/Core switches +256\sswitches/);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('prints a CSV whose rows all have the columns of its head, with numbers in full', async () => {
    const { printed } = await runCommand(['bom', planFile, '--csv']);
    const [head = '', ...rows] = printed.split('\r\n');
    const bill = reportOf(planFile).facilities.flatMap((facility) => facility.bill);
    expect(head.split(',').slice(0, 5)).toEqual([
      'cluster',
      'category',
      'item',
      'quantity',
      'spares',
    ]);
    expect(rows).toHaveLength(bill.length);
    for (const [index, row] of rows.entries()) {
      const fields = row.match(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)?.slice(0, -1) ?? [];
      expect(fields.length, row).toBeGreaterThanOrEqual(head.split(',').length - 1);
      expect(row).toContain(`,${String(bill[index]?.quantity)},${String(bill[index]?.spares)},`);
    }
  });

  test('prints the engine’s own report as JSON', async () => {
    const { printed } = await runCommand(['bom', planFile, '--json']);
    expect(JSON.parse(printed)).toEqual(JSON.parse(JSON.stringify(reportOf(planFile).facilities)));
  });

  test('says why a single node has no fabric', async () => {
    const { status, printed } = await runCommand([
      'bom',
      sample('plans/lab-node-8-h100.clusterplan'),
    ]);
    expect(status).toBe(0);
    expect(printed).toContain('One node needs no scale-out fabric.');
  });
});
