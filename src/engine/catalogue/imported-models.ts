import { countParameters } from '../model/parameters';
import type { ImportedModel, Plan } from '../plan';
import type { Catalogue, Fact, Model, Source } from './types';

/** How the ids of models begin that a plan brings along: none of the catalogue does, so neither hides the other. */
export const importedIdPrefix = 'imported-';

function sourceOf({ id, name, importedOn }: ImportedModel): Source {
  return { id, title: `${name}: imported from config.json`, url: null, readOn: importedOn };
}

/** An imported model as a row of the catalogue; its parameters are counted, because nobody has stated them. */
function modelOf({ id, name, modelType, architecture }: ImportedModel): Model {
  const { total, active } = countParameters(architecture);
  const counted = (value: number): Fact => ({
    value,
    unit: 'parameters',
    source: id,
    quality: 'derived',
  });
  return {
    id,
    name,
    family: modelType,
    releasedOn: null,
    aliases: [],
    architecture,
    publishedParameters: counted(total),
    publishedActiveParameters: active === total ? null : counted(active),
    publishedTokens: null,
    source: id,
  };
}

/** The catalogue with the models that a plan brings along, each with its configuration as its source. */
export function withImportedModels(
  catalogue: Catalogue,
  { importedModels = [] }: Pick<Plan, 'importedModels'>,
): Catalogue {
  if (importedModels.length === 0) return catalogue;
  return {
    ...catalogue,
    models: new Map([
      ...catalogue.models,
      ...importedModels.map((model) => [model.id, modelOf(model)] as const),
    ]),
    sources: new Map([
      ...catalogue.sources,
      ...importedModels.map((model) => [model.id, sourceOf(model)] as const),
    ]),
  };
}
