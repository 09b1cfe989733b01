import type { SpreadTrainingReport } from '@engine/facility/sites/spread-training';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureMatrix } from '../figure/FigureMatrix';
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
        <FigureMatrix
          caption="Size, power, emissions and cost by site"
          columns={[
            'Site',
            'Share of the accelerators',
            'Facility power',
            'Electricity per year',
            'Emissions, location-based',
            'Total cost as planned',
          ]}
          rows={report.sites.map((site) => ({
            key: site.siteId,
            name: nameOf(site.siteId),
            cells: [
              lossOf.get(site.siteId)?.shareLost ?? 'none',
              site.facilityPowerKw,
              site.electricityUsdPerYear,
              site.carbonTonnesPerYear,
              costOf.get(site.siteId) ?? 'nothing stands there',
            ],
          }))}
        />
        {losses.length > 0 && (
          <FigureMatrix
            caption="When one site is lost at the busiest moment"
            columns={[
              'Lost site',
              'Accelerators',
              'Peak requests',
              'Taken over elsewhere',
              'Left unserved',
              'Training that stops',
            ]}
            rows={losses.map((loss) => ({
              key: loss.siteId,
              name: nameOf(loss.siteId),
              cells: [
                loss.acceleratorsLost,
                loss.requestsLost,
                loss.requestsTakenOver,
                loss.requestsUnserved,
                loss.stoppedWorkloadIds.map(nameOf).join(', ') || 'none',
              ],
            }))}
          />
        )}
        {links.length > 0 && (
          <FigureMatrix
            caption="Links between sites"
            columns={['Between', 'Rate', 'Route', 'Round trip in the fibre']}
            rows={links.map((link) => ({
              key: `${link.fromSiteId} ${link.toSiteId}`,
              name: `${nameOf(link.fromSiteId)} and ${nameOf(link.toSiteId)}`,
              cells: [link.gbps, link.routeKm, link.roundTripMs],
            }))}
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
