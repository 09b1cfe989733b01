import type { Plan } from '../plan';
import type { Finding } from '../report';
import type { PartRows } from './blank-parts';
import { buildOwnParts, type BuiltParts } from './build-own-part';
import type { PartKind } from './own-parts';
import { withImportedModels } from './imported-models';
import { overriddenRows } from './overrides';
import type { Catalogue, Source } from './types';

/** Where values entered in the plan come from. */
const planSource: Source = {
  id: 'plan',
  title: 'Entered in this plan',
  url: null,
  readOn: 'not published',
};

/** The rows of one kind of part. */
export type RowsByKind = { readonly [Kind in PartKind]: ReadonlyMap<string, PartRows[Kind]> };

export interface PlanCatalogue {
  readonly catalogue: Catalogue;
  /** a problem for every part or value of the plan that cannot be used */
  readonly findings: readonly Finding[];
}

/** The rows of a catalogue that a plan may add to or change. */
export function rowsOf({ accelerators, systems, regions, network }: Catalogue): RowsByKind {
  return {
    accelerator: accelerators,
    system: systems,
    region: regions,
    switch: network.switches,
    transceiver: network.transceivers,
    networkCard: network.networkCards,
  };
}

/**
 * The catalogue as a plan sees it: published rows with the plan's values in them, and the plan's own parts beside them. A
 * part that cannot be built is left out and named, so that whatever uses it says that it is not known; no other part is
 * taken in its place.
 */
export function planCatalogue(
  plan: Pick<Plan, 'importedModels' | 'ownParts' | 'partOverrides'>,
  published: Catalogue,
): PlanCatalogue {
  const { ownParts = [], partOverrides = [] } = plan;
  const catalogue = withImportedModels(published, plan);
  if (ownParts.length === 0 && partOverrides.length === 0) return { catalogue, findings: [] };
  const made = madeFor.get(published);
  if (made?.ownParts === plan.ownParts && made?.partOverrides === plan.partOverrides) {
    return { catalogue, findings: made?.findings ?? [] };
  }
  const overridden = overriddenRows(rowsOf(catalogue), partOverrides);
  const built = buildOwnParts(ownParts, overridden.rows);
  const laidOver = withRows(catalogue, built, ownParts);
  const findings = [...overridden.findings, ...built.findings];
  madeFor.set(laidOver, {
    ownParts: plan.ownParts,
    partOverrides: plan.partOverrides,
    findings,
  });
  return { catalogue: laidOver, findings };
}

/** The parts that a catalogue was made for: laid over it again, they would stand in their own way. */
const madeFor = new WeakMap<
  Catalogue,
  Pick<Plan, 'ownParts' | 'partOverrides'> & Pick<PlanCatalogue, 'findings'>
>();

function withRows(
  catalogue: Catalogue,
  { rows }: BuiltParts,
  ownParts: NonNullable<Plan['ownParts']>,
): Catalogue {
  const { network, parallelUnits } = catalogue;
  const inherit = <Row>(known: ReadonlyMap<string, Row>, kind: PartKind): Map<string, Row> => {
    const all = new Map(known);
    for (const part of ownParts.filter((one) => one.kind === kind)) {
      const row = all.get(rootOf(part.id, ownParts));
      if (row !== undefined && rows[kind].has(part.id)) all.set(part.id, row);
    }
    return all;
  };
  return {
    ...catalogue,
    sources: new Map([...catalogue.sources, [planSource.id, planSource]]),
    accelerators: rows.accelerator,
    systems: rows.system,
    regions: rows.region,
    parallelUnits: inherit(parallelUnits, 'accelerator'),
    network: {
      switches: rows.switch,
      transceivers: rows.transceiver,
      networkCards: rows.networkCard,
      designs: inherit(network.designs, 'system'),
    },
  };
}

/** The published part at the end of a chain of parts that are based on one another. */
function rootOf(id: string, parts: NonNullable<Plan['ownParts']>): string {
  const known = new Map(parts.map((part) => [part.id, part]));
  let current = id;
  for (let steps = 0; steps <= parts.length; steps += 1) {
    const base = known.get(current)?.basedOn;
    if (base === undefined || base === null) return current;
    current = base;
  }
  return current;
}
