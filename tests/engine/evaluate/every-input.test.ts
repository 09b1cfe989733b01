import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Figure } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { parsePlanText } from '@shared/plan/parse';

const folder = 'resources/templates';
const templates = readdirSync(folder).filter((name) => name.endsWith('.clusterplan'));

function isFigure(value: object): value is Figure {
  return 'key' in value && 'formula' in value && 'inputs' in value;
}

/** Every figure of a report, however deep it stands. */
function figuresIn(value: unknown, found = new Map<string, Figure>()): Map<string, Figure> {
  if (typeof value !== 'object' || value === null) return found;
  if (isFigure(value)) found.set(value.key, value);
  for (const part of Object.values(value)) figuresIn(part, found);
  return found;
}

function reportOf(name: string) {
  const parsed = parsePlanText(readFileSync(`${folder}/${name}`, 'utf8'), name);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return evaluate(parsed.value, catalogue);
}

describe.each(templates)('every figure of %s', (name) => {
  const figures = figuresIn(reportOf(name));

  it('has a formula', () => {
    expect(figures.size).toBeGreaterThan(30);
    const bare = [...figures.values()].filter(({ formula }) => formula === '');
    expect(bare.map(({ key }) => key)).toEqual([]);
  });

  it('names for each input its sources, the plan or another calculation, and knows every source', () => {
    const lost: string[] = [];
    for (const { key, inputs, sources } of figures.values()) {
      for (const id of [...sources, ...inputs.flatMap((input) => input.sources)]) {
        if (!catalogue.sources.has(id)) lost.push(`${key}: source ${id}`);
      }
      for (const { symbol, from, sources: ids } of inputs) {
        const isCalculation = from !== '' && from !== 'catalogue' && !from.includes('.');
        const isNamed = ids.length > 0 || figures.has(from) || isCalculation;
        if (!isNamed) lost.push(`${key}: ${symbol} from ${from}`);
      }
    }
    expect(lost).toEqual([]);
  });
});
