import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';

/** Every figure of a report, in reading order. */
export function figuresOf(report: Report): Figure[] {
  const groups: readonly object[] = [
    ...report.clusters,
    ...report.workloads,
    report.cost,
    ...report.sites,
  ];
  return [...report.headline, ...groups.flatMap((group) => Object.values(group).filter(isFigure))];
}

/** One figure per formula: workloads of a kind share their formulas. */
export function methodsOf(report: Report, more: readonly Figure[] = []): Figure[] {
  const methods = new Map<string, Figure>();
  for (const figure of [...figuresOf(report), ...more]) {
    if (figure.formula === '') continue;
    const key = `${figure.label} ${figure.formula}`;
    if (!methods.has(key)) methods.set(key, figure);
  }
  return [...methods.values()];
}

/** Ids of the sources that the report's numbers rest on, in alphabetical order of their titles. */
export function sourcesOf(
  plan: Plan,
  report: Report,
  catalogue: Catalogue,
  more: readonly Figure[] = [],
): string[] {
  const ids = new Set<string>();
  for (const figure of [...figuresOf(report), ...more]) {
    for (const source of figure.sources) ids.add(source);
    for (const source of figure.inputs.flatMap((input) => input.sources)) ids.add(source);
  }
  for (const source of partSources(plan, catalogue)) ids.add(source);
  const title = (id: string) => catalogue.sources.get(id)?.title ?? id;
  return [...ids].sort((one, other) => title(one).localeCompare(title(other), 'en'));
}

/** Sources of the parts, models and regions that the plan names. */
function partSources(plan: Plan, catalogue: Catalogue): string[] {
  const systems = plan.clusters.flatMap(({ systemId }) => catalogue.systems.get(systemId) ?? []);
  const accelerators = systems.flatMap(
    ({ acceleratorId }) => catalogue.accelerators.get(acceleratorId) ?? [],
  );
  const regions = plan.sites.flatMap(({ regionId }) => catalogue.regions.get(regionId) ?? []);
  const models = plan.workloads.flatMap(
    ({ modelId }) => catalogue.models.get(modelId)?.source ?? [],
  );
  const facts = [...systems, ...accelerators, ...regions].flatMap((row) =>
    Object.values(row).filter(isSourced),
  );
  return [...models, ...facts.map(({ source }) => source)];
}

function isFigure(value: unknown): value is Figure {
  return typeof value === 'object' && value !== null && 'formula' in value && 'inputs' in value;
}

function isSourced(value: unknown): value is { readonly source: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string'
  );
}
