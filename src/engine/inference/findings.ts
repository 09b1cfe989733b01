import { hostTooSmall } from '../hardware/host-memory';
import type { Cluster, InferenceWorkload } from '../plan';
import type { Finding } from '../report';
import type { Service } from './service';
import type { Serving } from './serving';

/** Degrees that divide the heads evenly, smallest first: what tensor parallelism may be set to. */
export function allowedTensorParallel(heads: number, largest: number): number[] {
  const allowed: number[] = [];
  for (let degree = 1; degree <= largest; degree *= 2) {
    if (heads % degree === 0) allowed.push(degree);
  }
  return allowed;
}

interface Subject {
  readonly workload: InferenceWorkload;
  readonly cluster: Cluster;
  readonly serving: Serving;
  readonly service: Service;
  /** smallest tensor-parallel degree at which the weights leave room for one request; null when none does */
  readonly fittingTensorParallel: number | null;
  readonly acceleratorsPerNode: number;
}

const count = new Intl.NumberFormat('en');
const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** What stands in the way of the service, each with its cause and, where one value mends it, a fix. */
export function inferenceFindings(subject: Subject): Finding[] {
  return [
    ...contextFindings(subject),
    ...layoutFindings(subject),
    ...memoryFindings(subject),
    ...hostMemoryFindings(subject),
    ...targetFindings(subject),
    ...capacityFindings(subject),
  ];
}

function finding(
  { workload }: Subject,
  level: Finding['level'],
  code: string,
  field: string | null,
  text: Pick<Finding, 'title' | 'cause' | 'advice'>,
  fix: Finding['fix'] = null,
): Finding {
  return { level, code, subjectId: workload.id, field, ...text, fix };
}

/** Requests longer than what the model reads: no engine accepts them. */
function contextFindings(subject: Subject): Finding[] {
  const { workload, serving } = subject;
  const longest = serving.architecture.contextLength;
  const [prompt, answer] = [workload.inputTokens.value, workload.outputTokens.value];
  if (longest <= 0 || prompt + answer <= longest) return [];
  const left = Math.floor(longest - answer);
  return [
    finding(
      subject,
      'problem',
      'inference.context',
      'inputTokens',
      {
        title: 'Prompt and answer are longer than the context of the model',
        cause: `They have ${count.format(prompt + answer)} tokens together; the model reads at most ${count.format(longest)}.`,
        advice: 'Shorten prompt or answer, or choose a model with a longer context.',
      },
      left >= 1 ? { label: `Use ${count.format(left)} input tokens`, value: left } : null,
    ),
  ];
}

function layoutFindings(subject: Subject): Finding[] {
  const { serving, cluster } = subject;
  const { tensorParallel, architecture, device } = serving;
  const found: Finding[] = [];
  const ranks = tensorParallel / serving.attentionGroups;
  const largest =
    (allowedTensorParallel(architecture.heads, ranks).at(-1) ?? 1) * serving.attentionGroups;
  if (Number.isInteger(ranks) && architecture.heads % ranks !== 0) {
    found.push(
      finding(
        subject,
        'problem',
        'inference.tensorParallelHeads',
        'tensorParallel',
        {
          title: `Tensor parallel ${tensorParallel} does not divide ${architecture.heads} attention heads`,
          cause: 'Every tensor-parallel accelerator holds the same number of attention heads.',
          advice: 'Choose a degree that divides the heads.',
        },
        { label: `Use tensor parallel ${largest}`, value: largest },
      ),
    );
  }
  if (tensorParallel > device.scaleUp.domain) {
    found.push(
      finding(
        subject,
        'warning',
        'inference.tensorParallelDomain',
        'tensorParallel',
        {
          title: `Tensor parallel ${tensorParallel} reaches beyond the scale-up domain of ${device.scaleUp.domain}`,
          cause: `Two all-reduces per layer cross the scale-out network of ${cluster.name}, which is slower and adds latency to every token.`,
          advice:
            'Stay within the domain, use lower precision, or choose a system with a larger domain.',
        },
        { label: `Use tensor parallel ${device.scaleUp.domain}`, value: device.scaleUp.domain },
      ),
    );
  }
  const rate = device.rates[serving.weightPrecision];
  if (rate !== undefined && rate.computedIn !== serving.weightPrecision) {
    found.push(
      finding(subject, 'note', 'inference.precisionFallback', 'weightPrecision', {
        title: `Weights in ${serving.weightPrecision.toUpperCase()} are computed in ${rate.computedIn.toUpperCase()}`,
        cause:
          'The accelerator has no arithmetic of that width; weights are converted as they are loaded.',
        advice: 'Memory and bandwidth are saved, arithmetic is not faster.',
      }),
    );
  }
  return found;
}

function memoryFindings(subject: Subject): Finding[] {
  const { service, serving, fittingTensorParallel } = subject;
  if (service.maximumBatch >= 1) return [];
  const needGb = (serving.weightBytesPerAccelerator + service.memory.workspace) / 1e9;
  const usableGb = service.memory.usable / 1e9;
  const fits = service.memory.cache > 0;
  return [
    finding(
      subject,
      'problem',
      'inference.memory',
      'tensorParallel',
      {
        title: fits
          ? 'Not one request fits into memory beside the weights'
          : 'The weights do not fit into memory',
        cause: `Weights and buffers take ${words.format(needGb)} GB of the ${words.format(usableGb)} GB that the engine may fill on each accelerator${fits ? '; the cache of one request is larger than the rest' : ''}.`,
        advice:
          'Raise the tensor-parallel degree, store the weights in fewer bits, shorten the context, or choose an accelerator with more memory.',
      },
      fittingTensorParallel === null
        ? null
        : {
            label: `Use tensor parallel ${fittingTensorParallel}`,
            value: fittingTensorParallel,
          },
    ),
  ];
}

function hostMemoryFindings(subject: Subject): Finding[] {
  const { hostBytesPerAccelerator, hostCacheBytes = 0, device } = subject.serving;
  const { hostMemoryBytes = Number.POSITIVE_INFINITY } = device;
  const needed = hostBytesPerAccelerator + hostCacheBytes;
  if (needed <= hostMemoryBytes) return [];
  const field = hostCacheBytes > 0 ? 'hostCacheGigabytes' : 'offloadedWeightFraction';
  const kept = hostCacheBytes > 0 ? 'cache' : 'weights';
  const left = Math.floor((hostMemoryBytes - hostBytesPerAccelerator) / 1e9);
  const canShrink = hostCacheBytes > 0 && left > 0;
  return [
    finding(
      subject,
      'problem',
      'inference.hostMemory',
      field,
      {
        ...hostTooSmall('the service', needed, hostMemoryBytes),
        advice: `Keep less of the ${kept} in the host, or choose nodes with more memory.`,
      },
      canShrink ? { label: `Set to ${words.format(left)} GB`, value: left } : null,
    ),
  ];
}

function targetFindings(subject: Subject): Finding[] {
  const { service, workload } = subject;
  if (service.batch >= 1 || service.maximumBatch < 1) return [];
  const found: Finding[] = [];
  const check = (
    achieved: number,
    targetMs: number,
    name: string,
    field: keyof InferenceWorkload,
  ): void => {
    const achievedMs = achieved * 1e3;
    if (achievedMs <= targetMs) return;
    const mending = Math.ceil(achievedMs * 1.2);
    found.push(
      finding(
        subject,
        'problem',
        `inference.target.${field}`,
        field,
        {
          title: `The ${name} cannot go below ${words.format(achievedMs)} ms here`,
          cause: `That is what a request alone on a replica takes; the target is ${words.format(targetMs)} ms.`,
          advice:
            'Relax the target, raise the tensor-parallel degree, use fewer bits, or choose faster memory.',
        },
        { label: `Set the target to ${words.format(mending)} ms`, value: mending },
      ),
    );
  };
  const first = service.alone.timeToFirstToken;
  check(
    first,
    workload.timeToFirstTokenTargetMs.value,
    'time to first token',
    'timeToFirstTokenTargetMs',
  );
  const next = service.alone.timePerOutputToken;
  check(
    next,
    workload.timePerOutputTokenTargetMs.value,
    'time per output token',
    'timePerOutputTokenTargetMs',
  );
  return found;
}

function capacityFindings(subject: Subject): Finding[] {
  const { service, cluster, acceleratorsPerNode } = subject;
  const { acceleratorsNeeded, replicasAvailable, replicasNeeded } = service;
  if (replicasNeeded === null || acceleratorsNeeded === null) return [];
  if (replicasNeeded <= replicasAvailable) return [];
  const nodes = Math.ceil(acceleratorsNeeded / acceleratorsPerNode);
  return [
    {
      level: 'problem',
      code: 'inference.capacity',
      subjectId: cluster.id,
      field: 'nodes',
      title: `${cluster.name} is too small for the peak of ${subject.workload.name}`,
      cause: `The peak needs ${replicasNeeded} replicas of ${service.acceleratorsPerReplica} accelerators; the cluster holds ${replicasAvailable}.`,
      advice: 'Add nodes, relax the latency targets, use fewer bits, or serve fewer users.',
      fix: { label: `Set ${cluster.name} to ${nodes} nodes`, value: nodes },
    },
  ];
}
