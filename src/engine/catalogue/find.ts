import type {
  Accelerator,
  Catalogue,
  CloudInstance,
  ImageModel,
  Model,
  ModelSize,
  SequenceModel,
  System,
} from './types';

/** Words that name a maker, a format or a variant, not a part or a model. */
const noise = new Set(
  (
    'nvidia amd google intel instinct geforce tensor core gpu cpu hbm2 hbm2e hbm3 hbm3e x2 sockets ' +
    'meta instruct chat it base hf fp8 bf16 fp16 nvfp4 mxfp4 fp4 int8 int4 awq gptq'
  ).split(' '),
);

/** Words that name another member of a family: where only the question has one, it means another model. */
const variants = new Set(
  'mini nano super ultra lite air flash next small medium large tiny scout maverick distill embedding reranker'.split(
    ' ',
  ),
);

/** The same among parts. */
const partVariants = new Set(['ti', 'super', 'laptop', 'mobile']);

/**
 * Splits a name into lower-case words: a decimal point or underscore stays inside its number, a unit joins it ('40 G' is '40gb'),
 * brackets are dropped with their content.
 */
function words(text: string): readonly string[] {
  const found = text
    .toLowerCase()
    .replace(/\(.*?\)/g, ' ')
    .replace(/(?<=\d)_(?=\d)/g, '.')
    .replace(/(?<![a-z\d.])(\d+(?:\.\d+)?) ([bmt])(?![a-z\d])/g, '$1$2')
    .replace(/(?<![a-z\d.])(\d+) ?g(?:i?b)?(?![a-z\d])/g, '$1gb')
    .match(/[a-z0-9]+(?:\.[0-9]+[a-z]*)*\+?/g);
  return found ?? [];
}

/** The words of names met before: catalogue rows are compared with every question. */
const known = new Map<string, readonly string[]>();

function telling(text: string): readonly string[] {
  const found = known.get(text);
  if (found !== undefined) return found;
  // A family name parts from its version: 'llama3' is 'llama 3'.
  const told = words(text)
    .filter((word) => !noise.has(word))
    .flatMap((word) => word.replace(/^([a-z]{3,})(?=\d)/, '$1 ').split(' '));
  if (known.size < 10_000) known.set(text, told);
  return told;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
}

/** Length of the longest of a row's names that the question contains in full; 0 when it contains none. */
function matchLength(row: Named, asked: ReadonlySet<string>): number {
  let longest = 0;
  for (const name of [row.id, row.name, ...(row.aliases ?? [])]) {
    const parts = telling(name);
    if (parts.length > 0 && parts.every((part) => asked.has(part))) {
      longest = Math.max(longest, parts.join('').length);
    }
  }
  return longest;
}

/**
 * The row a name means: by id, by exact spelling without punctuation, else by the longest name that the text contains.
 * `contradicts` refuses a row of another size, such as BLOOM 176B for 'BLOOM 178B'.
 */
function find<Row extends Named>(
  rows: ReadonlyMap<string, Row>,
  text: string,
  contradicts: (row: Row, word: string) => boolean,
): Row | null {
  const byId = rows.get(text);
  if (byId) return byId;
  const compact = telling(text).join('');
  const asked = new Set(telling(text));
  let best: Row | null = null;
  let bestLength = 0;
  for (const row of rows.values()) {
    const names = [row.id, row.name, ...(row.aliases ?? [])];
    if (names.some((name) => telling(name).join('') === compact)) return row;
    const length = matchLength(row, asked);
    if (length <= bestLength) continue;
    const named = new Set(names.flatMap(telling));
    if ([...asked].some((word) => !named.has(word) && contradicts(row, word))) continue;
    best = row;
    bestLength = length;
  }
  return best;
}

/** A size that a word states, such as 80 for '80gb'; null when the word states none. */
function statedSize(word: string, unit: 'gb' | 'b'): number | null {
  const found = new RegExp(`^(\\d+(?:\\.\\d+)?)${unit}$`).exec(word);
  return found?.[1] === undefined ? null : Number(found[1]);
}

function differs(stated: number, actual: number, tolerance: number): boolean {
  return Math.abs(stated / actual - 1) > tolerance;
}

/** The accelerator that a name means: 'H100-SXM-80GB', 'h100', 'NVIDIA H100 80GB HBM3'; null when none does. */
export function findAccelerator(catalogue: Catalogue, text: string): Accelerator | null {
  return find(catalogue.accelerators, text, (row, word) => {
    if (partVariants.has(word) || (word === 'pcie' && row.name.includes('SXM'))) return true;
    const size = statedSize(word, 'gb');
    return size !== null && differs(size, row.memoryCapacity.value, 0.08);
  });
}

/** A cloud's name of a machine without case, punctuation and the words that stand before it. */
function instanceName(text: string): string {
  return text
    .toLowerCase()
    .replace(/^(?:aws|amazon|azure|microsoft|gcp|google(?: cloud)?|oci|oracle(?: cloud)?) +/, '')
    .replace(/^(?:ec2 +|ml\.|standard[_ -])/, '')
    .replaceAll(/[^a-z\d]/g, '');
}

/** The cloud's machine that a name means: 'p5.48xlarge', 'Standard_ND96isr_H100_v5', 'ND96isr H100 v5'; null when none does. */
export function findInstance(catalogue: Catalogue, text: string): CloudInstance | null {
  const asked = instanceName(text);
  const rows = [...catalogue.instances.values()];
  return (
    rows.find(({ id, aliases }) => [id, ...aliases].some((name) => instanceName(name) === asked)) ??
    null
  );
}

/** Names of rows that share a word with a text, those that share more letters first: what to write in its place. */
export function alikeNames(rows: Iterable<Named>, text: string, most: number): readonly string[] {
  const asked = telling(text).filter((word) => word.length > 1);
  const shared = (row: Named): number => {
    const own = new Set([row.id, row.name, ...(row.aliases ?? [])].flatMap(telling));
    return asked.filter((word) => own.has(word)).reduce((sum, { length }) => sum + length, 0);
  };
  return [...rows]
    .map((row) => ({ name: row.name, letters: shared(row) }))
    .filter(({ letters }) => letters > 1)
    .toSorted((first, second) => second.letters - first.letters)
    .slice(0, most)
    .map(({ name }) => name);
}

/** The model that a name means, suffixes such as -Instruct or -FP8 aside: 'Llama-3.1-70B-Instruct-FP8'; null when none does. */
export function findModel(catalogue: Catalogue, text: string): Model | null {
  return find(catalogue.models, text, (row, word) => {
    if (variants.has(word) || /^\d{1,2}(\.\d+)?$/.test(word)) return true;
    const size = statedSize(word, 'b');
    return size !== null && differs(size * 1e9, row.publishedParameters.value, 0.006);
  });
}

/** The image generator that a name means: 'SDXL-1.0', 'stable-diffusion-xl', 'FLUX.1-dev'; null when none does. */
export function findImageModel(catalogue: Catalogue, text: string): ImageModel | null {
  return text === '' ? null : find(catalogue.imageModels, text, () => false);
}

/** The embedding or speech model that a name means: 'bge-large', 'openai/whisper-large-v3'; null when none does. */
export function findSequenceModel(
  catalogue: Catalogue,
  task: SequenceModel['task'],
  text: string,
): SequenceModel | null {
  const rows = [...catalogue.sequenceModels].filter(([, row]) => row.task === task);
  return find(new Map(rows), text, (_row, word) => variants.has(word));
}

/** The model known by size alone that a name means; null when none does. */
export function findModelSize(catalogue: Catalogue, text: string): ModelSize | null {
  return find(catalogue.modelSizes, text, (row, word) => {
    const size = statedSize(word, 'b');
    return size !== null && differs(size * 1e9, row.parameters.value, 0.1);
  });
}

/** The system that a name means, else the first system built from the accelerator that it means; null when none does. */
export function findSystem(catalogue: Catalogue, text: string): System | null {
  const system = find(catalogue.systems, text, () => false);
  if (system) return system;
  const accelerator = findAccelerator(catalogue, text);
  if (!accelerator) return null;
  return (
    [...catalogue.systems.values()].find((row) => row.acceleratorId === accelerator.id) ?? null
  );
}
