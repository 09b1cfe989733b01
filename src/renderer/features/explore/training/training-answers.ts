import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { createTaskClient } from '../../../workers/task-client';
import {
  answerTraining,
  questionKey,
  type TrainingAnswer,
  type TrainingQuestion,
} from './training-answer';

export type AnsweredQuestions = readonly (readonly [key: string, answer: TrainingAnswer])[];

const answers = new Map<string, TrainingAnswer>();
/** Counts the answers that have come in: who looks at it is drawn again when there are more. */
const arrivals = createStore<{ readonly count: number }>(() => ({ count: 0 }));
/** What each chapter waits for: one worker serves them all, and a new order ends the one before. */
const wanted = new Map<string, readonly TrainingQuestion[]>();

const search = createTaskClient<readonly TrainingQuestion[], AnsweredQuestions, AnsweredQuestions>(
  () => new Worker(new URL('./training-answers.worker.ts', import.meta.url), { type: 'module' }),
);

function take(found: AnsweredQuestions): void {
  for (const [key, answer] of found) answers.set(key, answer);
  arrivals.setState({ count: answers.size });
}

/** What is already known of a question; undefined where it has not been answered. */
export function knownAnswer(question: TrainingQuestion): TrainingAnswer | undefined {
  return answers.get(questionKey(question));
}

/** The answer now, searched on the spot where nobody has asked before. */
export function answerNow(question: TrainingQuestion): TrainingAnswer {
  const known = knownAnswer(question);
  if (known !== undefined) return known;
  const found = answerTraining(question);
  answers.set(questionKey(question), found);
  return found;
}

function order(): void {
  const missing = [...wanted.values()].flat().filter((question) => !knownAnswer(question));
  const questions = [...new Map(missing.map((one) => [questionKey(one), one])).values()];
  if (questions.length === 0) return;
  search.start(questions, {
    onPartial: take,
    onDone: take,
    // A thread that cannot be had must not leave the page empty: the answers then cost frames.
    onFailed: () => take(questions.map((one) => [questionKey(one), answerTraining(one)])),
  });
}

/** Has questions answered in another thread; true once all of them are. */
export function useTrainingAnswers(asker: string, questions: readonly TrainingQuestion[]): boolean {
  useStore(arrivals, ({ count }) => count);
  const keys = questions.map(questionKey).join('|');
  useEffect(() => {
    wanted.set(asker, questions);
    order();
    return () => void wanted.delete(asker);
  }, [asker, keys]);
  return questions.every((question) => knownAnswer(question) !== undefined);
}
