import { useEffect } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { createTaskClient } from '../../../workers/task-client';
import { answerService, type ServiceCurves } from './inference-answer';
import type { ServiceKind } from './inference-choice';

type KnownCurves = Readonly<Partial<Record<ServiceKind, ServiceCurves>>>;

const known = createStore<KnownCurves>(() => ({}));

const simulation = createTaskClient<ServiceKind, ServiceCurves, ServiceCurves>(
  () => new Worker(new URL('./inference-answers.worker.ts', import.meta.url), { type: 'module' }),
);

function take(kind: ServiceKind, curves: ServiceCurves): void {
  known.setState({ [kind]: curves });
}

/** The curves of a kind of service; undefined while another thread still works on them. */
export function useServiceCurves(kind: ServiceKind): ServiceCurves | undefined {
  const curves = useStore(known, (state) => state[kind]);
  useEffect(() => {
    if (known.getState()[kind] !== undefined) return;
    simulation.start(kind, {
      onPartial: (found) => take(kind, found),
      onDone: (found) => take(kind, found),
      onFailed: () => take(kind, answerService(kind)),
    });
  }, [kind]);
  return curves;
}
