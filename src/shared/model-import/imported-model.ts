import { importedIdPrefix } from '@engine/catalogue/imported-models';
import type { ImportedModel } from '@engine/plan';
import { importedModelSchema } from '../plan/imported-model-schema';
import type { FieldProblem } from './field-reader';
import { importConfigText, type ImportedConfig } from './import-config';

export type ConfigReading =
  | { readonly ok: true; readonly config: ImportedConfig }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const longestId = 60;

/** Reads a config.json as a model that a plan can hold: numbers that no plan takes are problems of their fields, too. */
export function readConfigText(text: string): ConfigReading {
  const outcome = importConfigText(text);
  if (!outcome.ok) return outcome;
  const { model: config } = outcome;
  const checked = importedModelSchema.safeParse(
    importedModel(config, { name: 'model', id: importedIdPrefix, importedOn: '2000-01-01' }),
  );
  if (checked.success) return { ok: true, config };
  const problems = checked.error.issues.map(({ path, message }) => ({
    field: path.filter((part) => part !== 'architecture').join('.'),
    problem: `cannot be used: ${message.toLowerCase()}`,
  }));
  return { ok: false, problems };
}

/** An id for an imported model that none of those there has. */
export function importedId(name: string, taken: readonly string[]): string {
  const words = name.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
  const plain = `${importedIdPrefix}${words}`.slice(0, longestId - 4).replace(/[-.]+$/, '');
  if (!taken.includes(plain)) return plain;
  for (let number = 2; ; number += 1) {
    const numbered = `${plain}-${number}`;
    if (!taken.includes(numbered)) return numbered;
  }
}

interface Naming {
  readonly id: string;
  readonly name: string;
  /** ISO date */
  readonly importedOn: string;
}

/** What a plan keeps of a configuration. */
export function importedModel(config: ImportedConfig, naming: Naming): ImportedModel {
  const { modelType, architecture, weightPrecision, assumptions } = config;
  return {
    ...naming,
    modelType,
    architecture,
    ...(weightPrecision === null ? {} : { weightPrecision }),
    assumptions,
  };
}

/** What to call a model at first: its own name without the folder it lies in, else its type. */
export function proposedName({ name, modelType }: ImportedConfig): string {
  const own = name?.split(/[\\/]/).findLast((part) => part.trim() !== '');
  return (own ?? modelType).trim().slice(0, 200);
}
