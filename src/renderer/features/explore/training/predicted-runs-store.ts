import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { createTaskClient } from '../../../workers/task-client';
import { comparedModelIds, predictedRun, type PredictedRun } from './predicted-runs';

interface Predicted {
  readonly isAsked: boolean;
  readonly runs: readonly PredictedRun[];
}

const predicted = createStore<Predicted>(() => ({ isAsked: false, runs: [] }));

const prediction = createTaskClient<null, readonly PredictedRun[], readonly PredictedRun[]>(
  () => new Worker(new URL('./predicted-runs.worker.ts', import.meta.url), { type: 'module' }),
);

function take(runs: readonly PredictedRun[]): void {
  predicted.setState({ runs });
}

/** The published runs with their predictions, computed once, in another thread; those that are known so far. */
export function usePredictedRuns(): readonly PredictedRun[] {
  useEffect(() => {
    if (predicted.getState().isAsked) return;
    predicted.setState({ isAsked: true });
    prediction.start(null, {
      onPartial: take,
      onDone: take,
      // A thread that cannot be had must not leave the page empty: the runs then cost frames.
      onFailed: () => take(comparedModelIds.flatMap((id) => predictedRun(id) ?? [])),
    });
  }, []);
  return useStore(predicted, ({ runs }) => runs);
}
