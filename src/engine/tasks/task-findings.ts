import type { Finding } from '../report';
import { whyNoBatch, type EvaluatedTask } from './evaluated-task';
import { taskWords } from './task-context';

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** What stands in the way of a service that answers in one piece; each names the field that mends it. */
export function taskFindings(evaluated: EvaluatedTask): Finding[] {
  return [
    ...sizeFindings(evaluated),
    ...targetFindings(evaluated),
    ...capacityFindings(evaluated),
    ...measurementFindings(evaluated),
  ];
}

type Text = Pick<Finding, 'code' | 'field' | 'title' | 'cause' | 'advice'>;

function finding(
  { workload }: EvaluatedTask,
  level: Finding['level'],
  text: Text,
  fix: Finding['fix'] = null,
): Finding {
  return { level, subjectId: workload.id, fix, ...text };
}

/** Texts longer than the model reads, and models larger than the memory. */
function sizeFindings(evaluated: EvaluatedTask): Finding[] {
  const { size, context, replica } = evaluated;
  const { model, accelerator } = context;
  const found: Finding[] = [];
  if (size.task === 'embedding' && model.task === 'embedding') {
    const longest = model.row.encoder.contextLength;
    if (size.tokens > longest) {
      found.push(
        finding(
          evaluated,
          'problem',
          {
            code: 'task.textTooLong',
            field: 'textTokens',
            title: `${model.row.name} reads at most ${words.format(longest)} tokens`,
            cause: `A text has ${words.format(size.tokens)} tokens; what is beyond the model’s length is cut off.`,
            advice: 'Cut texts into shorter pieces, or choose a model that reads more.',
          },
          { label: `Use ${words.format(longest)} tokens`, value: longest },
        ),
      );
    }
  }
  if (replica.largestBatch < 1) {
    found.push(
      finding(evaluated, 'problem', {
        code: 'task.memory',
        field: 'precision',
        title: `${model.row.name} does not fit on one ${accelerator.name}`,
        cause: `Its weights take ${words.format(replica.weightBytes / 1e9)} GB and ${words.format(replica.usableBytes / 1e9)} GB can be used.`,
        advice:
          'Choose a narrower number format, a smaller model or an accelerator with more memory.',
      }),
    );
  }
  return found;
}

function targetFindings(evaluated: EvaluatedTask): Finding[] {
  const { sizing, workload, replica } = evaluated;
  if (sizing.batch !== null || replica.largestBatch < 1) return [];
  const { request } = taskWords[workload.task];
  const { seconds } = sizing.alone;
  if (!Number.isFinite(seconds)) {
    return [
      finding(evaluated, 'problem', {
        code: 'task.precision',
        field: 'precision',
        title: 'The accelerator cannot compute in this number format',
        cause: whyNoBatch(evaluated),
        advice: 'Choose a number format that it has.',
      }),
    ];
  }
  const enough = Number((1.25 * seconds).toPrecision(2));
  return [
    finding(
      evaluated,
      'problem',
      {
        code: 'task.target',
        field: 'targetSeconds',
        title: `The target of ${words.format(workload.targetSeconds.value)} s cannot be met`,
        cause: `One ${request} by itself takes ${words.format(seconds)} s.`,
        advice:
          'Allow more time, ask for less per request, or choose a faster accelerator or a narrower number format.',
      },
      { label: `Allow ${words.format(enough)} s`, value: enough },
    ),
  ];
}

function capacityFindings(evaluated: EvaluatedTask): Finding[] {
  const { sizing, acceleratorsAvailable, context, workload } = evaluated;
  const needed = sizing.accelerators;
  if (needed === null || needed <= acceleratorsAvailable) return [];
  const nodes = Math.ceil(needed / context.system.acceleratorsPerNode.value);
  return [
    finding(evaluated, 'problem', {
      code: 'task.capacity',
      field: 'requestsPerDay',
      title: `${workload.name} needs more accelerators than there are`,
      cause: `The peak takes ${words.format(needed)} and ${context.cluster.name} has ${words.format(acceleratorsAvailable)}.`,
      advice: `Give ${context.cluster.name} ${words.format(nodes)} nodes, allow more time per request, or serve fewer.`,
    }),
  ];
}

function measurementFindings({ workload, modelled }: EvaluatedTask): Finding[] {
  const measured = workload.measuredRequestsPerSecond?.value;
  if (measured === undefined || modelled === null) return [];
  const rate = modelled.requests / modelled.seconds;
  const error = rate / measured - 1;
  const { requests } = taskWords[workload.task];
  return [
    {
      level: 'note',
      code: 'task.measured',
      subjectId: workload.id,
      field: 'measuredRequestsPerSecond',
      title: `The model is ${percent.format(Math.abs(error))} ${error < 0 ? 'below' : 'above'} the measured rate`,
      cause: `Measured ${words.format(measured)} ${requests}/s, modelled ${words.format(rate)} ${requests}/s.`,
      advice: 'The measured value is used; its parts are scaled to it.',
      fix: null,
    },
  ];
}
