import { FigureGrid } from '../figure/FigureGrid';
import { FigureMatrix } from '../figure/FigureMatrix';
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
          <GanttChart plan={plan} timeline={timeline} />
          {isLate && <FigureGrid figures={[timeline.delayUsd]} />}
          <FigureMatrix
            caption="Dates by cluster"
            columns={[
              'Cluster',
              'Order to service',
              'Order by',
              'Wanted on',
              'In service on',
              'Cost of the delay',
            ]}
            rows={timeline.schedules.map((schedule) => ({
              key: schedule.clusterId,
              name: nameOf(schedule.clusterId),
              cells: [
                schedule.monthsToService,
                schedule.orderBy,
                schedule.wantedOn,
                schedule.inServiceOn,
                schedule.delayMonths > 0 ? schedule.delayUsd : 'in time',
              ],
            }))}
          />
        </>
      )}
    </Section>
  );
}
