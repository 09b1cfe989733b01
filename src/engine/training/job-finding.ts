import type { Finding } from '../report';
import type { EvaluatedTraining } from './evaluated-training';

type Text = Pick<Finding, 'title' | 'cause' | 'advice'>;

/** Counts in the text of findings. */
export const count = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A finding about one field of the job. */
export function jobFinding(
  { workload }: EvaluatedTraining,
  level: Finding['level'],
  code: string,
  field: string | null,
  text: Text,
  fixValue: number | null = null,
): Finding {
  const fix =
    fixValue === null ? null : { label: `Set to ${count.format(fixValue)}`, value: fixValue };
  return { level, code: `training.${code}`, subjectId: workload.id, field, ...text, fix };
}
