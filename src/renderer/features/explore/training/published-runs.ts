import { assumptionOf } from '@engine/catalogue/assumption';
import type { Fact } from '@engine/catalogue/types';
import { bundledCatalogue } from '@shared/catalogue/bundled';

export interface PublishedRun {
  readonly modelId: string;
  readonly name: string;
  /** accelerator-hours, in hours of the part that the unit names */
  readonly hours: Fact;
  /** null where only the hours were published */
  readonly accelerators: Fact | null;
  readonly tokens: number;
  /** what it ran on, as in "H100" */
  readonly part: string;
}

const { assumptions, models } = bundledCatalogue;

/** Models of which the catalogue knows what their makers say of the run, oldest first. */
export const publishedModelIds: readonly string[] = [
  'gpt-3-175b',
  'bloom-176b',
  'llama-65b',
  'llama-3.1-8b',
  'llama-3.1-405b',
  'deepseek-v3',
];

/** What the makers of a model say their run took; null where they do not. */
export function publishedRun(modelId: string): PublishedRun | null {
  const key = `run.${modelId}.acceleratorHours`;
  const model = models.get(modelId);
  const tokens = assumptions[`run.${modelId}.tokens`] ?? model?.publishedTokens;
  if (assumptions[key] === undefined || !tokens || !model) return null;
  const hours = assumptionOf(assumptions, key);
  return {
    modelId,
    name: model.name,
    hours,
    accelerators: assumptions[`run.${modelId}.accelerators`] ?? null,
    tokens: tokens.value,
    part: hours.unit.replace(/-hours$/, ''),
  };
}

/** Days of a published run for the tokens that the reader chose; null where the number of accelerators is not published. */
export function publishedDays(run: PublishedRun | null, tokens: number): number | null {
  if (run === null || run.accelerators === null) return null;
  return ((run.hours.value / run.accelerators.value / 24) * tokens) / run.tokens;
}
