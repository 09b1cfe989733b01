import type { Finding } from '../report';
import { largestDivisor } from '../largest-divisor';
import type { EvaluatedTraining } from './evaluated-training';
import { batchFindings, expertFindings } from './batch-findings';
import { extraFindings } from './extra-findings';
import { count, jobFinding } from './job-finding';
import { acceleratorsPerReplica } from './job';

/** Where the degrees of parallelism do not divide the model, the batch or the cluster. */
export function layoutFindings(evaluated: EvaluatedTraining): Finding[] {
  return [
    ...worldFindings(evaluated),
    ...tensorFindings(evaluated),
    ...pipelineFindings(evaluated),
    ...batchFindings(evaluated),
    ...expertFindings(evaluated),
    ...extraFindings(evaluated),
  ];
}

function worldFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, clusterAccelerators, accelerators, context } = evaluated;
  const replica = acceleratorsPerReplica(job.layout);
  const { tensorParallel, pipelineParallel, contextParallel } = job.layout;
  const product = `TP ${tensorParallel} × PP ${pipelineParallel} × CP ${contextParallel} = ${count.format(replica)}`;
  if (replica > clusterAccelerators) {
    const perNode = context.system.acceleratorsPerNode.value;
    const nodes = Math.ceil(replica / perNode);
    return [
      {
        level: 'problem',
        code: 'training.tooFewAccelerators',
        subjectId: context.cluster.id,
        field: 'nodes',
        title: 'One replica needs more accelerators than the cluster has',
        cause: `${product}, and the cluster has ${count.format(clusterAccelerators)}.`,
        advice: 'Lower a degree of parallelism or add nodes.',
        fix: { label: `Set to ${count.format(nodes)} nodes`, value: nodes },
      },
    ];
  }
  const idle = clusterAccelerators - accelerators;
  if (idle <= 0) return [];
  return [
    jobFinding(evaluated, 'warning', 'idleAccelerators', 'layout.pipelineParallel', {
      title: `${count.format(idle)} accelerators stay idle`,
      cause: `${product} does not divide the ${count.format(clusterAccelerators)} accelerators of the cluster.`,
      advice:
        'Choose degrees whose product divides the number of accelerators, or change the number of nodes.',
    }),
  ];
}

function tensorFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, device, context } = evaluated;
  const { tensorParallel } = job.layout;
  const { heads, keyValueHeads, latentAttention } = job.architecture;
  const found: Finding[] = [];
  if (heads % tensorParallel !== 0) {
    found.push(
      jobFinding(
        evaluated,
        'problem',
        'tensorParallelHeads',
        'layout.tensorParallel',
        {
          title: 'Tensor parallelism does not divide the attention heads',
          cause: `${context.model.name} has ${count.format(heads)} heads; ${count.format(tensorParallel)} ranks cannot share them evenly.`,
          advice: 'Use a divisor of the number of heads.',
        },
        largestDivisor(heads, tensorParallel),
      ),
    );
  }
  if (tensorParallel > device.scaleUp.domain) {
    found.push(
      jobFinding(
        evaluated,
        'warning',
        'tensorParallelBeyondDomain',
        'layout.tensorParallel',
        {
          title: 'Tensor parallelism reaches beyond the scale-up domain',
          cause: `${count.format(tensorParallel)} ranks do not fit into a domain of ${count.format(device.scaleUp.domain)}: every layer then waits for the scale-out network.`,
          advice:
            'Keep tensor parallelism inside the domain and use pipeline or context parallelism beyond it.',
        },
        largestDivisor(heads, device.scaleUp.domain),
      ),
    );
  }
  if (latentAttention === null && tensorParallel > keyValueHeads && heads % tensorParallel === 0) {
    found.push(
      jobFinding(evaluated, 'note', 'keyValueHeadsCopied', 'layout.tensorParallel', {
        title: 'Key–value heads are copied',
        cause: `The model has ${count.format(keyValueHeads)} key–value heads for ${count.format(tensorParallel)} tensor-parallel ranks.`,
        advice: 'This works; the copies take a little memory that is not counted.',
      }),
    );
  }
  return found;
}

/** The embedding and the output head may take the place of a layer each, in the first and the last chunk. */
const chunksForEmbeddings = 2;

function pipelineFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job } = evaluated;
  const { pipelineParallel, virtualStages } = job.layout;
  const { layers } = job.architecture;
  const chunks = pipelineParallel * virtualStages;
  if (pipelineParallel === 1) {
    if (virtualStages === 1) return [];
    return [
      jobFinding(
        evaluated,
        'warning',
        'chunksWithoutPipeline',
        'layout.virtualStages',
        {
          title: 'Interleaving has no effect without a pipeline',
          cause: `There is one stage, cut into ${count.format(virtualStages)} chunks.`,
          advice: 'Set the chunks per stage to 1.',
        },
        1,
      ),
    ];
  }
  if (chunks > layers + chunksForEmbeddings) {
    return [
      jobFinding(
        evaluated,
        'problem',
        'moreStagesThanLayers',
        virtualStages > 1 ? 'layout.virtualStages' : 'layout.pipelineParallel',
        {
          title: 'The pipeline has more chunks than the model has layers',
          cause: `PP ${count.format(pipelineParallel)} × ${count.format(virtualStages)} chunks, and ${count.format(layers)} layers.`,
          advice: 'Lower the chunks per stage or the number of stages.',
        },
        virtualStages > 1
          ? Math.max(1, Math.floor(layers / pipelineParallel))
          : largestDivisor(layers, layers),
      ),
    ];
  }
  if (layers % chunks === 0) return [];
  return [
    jobFinding(evaluated, 'note', 'unevenStages', 'layout.pipelineParallel', {
      title: 'The layers do not divide evenly over the pipeline',
      cause: `${count.format(layers)} layers over ${count.format(chunks)} chunks: the fullest holds ${count.format(Math.ceil(layers / chunks))}, and the others wait for it.`,
      advice:
        'Short first and last stages can make room for the embedding and the output head; otherwise choose a divisor.',
    }),
  ];
}
