import type { Model, Precision } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import { loadPower } from '../facility/power';
import { peakFlopPerSecond } from '../hardware/device';
import { forwardFlopPerToken, trainingFlopPerToken } from '../model/flop';
import type { Figure, FigureInput } from '../report';
import type { JobTime, ProcessorJob } from './job';
import type { DescribedMachine } from './machine';

/** The same work for every machine, as its figures tell of it. */
export interface ProcessorWork {
  readonly timeLabel: string;
  readonly formula: string;
  readonly inputs: readonly FigureInput[];
  readonly precision: Precision;
  /** what it would need on a machine without any loss [FLOP] */
  readonly flop: number;
  readonly source: string;
}

export interface Subject {
  readonly work: ProcessorWork;
  readonly machine: DescribedMachine;
  readonly time: JobTime;
  /** place in the comparison: part of every key */
  readonly index: number;
}

/** Work of a job in FLOP: what it would need on a machine without any loss. */
export function jobFlop(job: ProcessorJob, model: Model): number {
  const { architecture } = model;
  if (job.kind === 'training step') {
    return (
      job.sequences * job.sequenceLength * trainingFlopPerToken(architecture, job.sequenceLength)
    );
  }
  const { answers, inputTokens, outputTokens } = job;
  const prompt = inputTokens * forwardFlopPerToken(architecture, inputTokens / 2);
  const answer = outputTokens * forwardFlopPerToken(architecture, inputTokens + outputTokens / 2);
  return answers * (prompt + answer);
}

/** The figures of one machine; `reference` is the time of the first machine that does the job. */
export function processorFigures(subject: Subject, reference: Figure | null) {
  const seconds = secondsFigure(subject);
  const reasons = reasonFigures(subject, seconds);
  return {
    seconds,
    ...priceFigures(subject, seconds),
    speedUp: figure({
      key: key(subject, 'speedUp'),
      label: 'Times as fast as the first',
      value: ratio((reference ?? seconds).value, seconds.value),
      unit: '×',
      formula: 's = t_1 / t',
      inputs: [figureInput('t_1', reference ?? seconds), figureInput('t', seconds)],
      unavailable: seconds.unavailable ?? '',
    }),
    ...reasons,
  };
}

function key({ index }: Subject, name: string): string {
  return `processors.${index}.${name}`;
}

function ratio(value: number | null, by: number | null): number | null {
  return value === null || by === null ? null : value / by;
}

/** A training step or a number of answers as a work. */
export function workOf(job: ProcessorJob, model: Model): ProcessorWork {
  const isTraining = job.kind === 'training step';
  return {
    timeLabel: isTraining ? 'Time of one step' : 'Time until all answers are given',
    formula: isTraining
      ? 't = fastest step of the layouts that fit'
      : 't = max(t_first + O · t_token, N / (R · X)) at the fastest tensor-parallel degree',
    inputs: isTraining
      ? [
          planInput('sequences', 'Sequences per step', job.sequences, '1'),
          planInput('length', 'Tokens per sequence', job.sequenceLength, 'tokens'),
        ]
      : [
          planInput('N', 'Answers', job.answers, '1'),
          planInput('I', 'Input tokens per answer', job.inputTokens, 'tokens'),
          planInput('O', 'Output tokens per answer', job.outputTokens, 'tokens'),
        ],
    precision: isTraining ? job.precision : job.weightPrecision,
    flop: jobFlop(job, model),
    source: model.source,
  };
}

function secondsFigure(subject: Subject): Figure {
  const { time, work } = subject;
  return figure({
    key: key(subject, 'seconds'),
    label: work.timeLabel,
    value: time.isDone ? time.seconds : null,
    unit: 's',
    formula: work.formula,
    inputs: work.inputs,
    sources: [work.source],
    leavesOut: 'loading the model',
    unavailable: time.isDone ? '' : time.reason,
  });
}

function priceFigures(subject: Subject, seconds: Figure) {
  const { machine } = subject;
  const { usdPerHour, powerKw, system, accelerator } = machine;
  const power = system === null ? accelerator.power : loadPower(system);
  const usd = figure({
    key: key(subject, 'usd'),
    label: 'Cost',
    value: ratio(
      seconds.value === null || usdPerHour === null ? null : seconds.value * usdPerHour,
      3600,
    ),
    unit: 'USD',
    formula: 'c = t · p / 3600',
    inputs: [
      figureInput('t', seconds),
      derivedInput(
        'p',
        machine.priceKind === 'owned' ? 'Owning the machine for an hour' : 'Renting it for an hour',
        usdPerHour ?? Number.NaN,
        'USD/h',
        'catalogue',
        system?.price ? [system.price.source] : [],
      ),
    ],
    leavesOut: 'hours in which the machine is idle; a core pays its share of the processor',
    unavailable:
      seconds.value === null
        ? (seconds.unavailable ?? '')
        : 'No price of a node with this part is in the catalogue.',
  });
  const kilowattHours = figure({
    key: key(subject, 'kilowattHours'),
    label: 'Energy',
    value: ratio(seconds.value === null ? null : seconds.value * powerKw, 3600),
    unit: 'kWh',
    formula: 'E = t · P / 3600',
    inputs: [
      figureInput('t', seconds),
      derivedInput('P', 'Power of the machine under load', powerKw, 'kW', 'catalogue', [
        power.source,
      ]),
    ],
    leavesOut: `cooling and conversion${system === null ? '; the rest of the node' : ''}; a core draws its share of the processor`,
    unavailable: seconds.unavailable ?? '',
  });
  return { usd, kilowattHours };
}

function reasonFigures(subject: Subject, seconds: Figure) {
  const { machine } = subject;
  const { parallel, device, share } = machine;
  const { processors } = machine.machine;
  const { precision, flop, source } = subject.work;
  const peak = peakFlopPerSecond(device, precision) / 1e12;
  const many = planInput('n', 'Processors', processors, '1');
  const working =
    share < 1 ? [derivedInput('s', 'Share of the cores that work', share, '1', 'plan')] : [];
  const factor = share < 1 ? ' · s' : '';
  const units: FigureInput[] =
    parallel === null
      ? []
      : [
          factInput('u', `Units of one processor: ${parallel.kind}`, parallel.units),
          factInput('w', 'Multiply–adds per unit and cycle', parallel.lanesPerUnit),
        ];
  const lanes = figure({
    key: key(subject, 'lanes'),
    label: 'Multiply–adds side by side',
    value:
      parallel === null
        ? null
        : processors * share * parallel.units.value * parallel.lanesPerUnit.value,
    unit: '1',
    formula: `k = n · u · w${factor}`,
    inputs: [many, ...units, ...working],
    leavesOut: 'matrix units, which the next figure has',
    unavailable: 'The catalogue does not say how many units work side by side in this part.',
  });
  const matrixTflops = figure({
    key: key(subject, 'matrixTflops'),
    label: `Arithmetic peak, ${precision.toUpperCase()}`,
    value: processors * peak,
    unit: 'TFLOP/s',
    formula: 'A = n · a',
    inputs: [
      many,
      derivedInput(
        'a',
        'Dense peak of one',
        peak,
        'TFLOP/s',
        'catalogue',
        peakSources(subject, precision),
      ),
    ],
    leavesOut: 'clocks that fall under load',
  });
  const bandwidth = device.memoryBytesPerSecond / 1e12;
  const memoryBandwidthTbps = figure({
    key: key(subject, 'memoryBandwidthTbps'),
    label: 'Memory bandwidth',
    value: processors * bandwidth,
    unit: 'TB/s',
    formula: 'M = n · m',
    inputs: [
      many,
      derivedInput('m', 'Bandwidth of one', bandwidth, 'TB/s', 'catalogue', [
        machine.accelerator.memoryBandwidth.source,
      ]),
    ],
    leavesOut: 'caches on the chip',
  });
  const work = flop / 1e12;
  const reached = figure({
    key: key(subject, 'reached'),
    label: 'Share of the peak reached',
    value: seconds.value === null ? null : work / (seconds.value * (matrixTflops.value ?? 0)),
    unit: 'fraction',
    formula: 'r = C / (t · A)',
    inputs: [
      derivedInput('C', 'Work of the job', work, 'TFLOP', 'model', [source]),
      figureInput('t', seconds),
      figureInput('A', matrixTflops),
    ],
    unavailable: seconds.unavailable ?? '',
  });
  return { lanes, matrixTflops, memoryBandwidthTbps, reached };
}

function peakSources(
  { machine }: Subject,
  precision: keyof DescribedMachine['accelerator']['peakDense'],
): string[] {
  const computed = machine.device.rates[precision]?.computedIn ?? precision;
  const fact = machine.accelerator.peakDense[computed];
  return fact ? [fact.source] : [];
}
