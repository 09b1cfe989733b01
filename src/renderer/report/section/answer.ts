import type { Catalogue } from '@engine/catalogue/types';
import type {
  InferenceWorkload,
  Plan,
  TaskWorkload,
  TrainingWorkload,
  Workload,
} from '@engine/plan';
import type {
  Figure,
  InferenceReport,
  Report,
  TaskReport,
  TrainingReport,
  WorkloadReport,
} from '@engine/report';
import { modelNameOf } from '@engine/tasks/model-name';
import { taskWords } from '@engine/tasks/task-context';
import { formatFigure, formatValue } from '@shared/format/value';

/** What the plan comes to for one workload, in words. */
export interface Answer {
  readonly workloadId: string;
  readonly isFeasible: boolean;
  readonly text: string;
}

/** Workloads of one answer that are named before it; the others are counted. */
const mostNamed = 3;

/** One sentence per workload, in the order of the plan; one that several share is said once, behind their names. */
export function answersOf(
  plan: Plan,
  report: Report,
  catalogue: Catalogue,
  locale: string,
): Answer[] {
  const said = new Map<string, Answer & { readonly names: string[] }>();
  for (const workload of plan.workloads) {
    const result = report.workloads.find(({ workloadId }) => workloadId === workload.id);
    const text = result && answerText(workload, result, catalogue, locale);
    if (!text) continue;
    const { isFeasible } = result;
    const same = said.get(text);
    if (same === undefined)
      said.set(text, { workloadId: workload.id, isFeasible, text, names: [workload.name] });
    else same.names.push(workload.name);
  }
  return [...said.values()].map(({ workloadId, isFeasible, text, names }) => ({
    workloadId,
    isFeasible,
    text: names.length > 1 ? `${eachOf(names, locale)}: ${text}` : text,
  }));
}

/** "Chat from Iowa and Chat from Sweden, each", "A, B, C and 8 more, each". */
function eachOf(names: readonly string[], locale: string): string {
  const left = names.length - mostNamed;
  const listed = left > 0 ? [...names.slice(0, mostNamed), `${String(left)} more`] : names;
  return `${new Intl.ListFormat(locale).format(listed)}, each`;
}

function answerText(
  workload: Workload,
  report: WorkloadReport,
  catalogue: Catalogue,
  locale: string,
): string | null {
  const model = modelNameOf(workload, catalogue);
  switch (workload.kind) {
    case 'training':
      return report.kind === 'training' ? trainingAnswer(workload, report, model, locale) : null;
    case 'inference':
      return report.kind === 'inference' ? inferenceAnswer(workload, report, model, locale) : null;
    case 'task':
      return report.kind === 'task' ? taskAnswer(workload, report, model, locale) : null;
  }
}

/** "Training Llama 3.1 405B on 15.6 trillion tokens takes 54.3 days." */
export function trainingAnswer(
  workload: TrainingWorkload,
  report: TrainingReport,
  model: string,
  locale: string,
): string {
  const tokens = formatValue(workload.tokens.value, 'tokens', locale);
  const start = `Training ${model} on ${tokens}`;
  if (report.days.value === null) return `${start} cannot be estimated: ${reasonOf(report.days)}`;
  const time = formatFigure(report.days, locale).text;
  if (!report.isFeasible)
    return `${start} cannot run as planned; the checks say why. Its computed time is ${time}.`;
  return `${start} takes ${time}${clause(report.costUsd, 'and costs', 'in accelerator time', locale)}.`;
}

/** "Serving Llama 3.1 70B to 10,000 users needs 40 GPUs; 64 are there." */
export function inferenceAnswer(
  workload: InferenceWorkload,
  report: InferenceReport,
  model: string,
  locale: string,
): string {
  const users = formatValue(workload.concurrentUsers.value, 'users', locale);
  const start = `Serving ${model} to ${users} at once`;
  if (report.acceleratorsNeeded.value === null) {
    return `${start} cannot be estimated: ${reasonOf(report.acceleratorsNeeded)}`;
  }
  const needed = formatFigure(report.acceleratorsNeeded, locale).text;
  const cost = clause(report.usdPerMillionOutputTokens, 'at', 'per million output tokens', locale);
  if (report.isFeasible) return `${start} needs ${needed}${cost}.`;
  const served = report.usersServed.value;
  const enough =
    served === null
      ? ''
      : ` Those planned serve ${formatValue(Math.floor(served), 'users', locale)}.`;
  return `${start} needs ${needed}${cost}.${enough}`;
}

const asked: Readonly<Record<TaskWorkload['task'], (count: string, model: string) => string>> = {
  image: (count, model) => `Making ${count} images a day with ${model}`,
  video: (count, model) => `Making ${count} videos a day with ${model}`,
  embedding: (count, model) => `Embedding ${count} texts a day with ${model}`,
  speech: (count, model) => `Transcribing ${count} recordings a day with ${model}`,
};

/** "Making 100,000 images a day with SDXL needs 4 accelerators at 0.0021 USD an image." */
export function taskAnswer(
  workload: TaskWorkload,
  report: TaskReport,
  model: string,
  locale: string,
): string {
  const count = formatValue(workload.requestsPerDay.value, '', locale);
  const start = asked[workload.task](count, model);
  if (report.acceleratorsNeeded.value === null) {
    return `${start} cannot be estimated: ${reasonOf(report.acceleratorsNeeded)}`;
  }
  const needed = formatFigure(report.acceleratorsNeeded, locale).text;
  const unit = taskWords[workload.task].unit;
  const cost = clause(report.usdPerUnit, 'at', `for ${unit}`, locale);
  if (report.isFeasible) return `${start} needs ${needed}${cost}.`;
  const served = report.requestsPerDayServed.value;
  const enough =
    served === null
      ? ''
      : ` Those planned answer ${formatValue(Math.floor(served), '', locale)} a day.`;
  return `${start} needs ${needed}${cost}.${enough}`;
}

function clause(figure: Figure, before: string, after: string, locale: string): string {
  if (figure.value === null) return '';
  return ` ${before} ${formatFigure(figure, locale).text}${after === '' ? '' : ` ${after}`}`;
}

function reasonOf(figure: Figure): string {
  return figure.unavailable ?? 'an input is missing.';
}
