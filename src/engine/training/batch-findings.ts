import type { Finding } from '../report';
import { largestDivisor } from '../largest-divisor';
import type { EvaluatedTraining } from './evaluated-training';
import { count, jobFinding } from './job-finding';

/** Where the batch or the sequence does not divide. */
export function batchFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, modelled } = evaluated;
  if (modelled === null) return [];
  const { pipelineParallel, virtualStages, microBatch, contextParallel } = job.layout;
  const found: Finding[] = [];
  const perStep = job.dataParallel * microBatch;
  const m = job.globalBatch / perStep;
  if (!Number.isInteger(m)) {
    const nearest = Math.max(1, Math.round(m)) * perStep;
    found.push(
      jobFinding(
        evaluated,
        'problem',
        'batchNotDivisible',
        'globalBatchSequences',
        {
          title: 'The batch does not divide over the replicas',
          cause: `${count.format(job.globalBatch)} sequences over ${count.format(job.dataParallel)} replicas × micro-batch ${count.format(microBatch)} give ${count.format(m)} micro-batches.`,
          advice: 'Use a multiple of replicas × micro-batch.',
        },
        nearest,
      ),
    );
  } else if (virtualStages > 1 && pipelineParallel > 1 && m % pipelineParallel !== 0) {
    found.push(
      jobFinding(
        evaluated,
        'warning',
        'interleavedMicroBatches',
        'globalBatchSequences',
        {
          title: 'Interleaving wants a multiple of the stages',
          cause: `${count.format(m)} micro-batches per replica for ${count.format(pipelineParallel)} stages.`,
          advice:
            'Megatron-LM refuses this combination; change the batch or set the chunks per stage to 1.',
        },
        Math.ceil(m / pipelineParallel) * pipelineParallel * perStep,
      ),
    );
  }
  if (job.sequenceLength % contextParallel !== 0) {
    found.push(
      jobFinding(
        evaluated,
        'problem',
        'sequenceNotDivisible',
        'layout.contextParallel',
        {
          title: 'Context parallelism does not divide the sequence',
          cause: `${count.format(job.sequenceLength)} tokens over ${count.format(contextParallel)} ranks.`,
          advice: 'Use a divisor of the sequence length.',
        },
        largestDivisor(job.sequenceLength, contextParallel),
      ),
    );
  }
  return found;
}

/** Where expert parallelism divides neither the experts nor the ranks. */
export function expertFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, context } = evaluated;
  const { expertParallel, tensorParallel, contextParallel } = job.layout;
  if (expertParallel === 1) return [];
  const experts = job.architecture.mixtureOfExperts;
  const field = 'layout.expertParallel';
  if (!experts) {
    return [
      jobFinding(
        evaluated,
        'warning',
        'expertsMissing',
        field,
        {
          title: 'The model has no experts',
          cause: `${context.model.name} is dense, so expert parallelism ${count.format(expertParallel)} does nothing.`,
          advice: 'Set expert parallelism to 1.',
        },
        1,
      ),
    ];
  }
  const ranks = tensorParallel * contextParallel * job.dataParallel;
  if (experts.experts % expertParallel === 0 && ranks % expertParallel === 0) return [];
  const fitting = [...Array(experts.experts).keys()]
    .map((index) => index + 1)
    .filter((degree) => experts.experts % degree === 0 && ranks % degree === 0)
    .filter((degree) => degree <= expertParallel)
    .at(-1);
  return [
    jobFinding(
      evaluated,
      'problem',
      'expertParallelNotDivisible',
      field,
      {
        title: 'Expert parallelism does not divide the experts or the ranks',
        cause: `${count.format(experts.experts)} experts and TP × CP × DP = ${count.format(ranks)} ranks over ${count.format(expertParallel)}.`,
        advice: 'Use a common divisor of both.',
      },
      fitting ?? 1,
    ),
  ];
}
