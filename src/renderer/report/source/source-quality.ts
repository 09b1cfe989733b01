import type { Catalogue, Fact, Quality } from '@engine/catalogue/types';

/** From the most to the least trustworthy. */
const order: readonly Quality[] = [
  'official',
  'measured',
  'derived',
  'estimate',
  'proxy',
  'from memory',
  'entered',
];

const knownCatalogues = new WeakMap<Catalogue, ReadonlyMap<string, readonly Fact[]>>();

/** The quality classes of the facts that the catalogue takes from a source. */
export function qualitiesOfSource(catalogue: Catalogue, sourceId: string): readonly Quality[] {
  return qualitiesOf(factsOfSource(catalogue, sourceId));
}

/** The quality class of one fact, found by its value; those of the whole source when no fact of it has that value. */
export function qualitiesOfValue(
  catalogue: Catalogue,
  sourceId: string,
  value: number,
  unit: string,
): readonly Quality[] {
  const facts = factsOfSource(catalogue, sourceId);
  const same = facts.filter((fact) => fact.value === value && fact.unit === unit);
  return qualitiesOf(same.length > 0 ? same : facts);
}

function qualitiesOf(facts: readonly Fact[]): readonly Quality[] {
  return order.filter((quality) => facts.some((fact) => fact.quality === quality));
}

function factsOfSource(catalogue: Catalogue, sourceId: string): readonly Fact[] {
  const known = knownCatalogues.get(catalogue) ?? indexFacts(catalogue);
  knownCatalogues.set(catalogue, known);
  return known.get(sourceId) ?? [];
}

function indexFacts(catalogue: Catalogue): ReadonlyMap<string, readonly Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of allFacts(catalogue)) {
    const facts = found.get(fact.source) ?? [];
    facts.push(fact);
    found.set(fact.source, facts);
  }
  return found;
}

function allFacts(catalogue: Catalogue): Fact[] {
  const rows: readonly object[] = [
    ...catalogue.accelerators.values(),
    ...catalogue.systems.values(),
    ...catalogue.models.values(),
    ...catalogue.regions.values(),
    ...catalogue.rentalQuotes,
    catalogue.assumptions,
    ...Object.values(catalogue.network).flatMap((part: ReadonlyMap<string, object>) => [
      ...part.values(),
    ]),
  ];
  return rows.flatMap((row) => factsWithin(row));
}

function factsWithin(value: unknown): Fact[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isFact(value)) return [value];
  return Object.values(value).flatMap((part) => factsWithin(part));
}

function isFact(value: object): value is Fact {
  return 'value' in value && 'source' in value && 'quality' in value;
}
