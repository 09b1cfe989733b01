import { assumptionOf } from '@engine/catalogue/assumption';
import type { Catalogue } from '@engine/catalogue/types';
import type { Figure } from '@engine/report';

/** Ids of the sources that figures, general facts and rows rest on: each once, in the order of their titles. */
export function chapterSources(
  figures: readonly Figure[],
  factKeys: readonly string[],
  sourceIds: readonly string[],
  catalogue: Catalogue,
): readonly string[] {
  const ids = new Set([
    ...figures.flatMap(({ sources, inputs }) => [
      ...sources,
      ...inputs.flatMap((input) => input.sources),
    ]),
    ...factKeys.map((key) => assumptionOf(catalogue.assumptions, key).source),
    ...sourceIds,
  ]);
  const title = (id: string) => catalogue.sources.get(id)?.title ?? id;
  return [...ids].sort((one, other) => title(one).localeCompare(title(other), 'en'));
}
