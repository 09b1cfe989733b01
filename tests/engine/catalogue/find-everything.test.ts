import { describe, expect, it } from 'vitest';
import { findModel, findSystem } from '@engine/catalogue/find';
import { findAccelerator } from '@engine/catalogue/find-part';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const finders = [
  ['accelerator', catalogue.accelerators, findAccelerator],
  ['model', catalogue.models, findModel],
] as const;

describe.each(finders)('every %s', (_what, rows, find) => {
  const ids = [...rows.keys()];

  it.each(ids)('%s is found by its id, its name and each alias, however they are written', (id) => {
    const row = rows.get(id);
    const names = [id, row?.name ?? '', ...(row?.aliases ?? [])];
    for (const name of names) {
      for (const written of [name, name.toUpperCase(), `  ${name}  `]) {
        expect(find(catalogue, written)?.id, written).toBe(id);
      }
    }
  });

  it('has an alias that no other has', () => {
    const owners = new Map<string, string[]>();
    for (const row of rows.values()) {
      for (const alias of new Set(row.aliases.map((text) => text.toLowerCase()))) {
        owners.set(alias, [...(owners.get(alias) ?? []), row.id]);
      }
    }
    expect([...owners].filter(([, holders]) => holders.length > 1)).toEqual([]);
  });

  it('is not found in an empty catalogue', () => {
    const empty = { ...catalogue, accelerators: new Map(), models: new Map() };
    for (const id of ids) expect(find(empty, id)).toBeNull();
  });
});

describe('every system', () => {
  it.each([...catalogue.systems.keys()])('%s is found by its id and its name', (id) => {
    expect(findSystem(catalogue, id)?.id).toBe(id);
    expect(findSystem(catalogue, catalogue.systems.get(id)?.name ?? '')?.id).toBe(id);
  });

  it('that is asked for by its accelerator is built from it', () => {
    for (const accelerator of catalogue.accelerators.values()) {
      const isBuilt = [...catalogue.systems.values()].some(
        (system) => system.acceleratorId === accelerator.id,
      );
      const found = findSystem(catalogue, accelerator.id);
      expect(found?.acceleratorId ?? null, accelerator.id).toBe(isBuilt ? accelerator.id : null);
    }
  });
});

describe('a stated size', () => {
  it.each([
    ['H100 80GB', 'h100-sxm'],
    ['H100 40GB', null],
    ['A100 80GB', 'a100-sxm-80gb'],
    ['H200 141GB', 'h200-sxm'],
    ['H200 80GB', null],
    ['MI300X 192GB', 'mi300x'],
  ])('keeps %s from being taken for a part of another size', (text, id) => {
    expect(findAccelerator(catalogue, text)?.id ?? null).toBe(id);
  });

  it.each([
    ['Llama 3.1 70B', 'llama-3.1-70b'],
    ['Llama-3.1-405B-Instruct-FP8', 'llama-3.1-405b'],
    ['Qwen3-235B-A22B', 'qwen3-235b-a22b'],
    ['Llama 3.1 55B', null],
    ['Mixtral 8x7B Instruct', 'mixtral-8x7b'],
  ])('keeps %s from being taken for a model of another size', (text, id) => {
    expect(findModel(catalogue, text)?.id ?? null).toBe(id);
  });
});
