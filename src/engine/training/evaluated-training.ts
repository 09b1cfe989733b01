import type { Accelerator, Catalogue, Model, System } from '../catalogue/types';
import type { AcceleratorPrice } from '../cost/accelerator-price';
import { clusterDevice } from '../facility/fabric/fabric-device';
import { peakFlopPerSecond, type Device } from '../hardware/device';
import { trainingFlopPerToken } from '../model/flop';
import { countParameters } from '../model/parameters';
import type { Cluster, Site, TrainingWorkload } from '../plan';
import { readTrainingConstants, type TrainingConstants } from './constants';
import { acceleratorsPerReplica, type TrainingJob } from './job';
import { trainingMemory, type TrainingMemory } from './memory';
import { stepTime, type StepTime } from './step-time';

/** The catalogue rows that a workload's ids stand for; whoever calls has found them. */
export interface TrainingContext {
  readonly catalogue: Catalogue;
  readonly site: Site;
  readonly cluster: Cluster;
  readonly system: System;
  readonly accelerator: Accelerator;
  readonly model: Model;
  /** of its accelerators where the plan owns them; absent: the rent of the cluster */
  readonly price?: AcceleratorPrice;
}

/** Everything that the figures and findings of one training job are made of, as plain numbers. */
export interface EvaluatedTraining {
  readonly workload: TrainingWorkload;
  readonly context: TrainingContext;
  readonly device: Device;
  readonly constants: TrainingConstants;
  readonly job: TrainingJob;
  readonly memory: TrainingMemory;
  /** null when the layout needs more accelerators than the cluster has */
  readonly modelled: StepTime | null;
  /** measured step time where the plan has one, else the modelled one [s] */
  readonly stepSeconds: number | null;
  readonly clusterAccelerators: number;
  /** accelerators that the layout uses: TP · PP · CP · DP */
  readonly accelerators: number;
  readonly flopPerToken: number;
  readonly peakFlopPerSecond: number;
  readonly tokensPerStep: number;
}

export function evaluateTraining(
  workload: TrainingWorkload,
  context: TrainingContext,
): EvaluatedTraining {
  const { catalogue, cluster, system, model } = context;
  const device = clusterDevice(context);
  const constants = readTrainingConstants(catalogue.assumptions);
  const clusterAccelerators = cluster.nodes.value * system.acceleratorsPerNode.value;
  const perReplica = acceleratorsPerReplica(workload.layout);
  const dataParallel = Math.floor(clusterAccelerators / perReplica);
  const job: TrainingJob = {
    architecture: model.architecture,
    parameters: countParameters(model.architecture),
    precision: workload.precision,
    sequenceLength: workload.sequenceLength.value,
    globalBatch: workload.globalBatchSequences.value,
    layout: workload.layout,
    dataParallel: Math.max(1, dataParallel),
  };
  const modelled = dataParallel >= 1 ? stepTime(job, device, constants) : null;
  return {
    workload,
    context,
    device,
    constants,
    job,
    memory: trainingMemory(job, constants),
    modelled,
    stepSeconds: modelled === null ? null : (workload.measuredStepSeconds?.value ?? modelled.total),
    clusterAccelerators,
    accelerators: perReplica * Math.max(0, dataParallel),
    flopPerToken: trainingFlopPerToken(model.architecture, job.sequenceLength),
    peakFlopPerSecond: peakFlopPerSecond(device, workload.precision),
    tokensPerStep: job.globalBatch * job.sequenceLength,
  };
}

/** Key of one of the job's figures. */
export function figureKey({ workload }: EvaluatedTraining, name: string): string {
  return `${workload.id}.${name}`;
}
