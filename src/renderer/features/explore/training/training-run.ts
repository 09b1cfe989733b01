import type { Plan } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import { answerNow, knownAnswer } from './training-answers';
import {
  planWith,
  trainingOf,
  type DaysPoint,
  type TrainingAnswer,
  type TrainingQuestion,
} from './training-answer';
import { acceleratorsPerNode, nodeSteps, type TrainingChoice } from './training-choice';

/** The choice as a plan: what the chapter computes with, and what opens when the reader takes it along. */
export function trainingPlan(choice: TrainingChoice): Plan {
  return planWith(choice, answerNow(choice).layout);
}

export interface TrainingRun {
  readonly choice: TrainingChoice;
  readonly accelerators: number;
  readonly training: TrainingReport;
}

/** The engine's prediction; null where it predicts nothing. */
export function trainingRun(choice: TrainingChoice): TrainingRun | null {
  const training = trainingOf(trainingPlan(choice));
  if (training === null) return null;
  return { choice, accelerators: choice.nodes * acceleratorsPerNode, training };
}

/** The numbers of nodes on the curve: the slider's steps, and the reader's own where it lies between them. */
export function curveQuestions(choice: TrainingChoice): readonly TrainingQuestion[] {
  const { modelId, batchTokens } = choice;
  const all = [...new Set([choice.nodes, ...nodeSteps])];
  return all.map((nodes) => ({ modelId, nodes, batchTokens }));
}

/** Days against accelerators for the chosen model, tokens and batch; numbers on which it does not fit are left out. */
export function daysCurve(
  choice: TrainingChoice,
  answerOf: (question: TrainingQuestion) => TrainingAnswer | undefined = answerNow,
): readonly DaysPoint[] {
  const scale = choice.tokens / 1e12;
  return curveQuestions(choice)
    .toSorted((one, other) => one.nodes - other.nodes)
    .flatMap((question) => {
      const point = answerOf(question)?.perTrillion;
      if (!point) return [];
      const { accelerators, days, low, high } = point;
      return [{ accelerators, days: days * scale, low: low * scale, high: high * scale }];
    });
}

/** As daysCurve, of what is known so far. */
export function knownDaysCurve(choice: TrainingChoice): readonly DaysPoint[] {
  return daysCurve(choice, knownAnswer);
}
