export interface ExploreChapter {
  /** id of its heading in the page */
  readonly id: string;
  readonly title: string;
}

export const processorsChapter: ExploreChapter = {
  id: 'processors',
  title: 'Why CPUs are not enough',
};
export const parallelChapter: ExploreChapter = {
  id: 'parallel',
  title: 'The power of parallel processing',
};
export const trainingChapter: ExploreChapter = {
  id: 'training',
  title: 'Training large models',
};
export const inferenceChapter: ExploreChapter = {
  id: 'inference',
  title: 'Inference also requires GPUs',
};
export const thousandsChapter: ExploreChapter = {
  id: 'thousands',
  title: 'Why companies deploy thousands of GPUs',
};
export const outlookChapter: ExploreChapter = {
  id: 'outlook',
  title: 'Will AI always need so many GPUs?',
};
export const meterChapter: ExploreChapter = { id: 'meter', title: 'GPU-hours consumed by AI' };

export const glossaryChapter: ExploreChapter = { id: 'glossary', title: 'Glossary' };

/** The chapters of the explorable, in the order of its contents rail. */
export const exploreChapters: readonly ExploreChapter[] = [
  processorsChapter,
  parallelChapter,
  trainingChapter,
  inferenceChapter,
  thousandsChapter,
  outlookChapter,
  meterChapter,
  glossaryChapter,
];
