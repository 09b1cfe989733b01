import { formatValue } from '@shared/format/value';
import type { FleetPoint } from './inference-answer';
import type { InferenceChoice } from './inference-choice';
import type { ResponsePoint } from '@engine/users/response';

const nouns = { prompts: 'chat service', assistants: 'assistant', images: 'image generator' };

/** What is served, in words. */
export function serviceNoun(kind: InferenceChoice['kind']): string {
  return nouns[kind];
}

/** The message of the users' curve: what the chosen number of users needs beside the fewest. */
export function usersTitle(
  choice: InferenceChoice,
  gpus: number | null,
  curve: readonly FleetPoint[],
  locale: string,
): string {
  const count = (value: number) => formatValue(value, '', locale);
  const noun = serviceNoun(choice.kind);
  const [first] = curve;
  if (gpus === null || first === undefined) return `No node of the catalogue serves this ${noun}`;
  const users = choice.users === 1 ? '1 user' : `${count(choice.users)} users`;
  const need = `${users} of the ${noun} need${choice.users === 1 ? 's' : ''} ${count(gpus)} GPUs`;
  return choice.users <= first.users ? need : `${need}; one alone needs ${count(first.gpus)}`;
}

/** The message of the response: how much longer the slowest wait as the fleet fills. */
export function responseTitle(points: readonly ResponsePoint[], locale: string): string {
  const at = (share: number) => points.find((point) => point.share === share);
  const [calm, full] = [at(0.5), at(1) ?? at(0.9)];
  if (calm === undefined || full === undefined) return 'Nothing can be simulated';
  const seconds = (point: ResponsePoint) =>
    formatValue(point.firstTokenSeconds.slowest, 's', locale);
  return `At half load the slowest wait ${seconds(calm)}, at ${formatValue(full.share, 'fraction', locale)} of what can be served ${seconds(full)}`;
}
