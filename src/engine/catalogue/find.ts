import { findAccelerator } from './find-part';
import { differs, findRow, statedSize } from './match-name';
import type {
  Catalogue,
  CloudInstance,
  ImageModel,
  Model,
  ModelSize,
  SequenceModel,
  System,
  VideoModel,
} from './types';

/** Words that name another member of a family: where only the question has one, it means another model. */
const variants = new Set(
  'mini nano super ultra lite air flash next small medium large tiny scout maverick distill embedding reranker'.split(
    ' ',
  ),
);

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

/** The model that a name means, suffixes such as -Instruct or -FP8 aside: 'Llama-3.1-70B-Instruct-FP8'; null when none does. */
export function findModel(catalogue: Catalogue, text: string): Model | null {
  return findRow(catalogue.models, text, (row, word) => {
    if (variants.has(word) || /^\d{1,2}(\.\d+)?$/.test(word)) return true;
    const size = statedSize(word, 'b');
    return size !== null && differs(size * 1e9, row.publishedParameters.value, 0.006);
  });
}

/**
 * The image generator that a name means: 'SDXL-1.0', 'stable-diffusion-xl', 'FLUX.1-dev'; null when none does, or when the name
 * states another size.
 */
export function findImageModel(catalogue: Catalogue, text: string): ImageModel | null {
  return findGenerator(catalogue.imageModels, text);
}

/** The generator of videos that a name means: 'Wan2.1-T2V-14B', 'HunyuanVideo'; null as findImageModel. */
export function findVideoModel(catalogue: Catalogue, text: string): VideoModel | null {
  return findGenerator(catalogue.videoModels, text);
}

function findGenerator<Row extends ImageModel>(
  rows: ReadonlyMap<string, Row>,
  text: string,
): Row | null {
  if (text === '') return null;
  return findRow(rows, text, (row, word) => {
    const size = statedSize(word, 'b');
    return size !== null && differs(size * 1e9, row.parameters.value, 0.35);
  });
}

/** The embedding or speech model that a name means: 'bge-large', 'openai/whisper-large-v3'; null when none does. */
export function findSequenceModel(
  catalogue: Catalogue,
  task: SequenceModel['task'],
  text: string,
): SequenceModel | null {
  const rows = [...catalogue.sequenceModels].filter(([, row]) => row.task === task);
  return findRow(new Map(rows), text, (_row, word) => variants.has(word));
}

/** The model known by size alone that a name means; null when none does. */
export function findModelSize(catalogue: Catalogue, text: string): ModelSize | null {
  return findRow(catalogue.modelSizes, text, (row, word) => {
    const size = statedSize(word, 'b');
    return size !== null && differs(size * 1e9, row.parameters.value, 0.1);
  });
}

/** The system that a name means, else the first system built from the accelerator that it means; null when none does. */
export function findSystem(catalogue: Catalogue, text: string): System | null {
  const system = findRow(catalogue.systems, text, () => false);
  if (system) return system;
  const accelerator = findAccelerator(catalogue, text);
  if (!accelerator) return null;
  return (
    [...catalogue.systems.values()].find((row) => row.acceleratorId === accelerator.id) ?? null
  );
}
