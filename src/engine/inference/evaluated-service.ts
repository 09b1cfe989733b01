import type { Accelerator, Catalogue, Model, System } from '../catalogue/types';
import type { Cluster, InferenceWorkload, Site } from '../plan';
import type { AcceleratorPrice } from '../cost/accelerator-price';
import type { RequestShape } from './request-shape';
import type { Service } from './service';
import type { Serving } from './serving';

/** The catalogue rows that a workload's ids stand for; whoever calls has found them. */
export interface InferenceContext {
  readonly catalogue: Catalogue;
  readonly cluster: Cluster;
  readonly site: Site;
  readonly system: System;
  readonly accelerator: Accelerator;
  readonly model: Model;
  /** of accelerators that the plan owns; the cluster's rent when left out */
  readonly price?: AcceleratorPrice;
}

/** Everything that the figures and findings of one service are made of. */
export interface EvaluatedService {
  readonly workload: InferenceWorkload;
  readonly context: InferenceContext;
  readonly serving: Serving;
  readonly service: Service;
  /** the same before a measurement overrides it */
  readonly modelled: Service;
  readonly shape: RequestShape;
  readonly peakRequestsPerSecond: number;
}

/** The reason that every figure downstream of a missing operating point gives. */
export function whyNoPoint({ service }: EvaluatedService): string {
  return service.maximumBatch < 1
    ? 'The model and the cache of one request do not fit into the memory of a replica.'
    : `Not even one request at a time meets the target: ${service.limit}.`;
}

/** Key of one of the service's figures. */
export function figureKey(evaluated: EvaluatedService, name: string): string {
  return `${evaluated.workload.id}.${name}`;
}
