import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  findTerm,
  glossaryTerms,
} from '../../../src/renderer/features/explore/glossary/glossary-terms';

const folder = join(import.meta.dirname, '../../../src/renderer/features/explore');

describe('the glossary', () => {
  it('is in alphabetical order, each term once', () => {
    const names = glossaryTerms.map(({ term }) => term);
    expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, 'en')));
    expect(new Set(glossaryTerms.map(({ id }) => id)).size).toBe(glossaryTerms.length);
  });

  it.each(glossaryTerms)('says what $term is in a sentence or two, with a source', (entry) => {
    expect(entry.meaning).toMatch(/^[A-Z].*\.$/);
    expect(entry.meaning.length).toBeLessThan(180);
    for (const id of entry.sources) expect(bundledCatalogue.sources.has(id), id).toBe(true);
  });

  it('knows every term that a chapter uses, and none other', () => {
    const used = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .flatMap((name) => [
        ...readFileSync(join(folder, name), 'utf8').matchAll(/<Term id="([^"]+)">/g),
      ])
      .map(([, id]) => id ?? '');
    expect(used.length).toBeGreaterThan(5);
    for (const id of used) expect(findTerm(id).id).toBe(id);
    expect(() => findTerm('no such term')).toThrow(/no term/);
  });
});
