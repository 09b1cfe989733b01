import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { textTable } from './table';

function figureRow(figure: Figure): string[] {
  const { text, range, reason } = formatFigure(figure);
  return [figure.label, text, range ?? reason ?? ''];
}

/** The headline figures of a plan as text: name, value, and the range or the reason that there is no value. */
export function headlineTable(plan: Plan, report: Report): string {
  const figures = textTable(
    report.headline.map(figureRow).map(([label, text]) => [label ?? '', text ?? '']),
  );
  const explained = report.headline
    .map(figureRow)
    .filter(([, , note]) => note)
    .map(([label, , note]) => `${label ?? ''}: ${note ?? ''}`);
  const decompositions = report.workloads.map((workload) => {
    const name = plan.workloads.find(({ id }) => id === workload.workloadId)?.name ?? '';
    return `${name}: ${workload.decomposition}`;
  });
  return [
    plan.name,
    '',
    figures,
    '',
    ...decompositions,
    ...(explained.length > 0 ? ['', ...explained] : []),
  ].join('\n');
}
