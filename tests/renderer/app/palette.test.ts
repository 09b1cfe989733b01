import { describe, expect, it } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { appCommands, performCommand } from '../../../src/renderer/app/app-commands';
import {
  catalogueEntries,
  planEntries,
  searchEntries,
} from '../../../src/renderer/app/palette-entries';
import { taskGroups } from '../../../src/renderer/document/task-fields';
import { catalogueStore } from '../../../src/renderer/features/catalogue/catalogue-store';
import { quantityFields } from '../../../src/renderer/document/quantity-fields';
import { samplePlan } from '../document/sample-plan';

describe('the command registry', () => {
  it('gives every command its own id and its own shortcuts', () => {
    const ids = appCommands.map(({ id }) => id);
    const shortcuts = appCommands.flatMap((command) => command.shortcuts);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(shortcuts).size).toBe(shortcuts.length);
  });

  it('does not run what is disabled, nor what it does not know', () => {
    expect(performCommand('edit.undo')).toBe(false);
    expect(performCommand('file.exportPdf')).toBe(false);
    expect(performCommand('no.such.command')).toBe(false);
  });

  it.each([
    'file.new',
    'file.open',
    'file.saveNow',
    'file.saveCopy',
    'file.exportPdf',
    'edit.undo',
    'edit.redo',
    'view.library',
    'view.palette',
    'view.theme.light',
    'view.theme.dark',
    'view.theme.auto',
    'help.about',
  ])('knows %s, which the native menu sends', (id) => {
    expect(appCommands.map((command) => command.id)).toContain(id);
  });
});

describe('the palette', () => {
  const entries = planEntries(samplePlan);

  it('finds every numeric input of every part of the plan', () => {
    const wanted =
      samplePlan.sites.length * quantityFields.site.length +
      samplePlan.clusters.length * quantityFields.cluster.length +
      quantityFields.training.length +
      2 * quantityFields.inference.length +
      quantityFields.task.filter(({ group }) => taskGroups.image.includes(group)).length +
      quantityFields.costs.length +
      quantityFields.timeline.length;
    const labels = Object.values(quantityFields).flatMap((fields) => fields.map((f) => f.label));
    const found = entries.filter(
      ({ group, label }) => group === 'Inputs' && labels.includes(label),
    );
    expect(found.length).toBe(wanted);
  });

  it.each([
    ['pue', 'Power usage effectiveness'],
    ['ttft', 'Time to first token'],
    ['capex', 'Purchase price per node'],
    ['zero', 'Optimizer sharding (ZeRO)'],
    ['nodes spare', 'Nodes'],
  ])('finds “%s” as %s', (query, label) => {
    const [first] = searchEntries(entries, query);
    const labels = searchEntries(entries, query).map((entry) => entry.label);
    expect(labels).toContain(label);
    expect(first).toBeDefined();
  });

  it('puts labels that begin with the words first, and shows no inputs before anything is typed', () => {
    expect(searchEntries(entries, 'time')[0]?.label).toMatch(/^Time/);
    expect(searchEntries(entries, 'optimizer')[0]?.label).toBe('Optimizer');
    const groups = new Set(searchEntries(entries, '').map(({ group }) => group));
    expect(groups).toEqual(new Set(['Parts of this plan']));
    expect(searchEntries(entries, 'nothing has this name')).toEqual([]);
  });

  it('finds models and systems by alias', () => {
    const catalogue = catalogueEntries(bundledCatalogue);
    const labels = searchEntries(catalogue, 'llama 405b').map(({ label }) => label);
    expect(labels).toContain('Llama 3.1 405B');
    expect(searchEntries(catalogue, 'mi300x').length).toBeGreaterThan(0);
  });

  it('shows a part of the catalogue on its shelf, and for a stand-in the part that it stands for', () => {
    const entries = catalogueEntries(bundledCatalogue);
    const perform = (query: string): unknown[] => {
      searchEntries(entries, query)[0]?.perform();
      const { kind, chosenId } = catalogueStore.getState();
      return [kind, chosenId];
    };
    expect(perform('llama 3.1 405b')).toEqual(['models', 'llama-3.1-405b']);
    expect(perform('dgx h100')).toEqual(['systems', 'dgx-h100']);
    expect(perform('l40s')).toEqual(['accelerators', 'l40s']);
  });
});
