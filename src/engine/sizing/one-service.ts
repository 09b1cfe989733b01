import type { Accelerator, Catalogue, Precision } from '../catalogue/types';
import { replicaAccelerators } from '../inference/workload-layout';
import { findTaskModel } from '../tasks/task-context';
import type { Demand, ServiceDemand, ServicesDemand, SizedPart } from './demand';
import {
  replicaOptions,
  usualPrecision,
  type Candidate,
  type ConstantsOf,
  type ReplicaOption,
} from './replica-options';
import { bestService, refusal } from './size-inference';
import { bestTask, taskOptions, taskRefusal, type TaskOption } from './size-task-demand';

/** What one service may look like on one system, timed as it is asked for. */
export type ServiceOptions =
  | { readonly kind: 'inference'; readonly layouts: readonly ReplicaOption[] }
  | { readonly kind: 'task'; readonly formats: readonly TaskOption[] };

/** The services of a demand; none for a training run. */
export function servicesOf(demand: Demand): readonly ServiceDemand[] {
  if (demand.kind === 'services') return demand.services;
  return demand.kind === 'training' ? [] : [demand];
}

/** The demand with every service changed. */
export function withServices(
  demand: ServiceDemand | ServicesDemand,
  change: (service: ServiceDemand) => ServiceDemand,
): ServiceDemand | ServicesDemand {
  return demand.kind === 'services'
    ? { ...demand, services: demand.services.map(change) }
    : change(demand);
}

/** The number format that a service asks for; null where the choice is left. */
export function precisionAsked(service: ServiceDemand): Precision | null {
  return service.kind === 'task' ? service.precision : service.weightPrecision;
}

/** The service in one number format. */
export function inPrecision(service: ServiceDemand, precision: Precision): ServiceDemand {
  return service.kind === 'task'
    ? { ...service, precision }
    : { ...service, weightPrecision: precision };
}

/** Layouts or formats of one service on one system; none where the catalogue lacks the model. */
export function serviceOptions(
  service: ServiceDemand,
  candidate: Candidate,
  catalogue: Catalogue,
  constantsOf: ConstantsOf,
): ServiceOptions {
  const { assumptions } = catalogue;
  if (service.kind === 'task') {
    const model = findTaskModel(catalogue, service.task, service.modelId);
    const formats = model === null ? [] : taskOptions(candidate, model, service, assumptions);
    return { kind: 'task', formats };
  }
  const model = catalogue.models.get(service.modelId);
  const precision = service.weightPrecision ?? usualPrecision(candidate.accelerator);
  const layouts =
    model === undefined
      ? []
      : replicaOptions(candidate, model, service, precision, assumptions, constantsOf);
  return { kind: 'inference', layouts };
}

/** What serves one service on the fewest units; null where nothing does. */
export function bestPart(
  service: ServiceDemand,
  options: ServiceOptions | undefined,
  partsPerUnit: number,
): SizedPart | null {
  if (service.kind === 'task') {
    return bestTask(options?.kind === 'task' ? options.formats : [], service, partsPerUnit);
  }
  const layouts = options?.kind === 'inference' ? options.layouts : [];
  return bestService(layouts, service, partsPerUnit);
}

/** Why a system does not serve a service. */
export function serviceRefusal(
  service: ServiceDemand,
  options: ServiceOptions | undefined,
  accelerator: Accelerator,
): string {
  if (service.kind === 'task') {
    return taskRefusal(options?.kind === 'task' ? options.formats : [], service);
  }
  const precision = service.weightPrecision ?? usualPrecision(accelerator);
  return refusal(options?.kind === 'inference' ? options.layouts : [], service, precision);
}

/** Accelerators that one sized service takes. */
export function partAccelerators(part: SizedPart): number {
  return part.kind === 'task' ? part.accelerators : part.replicas * replicaAccelerators(part);
}
