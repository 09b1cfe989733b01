import type { SpreadTrainingReport } from '@engine/facility/sites/spread-training';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { FigureGrid } from '../figure/FigureGrid';
import { useReport } from '../report-context';
import { SectionPart } from '../section/Section';

interface SeveralSitesProps {
  readonly plan: Plan;
  readonly report: Report;
}

/** The sites beside one another, the ways between them, and what is left when one is lost. */
export function SeveralSites({ plan, report }: SeveralSitesProps) {
  const { links, losses, spreadJobs } = report.severalSites;
  const nameOf = (id: string): string =>
    [...plan.sites, ...plan.workloads].find((part) => part.id === id)?.name ?? id;
  const lossOf = new Map(losses.map((loss) => [loss.siteId, loss]));
  const costOf = new Map(report.cost.sites.map(({ siteId, totalUsd }) => [siteId, totalUsd]));
  return (
    <>
      <SectionPart title="All sites">
        <DataTable
          caption="Size, power, emissions and cost by site"
          columns={[
            { key: 'site', title: 'Site' },
            { key: 'share', title: 'Share of accelerators', isNumber: true },
            { key: 'power', title: 'Power', isNumber: true },
            { key: 'electricity', title: 'Electricity per year', isNumber: true },
            { key: 'carbon', title: 'Emissions', isNumber: true },
            { key: 'cost', title: 'Total cost', isNumber: true },
          ]}
          rows={report.sites.map((site) => {
            const [loss, total] = [lossOf.get(site.siteId), costOf.get(site.siteId)];
            return [
              nameOf(site.siteId),
              loss === undefined ? 'none' : figureCell(loss.shareLost),
              figureCell(site.facilityPowerKw),
              figureCell(site.electricityUsdPerYear),
              figureCell(site.carbonTonnesPerYear),
              total === undefined ? 'none' : figureCell(total),
            ];
          })}
        />
        {losses.length > 0 && (
          <DataTable
            caption="When one site is lost at the busiest moment"
            columns={[
              { key: 'site', title: 'Lost site' },
              { key: 'accelerators', title: 'Accelerators', isNumber: true },
              { key: 'requests', title: 'Peak requests', isNumber: true },
              { key: 'taken', title: 'Taken over', isNumber: true },
              { key: 'unserved', title: 'Unserved', isNumber: true },
              { key: 'stopped', title: 'Training that stops' },
            ]}
            rows={losses.map((loss) => [
              nameOf(loss.siteId),
              figureCell(loss.acceleratorsLost),
              figureCell(loss.requestsLost),
              figureCell(loss.requestsTakenOver),
              figureCell(loss.requestsUnserved),
              loss.stoppedWorkloadIds.map(nameOf).join(', ') || 'none',
            ])}
          />
        )}
        {links.length > 0 && (
          <DataTable
            caption="Links between sites"
            columns={[
              { key: 'sites', title: 'Between' },
              { key: 'rate', title: 'Rate', isNumber: true },
              { key: 'route', title: 'Route', isNumber: true },
              { key: 'trip', title: 'Round trip in the fibre', isNumber: true },
            ]}
            rows={links.map((link) => [
              `${nameOf(link.fromSiteId)} and ${nameOf(link.toSiteId)}`,
              figureCell(link.gbps),
              figureCell(link.routeKm),
              figureCell(link.roundTripMs),
            ])}
          />
        )}
      </SectionPart>
      {spreadJobs.map((job) => (
        <SpreadJobPart key={job.workloadId} job={job} nameOf={nameOf} />
      ))}
    </>
  );
}

interface SpreadJobProps {
  readonly job: SpreadTrainingReport;
  readonly nameOf: (id: string) => string;
}

/** A training job over several sites, and what the links cost it. */
function SpreadJobPart({ job, nameOf }: SpreadJobProps) {
  const { locale } = useReport();
  const share = formatFigure(job.exchangeShare, locale);
  const speed = formatFigure(job.speedUp, locale);
  const where = job.siteIds.map(nameOf).join(' and ');
  return (
    <SectionPart
      title={`${nameOf(job.workloadId)}: over ${where}`}
      lead={
        share.reason ??
        `The exchange of gradients takes ${share.text} of the time; the job is ${speed.number} times as fast as on its own cluster.`
      }
    >
      <FigureGrid
        figures={[
          job.accelerators,
          job.exchangeSeconds,
          job.stepSeconds,
          job.exchangeShare,
          job.days,
          job.stepsPerExchange,
        ]}
      />
    </SectionPart>
  );
}
