import { serveTask } from '../../../workers/serve-task';
import { comparedModelIds, predictedRun, type PredictedRun } from './predicted-runs';

/** One run after another: each searches a layout. */
function* predictInTurn(): Generator<() => readonly PredictedRun[], readonly PredictedRun[], void> {
  const runs: PredictedRun[] = [];
  for (const modelId of comparedModelIds) {
    const run = predictedRun(modelId);
    if (run !== null) runs.push(run);
    yield () => [...runs];
  }
  return runs;
}

serveTask<null, readonly PredictedRun[], readonly PredictedRun[]>(self, predictInTurn);
