import type { TaskKind } from '@engine/plan';
import { taskAssumptionKeys } from '@engine/tasks/task-size';
import { catalogueMeans, field, type FieldTable } from './quantity-field';

/** Fields of a service that answers in one piece, in the order of the inspector. */
export const taskFields: FieldTable<'task'> = [
  field(
    'Demand',
    'requestsPerDay',
    'Requests per day',
    'count',
    'Images, videos, texts or recordings of a day.',
    { keywords: 'images videos texts recordings volume load' },
  ),
  field(
    'Demand',
    'meanLoadFraction',
    'Mean load',
    'fraction',
    'Mean load over the day as a share of the peak; unit costs are divided by it.',
    { keywords: 'utilisation average peak' },
  ),
  field(
    'Target',
    'targetSeconds',
    'Answered within',
    'seconds',
    'For all but one request in a hundred.',
    { keywords: 'latency slo p99 response time' },
  ),
  field('Image', 'imageSteps', 'Steps', 'count', 'Denoising steps of an image.', {
    keywords: 'sampler diffusion',
    isWhole: true,
    emptyMeans: 'As many as the model is published with',
  }),
  field('Image', 'imageEdge', 'Edge of the image', 'pixels', 'Of a square of as many pixels.', {
    keywords: 'resolution size width height',
    isWhole: true,
    emptyMeans: 'That of the model',
  }),
  field(
    'Video',
    'videoSeconds',
    'Length of a video',
    'seconds',
    'In the model’s frames of a second.',
    {
      keywords: 'duration frames clip',
      emptyMeans: 'That of the model',
    },
  ),
  field(
    'Video',
    'videoLines',
    'Lines of a frame',
    'pixels',
    'Its width follows in the shape of the model’s own videos.',
    {
      keywords: 'resolution height 480p 720p size',
      isWhole: true,
      emptyMeans: 'Those of the model',
    },
  ),
  field('Video', 'videoSteps', 'Steps', 'count', 'Denoising steps of a video.', {
    keywords: 'sampler diffusion',
    isWhole: true,
    emptyMeans: 'As many as the model is published with',
  }),
  field('Text', 'textTokens', 'Tokens of a text', 'tokens', 'On average.', {
    keywords: 'length chunk document embedding',
    emptyMeans: catalogueMeans(taskAssumptionKeys.textTokens),
  }),
  field('Recording', 'audioSeconds', 'Length of a recording', 'seconds', 'On average.', {
    keywords: 'audio duration minutes',
    emptyMeans: catalogueMeans(taskAssumptionKeys.audioSeconds),
  }),
  field(
    'Measurement',
    'measuredRequestsPerSecond',
    'Measured rate of an accelerator',
    'requestsPerSecond',
    'Requests per second of one accelerator; overrides the model, whose error is then shown.',
    { keywords: 'calibrate throughput', emptyMeans: 'Not measured: the model is used' },
  ),
];

/** Groups of fields that a kind of service has. */
export const taskGroups: Readonly<Record<TaskKind, readonly string[]>> = {
  image: ['Demand', 'Image', 'Target', 'Measurement'],
  video: ['Demand', 'Video', 'Target', 'Measurement'],
  embedding: ['Demand', 'Text', 'Target', 'Measurement'],
  speech: ['Demand', 'Recording', 'Target', 'Measurement'],
};
