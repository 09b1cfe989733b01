import {
  simulationSteps,
  type SimulationAnswer,
  type SimulationProgress,
  type SimulationRequest,
} from '@engine/service/plan-simulation';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import '../app/zod-without-eval';
import { serveTask } from './serve-task';

serveTask<SimulationRequest, SimulationProgress, SimulationAnswer>(self, (request) =>
  simulationSteps(request, bundledCatalogue),
);
