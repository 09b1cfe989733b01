import type { Workload } from '../../plan';
import { derivedInput, figure, figureInput } from '../../explain';
import type { Figure, FigureInput, InferenceReport, WorkloadReport } from '../../report';

/** What happens when a site is lost at the busiest moment. */
export interface SiteLossReport {
  readonly siteId: string;
  readonly acceleratorsLost: Figure;
  readonly shareLost: Figure;
  readonly requestsLost: Figure;
  readonly requestsTakenOver: Figure;
  readonly requestsUnserved: Figure;
  /** training jobs that stop */
  readonly stoppedWorkloadIds: readonly string[];
}

/** A workload with the site that it stands on and what was computed for it. */
export interface PlacedWorkload {
  readonly workload: Workload;
  readonly siteId: string;
  readonly report: WorkloadReport;
}

/** Accelerators of a site. */
export interface SiteSize {
  readonly siteId: string;
  readonly name: string;
  readonly accelerators: number;
}

interface Service extends PlacedWorkload {
  readonly report: InferenceReport;
  readonly demand: number;
  /** requests per second beyond its own peak */
  readonly spare: number;
}

function servicesOf(placed: readonly PlacedWorkload[]): Service[] {
  return placed.flatMap((entry) => {
    const { workload, report } = entry;
    if (workload.kind !== 'inference' || report.kind !== 'inference') return [];
    const demand = report.peakRequestsPerSecond.value ?? 0;
    const served = ((report.usersServed.value ?? 0) * workload.requestsPerUserHour.value) / 3600;
    return [{ ...entry, report, demand, spare: Math.max(0, served - demand) }];
  });
}

const sum = (services: readonly Service[], of: (service: Service) => number): number =>
  services.reduce((total, service) => total + of(service), 0);

/**
 * Requests that other sites can take over when a site is lost, model by model.
 *
 *   taken over = Σ_models min(Σ lost demand, Σ spare capacity of the same model elsewhere)
 *
 * Leaves out: services of other models that could be exchanged; the time until traffic is led elsewhere; longer ways to the users.
 * Source: definition.
 */
function takenOver(lost: readonly Service[], left: readonly Service[]): number {
  const models = [...new Set(lost.map(({ workload }) => workload.modelId))];
  return models.reduce((total, modelId) => {
    const ofModel = ({ workload }: Service): boolean => workload.modelId === modelId;
    const demand = sum(lost.filter(ofModel), (service) => service.demand);
    return (
      total +
      Math.min(
        demand,
        sum(left.filter(ofModel), (service) => service.spare),
      )
    );
  }, 0);
}

/** Loses every site once; nothing where there is only one, because then all is lost. */
export function reportLosses(
  sites: readonly SiteSize[],
  placed: readonly PlacedWorkload[],
): SiteLossReport[] {
  const total = sites.reduce((all, { accelerators }) => all + accelerators, 0);
  const services = servicesOf(placed);
  const used = sites.filter(({ accelerators }) => accelerators > 0);
  if (used.length < 2) return [];
  return used.map((site) => lossOf(site, total, services, placed));
}

function lossOf(
  { siteId, name, accelerators }: SiteSize,
  total: number,
  services: readonly Service[],
  placed: readonly PlacedWorkload[],
): SiteLossReport {
  const key = (what: string): string => `${siteId}.loss.${what}`;
  const lost = services.filter((service) => service.siteId === siteId);
  const left = services.filter((service) => service.siteId !== siteId);
  const demands = lost.map(({ report }, index): FigureInput =>
    figureInput(`λ${index + 1}`, report.peakRequestsPerSecond),
  );
  const requestsLost = figure({
    key: key('requestsLost'),
    label: `Peak requests of ${name}`,
    value: sum(lost, ({ demand }) => demand),
    unit: 'requests/s',
    formula: 'Σ λᵢ',
    inputs: demands,
    leavesOut: 'requests that are not lost at the busiest moment',
  });
  const takes = takenOver(lost, left);
  const requestsTakenOver = figure({
    key: key('requestsTakenOver'),
    label: `Taken over by other sites when ${name} is lost`,
    value: takes,
    unit: 'requests/s',
    formula: 'Σ min(lost, spare) over the models that are served',
    inputs: [
      figureInput('lost', requestsLost),
      derivedInput(
        'spare',
        'Capacity beyond their own peak of the services elsewhere',
        sum(left, ({ spare }) => spare),
        'requests/s',
        'inference',
      ),
    ],
    leavesOut: 'the time until traffic is led elsewhere; longer ways to the users',
  });
  const acceleratorsLost = figure({
    key: key('acceleratorsLost'),
    label: `Accelerators of ${name}`,
    value: accelerators,
    unit: 'accelerators',
    formula: 'G',
    inputs: [derivedInput('G', 'Accelerators', accelerators, 'accelerators', 'plan')],
  });
  return {
    siteId,
    acceleratorsLost,
    shareLost: figure({
      key: key('shareLost'),
      label: `Share of the accelerators on ${name}`,
      value: accelerators / total,
      unit: 'fraction',
      formula: 'G / T',
      inputs: [
        figureInput('G', acceleratorsLost),
        derivedInput('T', 'Accelerators of all sites', total, 'accelerators', 'plan'),
      ],
    }),
    requestsLost,
    requestsTakenOver,
    requestsUnserved: figure({
      key: key('requestsUnserved'),
      label: `Left unserved when ${name} is lost`,
      value: Math.max(0, (requestsLost.value ?? 0) - takes),
      unit: 'requests/s',
      formula: 'lost − t',
      inputs: [figureInput('lost', requestsLost), figureInput('t', requestsTakenOver)],
    }),
    stoppedWorkloadIds: placed
      .filter((entry) => entry.siteId === siteId && entry.workload.kind === 'training')
      .map(({ workload }) => workload.id),
  };
}
