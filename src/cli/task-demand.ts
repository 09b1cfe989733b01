import { z } from 'zod';
import { findImageModel, findSequenceModel, findVideoModel } from '@engine/catalogue/find';
import { assumptionValue } from '@engine/catalogue/assumption';
import type { Catalogue, ImageModel, SequenceModel } from '@engine/catalogue/types';
import type { TaskDemand } from '@engine/sizing/demand';
import { taskModels, taskWords } from '@engine/tasks/task-context';
import { CommandFailure } from './io';

export const precisionSchema = z.enum(['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4']);
/** More than the world asks for in a day, tokens and all. */
export const mostOfDemand = 1e18;
export const positive = z.number().positive().max(mostOfDemand);
export const peakToMean = z.number().min(1).max(1e3);

const shared = {
  model: z.string(),
  requestsPerDay: positive,
  peakToMean: peakToMean.optional(),
  targetSeconds: positive,
  precision: precisionSchema.nullable().default(null),
};

export const imageSchema = z.object({
  kind: z.literal('image'),
  ...shared,
  imageSteps: z.int().positive().nullable().default(null),
  imageEdge: positive.nullable().default(null),
});

export const videoSchema = z.object({
  kind: z.literal('video'),
  ...shared,
  videoSeconds: positive.nullable().default(null),
  videoLines: positive.nullable().default(null),
  videoSteps: z.int().positive().nullable().default(null),
});

export const embeddingSchema = z.object({
  kind: z.literal('embedding'),
  ...shared,
  textTokens: positive.nullable().default(null),
});

export const speechSchema = z.object({
  kind: z.literal('speech'),
  ...shared,
  audioSeconds: positive.nullable().default(null),
});

export type GivenTask =
  | z.infer<typeof imageSchema>
  | z.infer<typeof videoSchema>
  | z.infer<typeof embeddingSchema>
  | z.infer<typeof speechSchema>;

/** The demand for images, videos, vectors or transcripts that a file describes, and the name of its model. */
export function taskFrom(
  given: GivenTask,
  catalogue: Catalogue,
): { demand: TaskDemand; model: string } {
  const model = modelNamed(given, catalogue);
  const { kind: task, requestsPerDay, targetSeconds, precision } = given;
  const usualPeak = 1 / assumptionValue(catalogue.assumptions, 'task.meanLoadFraction');
  const demand: TaskDemand = {
    kind: 'task',
    task,
    modelId: model.id,
    requestsPerDay,
    peakToMean: given.peakToMean ?? usualPeak,
    targetSeconds,
    precision,
    imageSteps: given.kind === 'image' ? given.imageSteps : null,
    imageEdge: given.kind === 'image' ? given.imageEdge : null,
    videoSeconds: given.kind === 'video' ? given.videoSeconds : null,
    videoLines: given.kind === 'video' ? given.videoLines : null,
    videoSteps: given.kind === 'video' ? given.videoSteps : null,
    textTokens: given.kind === 'embedding' ? given.textTokens : null,
    audioSeconds: given.kind === 'speech' ? given.audioSeconds : null,
  };
  return { demand, model: model.name };
}

function modelNamed(given: GivenTask, catalogue: Catalogue): ImageModel | SequenceModel {
  const { kind, model: name } = given;
  const found =
    kind === 'image'
      ? findImageModel(catalogue, name)
      : kind === 'video'
        ? findVideoModel(catalogue, name)
        : findSequenceModel(catalogue, kind, name);
  if (found !== null) return found;
  const known = taskModels(catalogue, kind).map(({ id }) => id);
  throw new CommandFailure(
    `The catalogue has no model for ${taskWords[kind].requests} named '${name}'. Nothing was computed; known models: ${known.join(', ')}.`,
  );
}
