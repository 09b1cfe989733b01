import { planOutlook, trendsOf } from '@engine/outlook/plan-outlook';
import { figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { FigureTable } from '../figure/FigureTable';
import type { SectionProps } from '../section/section-props';
import classes from './outlook.module.css';

/** What the trends, published or the plan’s own, make of the plan: when a refresh pays, and how many accelerators of a later year do its work. */
export function PlanOutlook({ plan, report, catalogue }: SectionProps) {
  const outlook = planOutlook(plan, report, catalogue.assumptions);
  if (outlook === null) return null;
  const hasOwn = Object.keys(trendsOf(plan)).length > 0;
  const last = outlook.years.at(-1);
  return (
    <section className={classes.outlook} aria-labelledby="plan-outlook">
      <h3 className={classes.title} id="plan-outlook">
        Outlook: growth and refresh
      </h3>
      <p className={classes.quiet}>
        {hasOwn ? 'Trends of this plan and published ones' : 'Published trends'} of chips, prices
        and demand, carried forward. They may bend: the ranges take the ends of all published ones
        at once.
      </p>
      <FigureTable
        caption="Refresh"
        figures={[
          outlook.refreshYears,
          ...(last === undefined ? [] : [last.sameWork, last.growingWork]),
        ]}
      />
      <DataTable
        caption="Accelerators of the year’s own kind"
        columns={[
          { key: 'year', title: 'Year' },
          { key: 'same', title: 'Same work', isNumber: true },
          { key: 'growing', title: 'Growing as the world', isNumber: true },
        ]}
        rows={outlook.years.map(({ year, sameWork, growingWork }) => [
          String(year),
          figureCell(sameWork),
          figureCell(growingWork),
        ])}
      />
    </section>
  );
}
