import type {
  Accelerator,
  Catalogue,
  ImageModel,
  SequenceModel,
  SpeechDecoder,
  System,
  VideoModel,
} from '../catalogue/types';
import type { Cluster, Site, TaskKind } from '../plan';
import type { AcceleratorPrice } from '../cost/accelerator-price';

/** The model of a service that answers in one piece, with what its kind needs beside it. */
export type TaskModel =
  | { readonly task: 'image'; readonly row: ImageModel }
  | { readonly task: 'video'; readonly row: VideoModel }
  | { readonly task: 'embedding'; readonly row: SequenceModel }
  | { readonly task: 'speech'; readonly row: SequenceModel; readonly speech: SpeechDecoder };

/** The catalogue rows that the ids of such a service stand for. */
export interface TaskContext {
  readonly catalogue: Catalogue;
  readonly cluster: Cluster;
  readonly site: Site;
  readonly system: System;
  readonly accelerator: Accelerator;
  readonly model: TaskModel;
  /** of accelerators that the plan owns; the cluster's rent when left out */
  readonly price?: AcceleratorPrice;
}

/** Looks a model up among those that do a task; null where there is none of that id. */
export function findTaskModel(catalogue: Catalogue, task: TaskKind, id: string): TaskModel | null {
  if (task === 'image') {
    const row = catalogue.imageModels.get(id);
    return row === undefined ? null : { task, row };
  }
  if (task === 'video') {
    const row = catalogue.videoModels.get(id);
    return row === undefined ? null : { task, row };
  }
  const row = catalogue.sequenceModels.get(id);
  if (row === undefined || row.task !== task) return null;
  if (task === 'embedding') return { task, row };
  return row.speech === null ? null : { task, row, speech: row.speech };
}

/** Ids and names of the models that do a task, in the order of the catalogue. */
export function taskModels(
  catalogue: Catalogue,
  task: TaskKind,
): readonly (ImageModel | SequenceModel)[] {
  if (task === 'image') return [...catalogue.imageModels.values()];
  if (task === 'video') return [...catalogue.videoModels.values()];
  return [...catalogue.sequenceModels.values()].filter((row) => row.task === task);
}

interface TaskWords {
  /** what a service of the kind is called */
  readonly service: string;
  readonly request: string;
  readonly requests: string;
  /** what its costs are given for */
  readonly unit: string;
}

export const taskWords: Readonly<Record<TaskKind, TaskWords>> = {
  image: { service: 'Image service', request: 'image', requests: 'images', unit: 'an image' },
  video: {
    service: 'Video service',
    request: 'video',
    requests: 'videos',
    unit: 'a video',
  },
  embedding: {
    service: 'Embedding service',
    request: 'text',
    requests: 'texts',
    unit: 'a million tokens',
  },
  speech: {
    service: 'Speech service',
    request: 'recording',
    requests: 'recordings',
    unit: 'an hour of audio',
  },
};
