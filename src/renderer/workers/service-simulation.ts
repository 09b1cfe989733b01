import type {
  SimulationAnswer,
  SimulationProgress,
  SimulationRequest,
} from '@engine/service/plan-simulation';
import { createTaskClient } from './task-client';

/** The simulation of a service in a thread of its own. */
export const serviceSimulation = createTaskClient<
  SimulationRequest,
  SimulationProgress,
  SimulationAnswer
>(() => new Worker(new URL('./service-simulation.worker.ts', import.meta.url), { type: 'module' }));
