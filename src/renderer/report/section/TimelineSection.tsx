import { dayCell, figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { FigureGrid } from '../figure/FigureGrid';
import { PlanOutlook } from '../outlook/PlanOutlook';
import { CapacityChart } from '../timeline/CapacityChart';
import { GanttChart } from '../timeline/GanttChart';
import { Section, SectionEmpty } from './Section';
import type { SectionProps } from './section-props';

/** When what can be in service, whether demand outgrows it, and what waiting costs. */
export function TimelineSection({ plan, report, catalogue }: SectionProps) {
  const { timeline } = report;
  const nameOf = (id: string) => plan.clusters.find((cluster) => cluster.id === id)?.name ?? id;
  const isLate = timeline.schedules.some(({ delayMonths }) => delayMonths > 0);
  return (
    <Section title="Timeline" catalogue={catalogue}>
      {timeline.schedules.length === 0 ? (
        <SectionEmpty>The plan has no cluster yet, so there is nothing to order.</SectionEmpty>
      ) : (
        <>
          {timeline.quarters.length > 1 && <CapacityChart timeline={timeline} />}
          {timeline.schedules.some(({ steps }) => steps.length > 0) && (
            <GanttChart plan={plan} timeline={timeline} />
          )}
          {isLate && <FigureGrid figures={[timeline.delayUsd]} />}
          <DataTable
            caption="Dates by cluster"
            columns={[
              { key: 'cluster', title: 'Cluster' },
              { key: 'months', title: 'Order to service', isNumber: true },
              { key: 'order', title: 'Order by' },
              { key: 'wanted', title: 'Wanted on' },
              { key: 'service', title: 'In service on' },
              { key: 'delay', title: 'Cost of the delay', isNumber: true },
            ]}
            rows={timeline.schedules.map((schedule) => [
              nameOf(schedule.clusterId),
              figureCell(schedule.monthsToService),
              dayCell(schedule.orderBy),
              dayCell(schedule.wantedOn),
              dayCell(schedule.inServiceOn),
              schedule.delayMonths > 0 ? figureCell(schedule.delayUsd) : 'in time',
            ])}
          />
          <PlanOutlook plan={plan} report={report} catalogue={catalogue} />
        </>
      )}
    </Section>
  );
}
