import { serveTask } from '../../../workers/serve-task';
import { answerTraining, questionKey, type TrainingQuestion } from './training-answer';
import type { AnsweredQuestions } from './training-answers';

/** One layout after another, in the order in which they are asked for; what was told once is not told again. */
function* answerInTurn(
  questions: readonly TrainingQuestion[],
): Generator<() => AnsweredQuestions, AnsweredQuestions, void> {
  let untold: (readonly [string, ReturnType<typeof answerTraining>])[] = [];
  const tell = () => {
    const news = untold;
    untold = [];
    return news;
  };
  for (const question of questions) {
    untold.push([questionKey(question), answerTraining(question)]);
    yield tell;
  }
  return tell();
}

serveTask<readonly TrainingQuestion[], AnsweredQuestions, AnsweredQuestions>(self, answerInTurn);
