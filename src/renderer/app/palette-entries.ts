import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { systemById } from '@engine/sizing/stand-in-system';
import type { PlanSummary } from '@shared/ipc/contract';
import {
  choiceLabels,
  inferenceDegrees,
  partChoices,
  trainingDegrees,
} from '../document/degree-fields';
import { modelOptions, systemOptions } from '../document/fields/catalogue-options';
import type { CatalogueOption } from '../document/fields/CatalogueSelect';
import { fieldsOfPart } from '../document/quantity-fields';
import { costsId, findPart, partName, timelineId } from '../document/subject';
import { appCommands } from './app-commands';
import { glossaryTerms, termHeadingId } from '../features/explore/glossary/glossary-terms';
import type { KindKey } from '../features/catalogue/catalogue-kinds';
import { showKind } from '../features/catalogue/catalogue-store';
import { goToCatalogue, goToExplore, goToField, goToPlan, select } from './navigation';
import { shortcutText } from './shortcut';

/** One line of the command palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly group: 'Commands' | 'Parts of this plan' | 'Inputs' | 'Plans' | 'Catalogue' | 'Glossary';
  readonly label: string;
  readonly description: string;
  readonly keywords: string;
  readonly shortcut: string | null;
  readonly perform: () => void;
}

export function commandEntries(): readonly PaletteEntry[] {
  return appCommands
    .filter((command) => command.isEnabled() && command.id !== 'view.palette')
    .map((command) => ({
      id: command.id,
      group: 'Commands',
      label: command.label(),
      description: '',
      keywords: command.keywords,
      shortcut: command.shortcuts[0] === undefined ? null : shortcutText(command.shortcuts[0]),
      perform: command.perform,
    }));
}

function entry(
  group: PaletteEntry['group'],
  id: string,
  label: string,
  description: string,
  keywords: string,
  perform: () => void,
): PaletteEntry {
  return { id: `${group} ${id}`, group, label, description, keywords, shortcut: null, perform };
}

function fieldEntries(plan: Plan, partId: string): readonly PaletteEntry[] {
  const found = findPart(plan, partId);
  if (!found) return [];
  const where = 'name' in found.part ? found.part.name : partName(plan, partId);
  const degrees =
    found.kind === 'training'
      ? trainingDegrees
      : found.kind === 'inference'
        ? inferenceDegrees
        : [];
  return [
    ...partChoices[found.kind].map((path) =>
      entry('Inputs', `${partId}.${path}`, choiceLabels[path], where, '', () =>
        goToField(partId, path),
      ),
    ),
    ...fieldsOfPart(found).map(({ key, label, keywords }) =>
      entry('Inputs', `${partId}.${key}`, label, where, keywords, () => goToField(partId, key)),
    ),
    ...degrees.map(({ path, label, keywords }) =>
      entry('Inputs', `${partId}.${path}`, label, where, keywords, () => goToField(partId, path)),
    ),
  ];
}

/** The parts of the open plan and every input field of each. */
export function planEntries(plan: Plan): readonly PaletteEntry[] {
  const parts = [...plan.sites, ...plan.clusters, ...plan.workloads];
  return [
    ...parts.map(({ id, name }) =>
      entry('Parts of this plan', id, name, '', 'site cluster workload', () => select(id)),
    ),
    ...[...parts.map(({ id }) => id), costsId, timelineId].flatMap((id) => fieldEntries(plan, id)),
  ];
}

export function libraryEntries(plans: readonly PlanSummary[]): readonly PaletteEntry[] {
  return plans.map(({ id, name, acceleratorNames }) =>
    entry('Plans', id, name, acceleratorNames.join(', '), 'open plan', () => void goToPlan(id)),
  );
}

/** Models and systems with their published facts; choosing one shows it in the catalogue. */
export function catalogueEntries(catalogue: Catalogue): readonly PaletteEntry[] {
  const toEntry = (
    { value, label, facts, keywords }: CatalogueOption,
    kind: KindKey,
    partId: string = value,
  ) =>
    entry('Catalogue', value, label, facts, keywords, () => {
      showKind(kind, partId);
      goToCatalogue();
    });
  return [
    ...modelOptions(catalogue).map((option) => toEntry(option, 'models')),
    ...systemOptions(catalogue).map((option) =>
      catalogue.systems.has(option.value)
        ? toEntry(option, 'systems')
        : // A server stands in for a part that is sold by itself: the part is what the catalogue has.
          toEntry(option, 'accelerators', systemById(catalogue, option.value)?.acceleratorId),
    ),
  ];
}

/** The words of the glossary; choosing one shows its meaning. */
export function glossaryEntries(): readonly PaletteEntry[] {
  return glossaryTerms.map(({ id, term, meaning, keywords }) =>
    entry('Glossary', id, term, meaning, keywords, () => goToExplore(termHeadingId(id))),
  );
}

/** Entries that hold every word of the query, the ones whose label begins with it first. */
export function searchEntries(
  entries: readonly PaletteEntry[],
  query: string,
): readonly PaletteEntry[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '')
    return entries.filter(
      ({ group }) => group !== 'Inputs' && group !== 'Catalogue' && group !== 'Glossary',
    );
  const words = wanted.split(/\s+/);
  const rank = ({ label }: PaletteEntry) => {
    const name = label.toLowerCase();
    if (name === wanted) return 0;
    return name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 3;
  };
  return entries
    .filter((candidate) => {
      const text = [candidate.label, candidate.description, candidate.keywords].join(' ');
      return words.every((word) => text.toLowerCase().includes(word));
    })
    .toSorted((first, second) => rank(first) - rank(second));
}
