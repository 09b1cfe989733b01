import type { Finding } from '../report';
import { largestDivisor } from '../largest-divisor';
import type { EvaluatedTraining } from './evaluated-training';
import { denseReplicas, microBatches } from './job';
import { count, jobFinding } from './job-finding';
import { canRunDualPipe } from './schedule-limits';

/** Where choices of a layout beyond its degrees cannot be, or do nothing. */
export function extraFindings(evaluated: EvaluatedTraining): Finding[] {
  return [
    ...scheduleFindings(evaluated),
    ...exchangeFindings(evaluated),
    ...shardGroupFindings(evaluated),
    ...capacityFindings(evaluated),
    ...recomputedLayersFindings(evaluated),
    ...hostFindings(evaluated),
    ...momentFindings(evaluated),
  ];
}

function scheduleFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, modelled } = evaluated;
  const { schedule, pipelineParallel, virtualStages } = job.layout;
  if (schedule === undefined || modelled === null) return [];
  if (pipelineParallel === 1) {
    return [
      jobFinding(evaluated, 'note', 'scheduleWithoutPipeline', 'layout.schedule', {
        title: 'The pipeline schedule has no effect',
        cause: 'There is one pipeline stage.',
        advice: 'Choose the plain schedule, or more pipeline stages.',
      }),
    ];
  }
  const found: Finding[] = [];
  const m = microBatches(job);
  if (schedule === 'dualpipe' && !canRunDualPipe(pipelineParallel, m)) {
    found.push(
      jobFinding(evaluated, 'problem', 'dualPipeShape', 'layout.schedule', {
        title: 'DualPipe cannot run with these stages and micro-batches',
        cause: `It needs an even number of stages and an even number of micro-batches, at least two for each stage; there are ${count.format(pipelineParallel)} stages and ${count.format(m)} micro-batches.`,
        advice: 'Use fewer or an even number of stages, a larger batch, or another schedule.',
      }),
    );
  }
  if (virtualStages > 1) {
    found.push(
      jobFinding(
        evaluated,
        'warning',
        'chunksOfOtherSchedule',
        'layout.virtualStages',
        {
          title: 'Chunks per stage belong to the interleaved schedule',
          cause: `${count.format(virtualStages)} chunks are set, and the schedule is of another kind.`,
          advice: 'Set the chunks per stage to 1.',
        },
        1,
      ),
    );
  }
  return found;
}

function exchangeFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job } = evaluated;
  const { contextExchange, contextParallel, tensorParallel } = job.layout;
  if (contextExchange !== 'ulysses' || contextParallel === 1) return [];
  const heads = job.architecture.heads / tensorParallel;
  if (heads % contextParallel === 0) return [];
  return [
    jobFinding(evaluated, 'problem', 'ulyssesHeads', 'layout.contextExchange', {
      title: 'Ulysses does not divide the attention heads',
      cause: `${count.format(job.architecture.heads)} heads over TP ${count.format(tensorParallel)} × CP ${count.format(contextParallel)}.`,
      advice: 'Use degrees whose product divides the heads, or exchange by ring or all-gather.',
    }),
  ];
}

function shardGroupFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, modelled } = evaluated;
  const { shardGroup, zeroStage } = job.layout;
  if (shardGroup === undefined || modelled === null) return [];
  const replicas = denseReplicas(job);
  if (zeroStage === 0) {
    return [
      jobFinding(evaluated, 'note', 'shardGroupWithoutZero', 'layout.shardGroup', {
        title: 'The sharding group has no effect',
        cause: 'Without ZeRO nothing is sharded.',
        advice: 'Choose a ZeRO stage, or leave the group empty.',
      }),
    ];
  }
  if (Number.isInteger(shardGroup) && shardGroup >= 1 && replicas % shardGroup === 0) return [];
  return [
    jobFinding(
      evaluated,
      'problem',
      'shardGroupNotDivisor',
      'layout.shardGroup',
      {
        title: 'The sharding group does not divide the replicas',
        cause: `Groups of ${count.format(shardGroup)} ranks, and DP × CP = ${count.format(replicas)} replicas.`,
        advice: 'Use a divisor of the replicas, such as the ranks of a node.',
      },
      largestDivisor(replicas, shardGroup),
    ),
  ];
}

function capacityFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job } = evaluated;
  const { capacityFactor } = job.layout;
  if (capacityFactor === undefined) return [];
  const field = 'layout.capacityFactor';
  const experts = job.architecture.mixtureOfExperts;
  if (!experts) {
    return [
      jobFinding(evaluated, 'note', 'capacityWithoutExperts', field, {
        title: 'The capacity factor has no effect',
        cause: 'The model has no experts.',
        advice: 'Leave it empty.',
      }),
    ];
  }
  const most = experts.experts / experts.expertsPerToken;
  if (capacityFactor > most) {
    return [
      jobFinding(
        evaluated,
        'problem',
        'capacityTooLarge',
        field,
        {
          title: 'An expert has more slots than there are tokens',
          cause: `Factor ${count.format(capacityFactor)} of the mean load; all tokens are ${count.format(most)} times the mean load of one of ${count.format(experts.experts)} experts.`,
          advice: 'Use a factor near 1, or leave it empty: then no token is dropped.',
        },
        Math.min(2, most),
      ),
    ];
  }
  if (capacityFactor >= 1) return [];
  return [
    jobFinding(
      evaluated,
      'problem',
      'capacityTooSmall',
      field,
      {
        title: 'Experts have too few slots',
        cause: `A capacity factor of ${count.format(capacityFactor)} drops at least ${count.format(100 * (1 - capacityFactor))} % of what is sent to experts, however even the load.`,
        advice: 'Use 1 or more, usually 1.25, or leave it empty.',
      },
      1.25,
    ),
  ];
}

function recomputedLayersFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job } = evaluated;
  const { recomputedLayers, recompute, pipelineParallel } = job.layout;
  if (recomputedLayers === undefined) return [];
  const field = 'layout.recomputedLayers';
  if (recompute !== 'full') {
    return [
      jobFinding(evaluated, 'note', 'recomputedLayersUnused', field, {
        title: 'The number of recomputed layers has no effect',
        cause: `It belongs to full recomputation; chosen is ${recompute === 'none' ? 'none' : recompute}.`,
        advice: 'Choose full recomputation, or leave the number empty.',
      }),
    ];
  }
  const held = Math.ceil(job.architecture.layers / pipelineParallel);
  if (recomputedLayers <= held) return [];
  return [
    jobFinding(
      evaluated,
      'warning',
      'recomputedLayersTooMany',
      field,
      {
        title: 'A stage has fewer layers than are to be recomputed',
        cause: `${count.format(recomputedLayers)} layers are set; a stage has ${count.format(held)}. All of them are recomputed.`,
        advice: 'Lower the number, or leave it empty for all.',
      },
      held,
    ),
  ];
}

function hostFindings(evaluated: EvaluatedTraining): Finding[] {
  const { offloadsWeights, zeroStage } = evaluated.job.layout;
  if (!offloadsWeights || zeroStage === 3) return [];
  return [
    jobFinding(evaluated, 'note', 'hostWeightsUnsharded', 'layout.offloadsWeights', {
      title: 'Weights in host memory have no effect',
      cause: 'They are fetched layer by layer under full sharding alone.',
      advice: 'Choose ZeRO 3, or keep the weights on the accelerators.',
    }),
  ];
}

function momentFindings(evaluated: EvaluatedTraining): Finding[] {
  const { optimizer, momentPrecision } = evaluated.job.layout;
  if (optimizer !== 'adafactor' || momentPrecision === undefined) return [];
  return [
    jobFinding(evaluated, 'note', 'noMoments', 'layout.momentPrecision', {
      title: 'The precision of the moments has no effect',
      cause: 'Adafactor without momentum keeps sums of rows and columns only.',
      advice: 'Choose 32 bits, or another optimizer.',
    }),
  ];
}
