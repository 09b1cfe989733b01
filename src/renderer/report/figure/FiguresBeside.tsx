import type { Figure } from '@engine/report';
import { figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { FigureTable } from './FigureTable';

/** The figures of one site, job or service, under its name. */
export interface NamedFigures {
  readonly name: string;
  readonly figures: readonly Figure[];
}

interface FiguresBesideProps {
  readonly caption: string;
  readonly subjects: readonly NamedFigures[];
}

/** subjects beside one another in one table */
const mostColumns = 4;

/** The same figures of several subjects: a row for each figure, a column for each subject. */
export function FiguresBeside({ caption, subjects }: FiguresBesideProps) {
  return besideGroups(subjects).map((group) => {
    const [first, another] = group;
    const names = group.map(({ name }) => name).join(', ');
    if (another === undefined) {
      return <FigureTable key={names} caption={`${caption}: ${names}`} figures={first.figures} />;
    }
    return (
      <DataTable
        key={names}
        caption={caption}
        columns={[
          { key: 'figure', title: 'Figure' },
          ...group.map(({ name }, index) => ({
            key: String(index),
            title: name,
            isNumber: true,
          })),
        ]}
        rows={first.figures.map(({ label }, row) => [
          label,
          ...group.map(({ figures }) => {
            const figure = figures[row];
            return figure === undefined ? '' : figureCell(figure);
          }),
        ])}
      />
    );
  });
}

/** Subjects whose figures have the same names, in order, together, at most so many as one table takes. */
export function besideGroups(
  subjects: readonly NamedFigures[],
): readonly (readonly [NamedFigures, ...NamedFigures[]])[] {
  const groups: [NamedFigures, ...NamedFigures[]][] = [];
  const labels = ({ figures }: NamedFigures): string => figures.map(({ label }) => label).join('|');
  for (const subject of subjects) {
    const open = groups.find(
      (group) => group.length < mostColumns && labels(group[0]) === labels(subject),
    );
    if (open === undefined) groups.push([subject]);
    else open.push(subject);
  }
  return groups;
}
