import { readdirSync, readFileSync } from 'node:fs';
import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Plan } from '@engine/plan';
import type { Figure } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parsePlanText } from '@shared/plan/parse';
import { ReportDocument } from '../../../src/renderer/report/document/ReportDocument';
import {
  figuresOf,
  methodsOf,
  sourcesOf,
} from '../../../src/renderer/report/document/report-figures';
import { substitutionsOf } from '../../../src/renderer/report/document/substitutions';
import { allWorldFigures, worldFigures } from '../../../src/renderer/report/document/world-figures';

const folder = 'resources/templates';
const plans = readdirSync(folder)
  .filter((name) => name.endsWith('.clusterplan'))
  .map((name) => {
    const parsed = parsePlanText(readFileSync(`${folder}/${name}`, 'utf8'), name);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return [name, parsed.value] as const;
  });

function printed(plan: Plan): string {
  const report = evaluate(plan, bundledCatalogue);
  const document = createElement(ReportDocument, {
    plan,
    report,
    catalogue: bundledCatalogue,
    printedAt: '2026-11-23T12:00:00Z',
  });
  return renderToStaticMarkup(createElement(MantineProvider, { children: document }));
}

/** What a reader sees: text without tags, entities resolved. */
function visible(markup: string): string {
  return markup
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/[\s\u00a0]+/g, ' ');
}

function headings(markup: string, level: number): string[] {
  const pattern = new RegExp(`<h${level}[^>]*>(.*?)</h${level}>`, 'gs');
  return [...markup.matchAll(pattern)].map((match) => visible(match[1] ?? '').trim());
}

describe.each(plans)('the printed report of %s', (_name, plan) => {
  const markup = printed(plan);
  const text = visible(markup);
  const report = evaluate(plan, bundledCatalogue);

  test('prints the numbers put in beside every formula', () => {
    for (const { figures } of methodsOf(report)) {
      const { shared, each } = substitutionsOf(figures, 'en');
      for (const line of [shared, ...each.map(({ text: own }) => own)]) {
        expect(text).toContain(line.replaceAll(/[\s\u00a0]+/g, ' '));
      }
    }
  });

  test('explains no figure twice', () => {
    const keys = methodsOf(report).flatMap(({ figures }) => figures.map(({ key }) => key));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('has one title and its chapters as headings', () => {
    expect(headings(markup, 1)).toEqual([plan.name]);
    const chapters = headings(markup, 2);
    expect(chapters).toEqual(
      expect.arrayContaining(['Checks', 'Cluster', 'Cost', 'Energy', 'Inputs', 'Sources']),
    );
    const kinds = new Set(plan.workloads.map(({ kind }) => kind));
    expect(chapters.includes('Training')).toBe(kinds.has('training'));
    expect(chapters.includes('Inference')).toBe(kinds.has('inference'));
  });

  test('states every headline figure', () => {
    for (const figure of report.headline) {
      const { number, reason } = formatFigure(figure);
      expect(text).toContain((reason ?? number).replaceAll('\u00a0', ' '));
    }
  });

  test('shows no number that was not computed', () => {
    expect(text).not.toMatch(/\b(NaN|Infinity|undefined|null|\[object)\b/);
    expect(markup).not.toMatch(/="[^"]*(NaN|Infinity|undefined)[^"]*"/);
  });

  test('names every finding, and what was not checked', () => {
    for (const finding of report.findings) expect(text).toContain(finding.title);
    for (const item of report.notChecked) expect(text).toContain(item);
  });

  test('heads a part with the name of every cluster and workload, alike or not', () => {
    const titles = headings(markup, 3).flatMap((title) => title.split('; '));
    for (const { name } of [...plan.clusters, ...plan.workloads]) {
      expect(titles.filter((title) => title === name).length, name).toBeGreaterThanOrEqual(1);
    }
  });

  test('prints every figure of every cluster, site and workload, though those alike stand once', () => {
    const spaced = (words: string): string => words.replaceAll(/[\s\u00a0]+/g, ' ');
    const figures = [...report.clusters, ...report.sites].flatMap((part) =>
      Object.values(part).filter(
        (value): value is Figure => typeof value === 'object' && 'formula' in value,
      ),
    );
    expect(figures.length).toBeGreaterThan(10);
    for (const figure of figures) {
      if (figure.key.endsWith('demandChargeUsdPerYear')) continue;
      const { number, reason } = formatFigure(figure);
      expect(text, figure.label).toContain(spaced(figure.label));
      expect(text, figure.key).toContain(spaced(reason ?? number));
    }
  });

  test('lists the source of every fact that a figure rests on', () => {
    const ids = figuresOf(report).flatMap((figure) => [
      ...figure.sources,
      ...figure.inputs.flatMap((input) => input.sources),
    ]);
    expect(ids.length).toBeGreaterThan(0);
    expect(sourcesOf(plan, report, bundledCatalogue)).toEqual(expect.arrayContaining(ids));
    for (const id of ids) {
      const source = bundledCatalogue.sources.get(id);
      expect(source, id).toBeDefined();
      expect(text).toContain((source?.title ?? '').replaceAll(/\s+/g, ' '));
    }
  });

  test('prints every line of the bills of materials and lists their sources', () => {
    const lines = report.facilities.flatMap(({ bill }) => bill);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(text).toContain(line.item);
    const ids = lines.flatMap(({ sources }) => sources);
    expect(sourcesOf(plan, report, bundledCatalogue)).toEqual(expect.arrayContaining(ids));
  });

  test('sets the plan beside the world, with the moment and every input of the estimate', () => {
    const printedAt = '2026-11-23T12:00:00Z';
    const world = worldFigures(plan, report, bundledCatalogue, printedAt);
    const figures = allWorldFigures(world);
    expect(figures.length).toBe(7);
    for (const figure of figures) expect(text).toContain(formatFigure(figure).number);
    expect(text).toContain('23 Nov 2026, 12:00 UTC');
    for (const fact of ['21.3 million', '3.3', '0.25', '80']) expect(text).toContain(fact);
    for (const id of figures.flatMap(({ inputs }) => inputs.flatMap(({ sources }) => sources))) {
      expect(text).toContain(bundledCatalogue.sources.get(id)?.title);
    }
  });

  test('has a name on every drawing, a caption on every table, and nothing to press', () => {
    const drawings = [...markup.matchAll(/<svg[^>]*role="img"[^>]*>/g)].map(([tag]) => tag);
    expect(drawings.length).toBeGreaterThan(0);
    for (const drawing of drawings) expect(drawing).toMatch(/aria-label="[^"]+"/);
    const tables = markup.split('<table').length - 1;
    expect(tables).toBeGreaterThan(0);
    expect(markup.split('<caption').length - 1).toBe(tables);
    expect(markup).not.toContain('<button');
  });
});
