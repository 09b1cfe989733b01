import type { PartKind } from '@engine/catalogue/own-parts';
import { factIn, partFields } from '@engine/catalogue/part-fields';
import type { Catalogue, Fact } from '@engine/catalogue/types';
import { isOldPrice } from '@engine/checks/price-age';
import type { KindKey } from './catalogue-kinds';

export interface EntryFact {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly fact: Fact | null;
}

/** A row of the catalogue as the screen shows it, whatever its kind. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  /** maker, family or provider: what the list is filtered by */
  readonly group: string;
  /** when it was released or quoted */
  readonly date: string | null;
  readonly facts: readonly EntryFact[];
  /** what is known in words */
  readonly words: readonly (readonly [label: string, text: string])[];
  readonly notes: string;
  /** lower-case text in which a search looks */
  readonly searched: string;
  /** entered in the open plan, whole or in part */
  readonly isOwn: boolean;
  /** a price that is too old to be relied on */
  readonly isOld: boolean;
  /** shown when it is looked for: by a word, a maker or as entered in the plan */
  readonly isRare: boolean;
}

interface Raw extends Partial<Omit<Entry, 'id' | 'name' | 'searched'>> {
  readonly id: string;
  readonly name: string;
  readonly keywords?: string;
}

function entry(raw: Raw): Entry {
  const { id, name, group = '', date = null, facts = [], words = [], notes = '' } = raw;
  const text = [id, name, group, date ?? '', raw.keywords ?? '', ...words.map(([, word]) => word)];
  return {
    id,
    name,
    group,
    date,
    facts,
    words,
    notes,
    searched: text.join(' ').toLowerCase(),
    isOwn: facts.some(({ fact }) => fact?.quality === 'entered') || raw.isOwn === true,
    isOld: raw.isOld ?? false,
    isRare: raw.isRare ?? false,
  };
}

function factsOf(kind: PartKind, row: object): readonly EntryFact[] {
  return partFields[kind].map(({ key, label, unit }) => ({
    key,
    label,
    unit,
    fact: factIn(row, key),
  }));
}

function partEntries<Row extends { readonly id: string; readonly name: string }>(
  kind: PartKind,
  rows: Iterable<Row>,
  more: (row: Row) => Omit<Raw, 'id' | 'name'>,
): readonly Entry[] {
  return [...rows].map((row) =>
    entry({ id: row.id, name: row.name, facts: factsOf(kind, row), ...more(row) }),
  );
}

function acceleratorEntries(catalogue: Catalogue, isProcessor: boolean): readonly Entry[] {
  const rows = [...catalogue.accelerators.values()];
  return partEntries(
    'accelerator',
    rows.filter(({ kind }) => (kind === 'cpu') === isProcessor),
    ({ vendor, releasedOn, aliases, scaleUpKind, notes, isRare }) => ({
      group: vendor,
      date: releasedOn,
      words: [['Scale-up link', scaleUpKind]],
      keywords: aliases.join(' '),
      notes,
      isRare: isRare ?? false,
    }),
  );
}

function systemEntries(catalogue: Catalogue): readonly Entry[] {
  return partEntries('system', catalogue.systems.values(), (row) => {
    const accelerator = catalogue.accelerators.get(row.acceleratorId);
    return {
      group: accelerator?.vendor ?? '',
      date: accelerator?.releasedOn ?? null,
      words: [
        ['Accelerator', accelerator?.name ?? row.acceleratorId],
        ['Cooling', row.cooling],
      ],
      notes: row.notes,
    };
  });
}

function modelEntries(catalogue: Catalogue): readonly Entry[] {
  return [...catalogue.models.values()].map((row) =>
    entry({
      id: row.id,
      name: row.name,
      group: row.family,
      date: row.releasedOn,
      keywords: row.aliases.join(' '),
      words: [
        ['Experts', row.architecture.mixtureOfExperts === null ? 'none: dense' : 'mixture'],
        ['Layers', String(row.architecture.layers)],
        ['Hidden width', String(row.architecture.hidden)],
        ['Context', `${String(row.architecture.contextLength)} tokens`],
      ],
      facts: [
        fact('parameters', 'Parameters', 'parameters', row.publishedParameters),
        fact('activeParameters', 'Active parameters', 'parameters', row.publishedActiveParameters),
        fact('tokens', 'Training tokens', 'tokens', row.publishedTokens),
      ],
    }),
  );
}

function fact(key: string, label: string, unit: string, value: Fact | null): EntryFact {
  return { key, label, unit, fact: value };
}

function priceEntries(catalogue: Catalogue): readonly Entry[] {
  return catalogue.rentalQuotes.map((row) => {
    const part = catalogue.accelerators.get(row.acceleratorId)?.name ?? row.acceleratorId;
    return entry({
      id: row.id,
      name: `${part}, ${row.provider}`,
      group: row.provider,
      date: row.date,
      isOld: isOldPrice(row.date, catalogue.date),
      words: [
        ['Contract', row.term],
        ['Instance', row.instance ?? 'not stated'],
        ['Region', row.region ?? 'not stated'],
      ],
      facts: [fact('price', 'Per accelerator-hour', 'USD/h', row.price)],
    });
  });
}

function figureEntries({ assumptions }: Catalogue): readonly Entry[] {
  return Object.entries(assumptions).map(([id, row]) =>
    entry({
      id,
      name: row.label,
      group: id.split('.')[0] ?? '',
      facts: [fact('value', 'Value', row.unit, row)],
    }),
  );
}

/** All entries of a shelf. */
export function entriesOf(kind: KindKey, catalogue: Catalogue): readonly Entry[] {
  const { network } = catalogue;
  switch (kind) {
    case 'accelerators':
    case 'processors':
      return acceleratorEntries(catalogue, kind === 'processors');
    case 'systems':
      return systemEntries(catalogue);
    case 'switches':
      return partEntries('switch', network.switches.values(), (row) => ({
        group: row.vendor,
        words: [
          ['Generation', row.generation],
          ['Protocol', row.protocol],
        ],
        notes: row.notes,
      }));
    case 'transceivers':
      return partEntries('transceiver', network.transceivers.values(), (row) => ({
        group: row.medium,
        notes: row.notes,
      }));
    case 'cards':
      return partEntries('networkCard', network.networkCards.values(), ({ notes }) => ({ notes }));
    case 'models':
      return modelEntries(catalogue);
    case 'prices':
      return priceEntries(catalogue);
    case 'regions':
      return partEntries('region', catalogue.regions.values(), () => ({}));
    case 'figures':
      return figureEntries(catalogue);
  }
}

export interface EntryFilter {
  readonly search: string;
  readonly group: string | null;
  readonly isOwnOnly: boolean;
}

/** The entries that hold every word of the search; without one, those that most readers look for. */
export function filterEntries(
  entries: readonly Entry[],
  { search, group, isOwnOnly }: EntryFilter,
): readonly Entry[] {
  const words = search.trim().toLowerCase().split(/\s+/);
  const isAsked = search.trim() !== '' || group !== null;
  return entries.filter(
    (one) =>
      (isAsked || !one.isRare || one.isOwn) &&
      (group === null || one.group === group) &&
      (!isOwnOnly || one.isOwn) &&
      words.every((word) => one.searched.includes(word)),
  );
}
