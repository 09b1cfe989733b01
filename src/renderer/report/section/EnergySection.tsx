import { FigureTable } from '../figure/FigureTable';
import { FiguresBeside } from '../figure/FiguresBeside';
import { FigureGrid } from '../figure/FigureGrid';
import { formatValue } from '@shared/format/value';
import { useReport } from '../report-context';
import { CapFitTable } from '../facility/CapFitTable';
import { Section, SectionEmpty, SectionPart } from './Section';
import { SeveralSites } from '../facility/SeveralSites';
import type { SectionProps } from './section-props';
import type { Site } from '@engine/plan';

interface EnergySectionProps extends SectionProps {
  /** only this site; every site when left out */
  readonly siteId?: string;
}

/** Power, energy, carbon and the electricity bill of the sites. */
export function EnergySection({ plan, report, catalogue, siteId }: EnergySectionProps) {
  const { locale, mode } = useReport();
  const sites = plan.sites.filter(({ id }) => siteId === undefined || id === siteId);
  const chains = sites.flatMap(({ id, name }) => {
    const chain = report.sites.find((candidate) => candidate.siteId === id)?.powerChain;
    return chain === undefined ? [] : [{ name, figures: Object.values(chain) }];
  });
  // On paper the chains of several sites stand in one table, a column for each.
  const isBeside = mode === 'print' && chains.length > 1;
  return (
    <Section title="Energy" catalogue={catalogue}>
      {sites.length > 1 && <SeveralSites plan={plan} report={report} />}
      {sites.length === 0 && <SectionEmpty>The plan has no site.</SectionEmpty>}
      {sites.map((site) => {
        const result = report.sites.find((candidate) => candidate.siteId === site.id);
        return (
          result !== undefined && (
            <SectionPart
              key={site.id}
              title={site.name}
              lead={siteLead(
                site,
                catalogue.regions.get(site.regionId)?.name ?? site.regionId,
                locale,
              )}
            >
              <FigureGrid
                figures={[
                  result.itPowerKw,
                  result.facilityPowerKw,
                  result.energyMwhPerYear,
                  result.electricityUsdPerYear,
                  result.carbonTonnesPerYear,
                  result.carbonMarketTonnesPerYear,
                  result.embodiedTonnesPerYear,
                  result.waterCubicMetresPerYear,
                  ...(site.demandChargeUsdPerKwMonth ? [result.demandChargeUsdPerYear] : []),
                ]}
              />
              {!isBeside && (
                <FigureTable caption="Power chain" figures={Object.values(result.powerChain)} />
              )}
              {result.capFits.length > 0 && <CapFitTable fits={result.capFits} />}
            </SectionPart>
          )
        );
      })}
      {isBeside && <FiguresBeside caption="Power chain" subjects={chains} />}
    </Section>
  );
}

function siteLead(site: Site, region: string, locale: string): string {
  const effectiveness = formatValue(site.powerUsageEffectiveness.value, '', locale);
  const price = formatValue(site.electricityUsdPerKwh.value, 'USD/kWh', locale);
  const carbon = formatValue(site.gridGramsCo2PerKwh.value, 'g CO2e/kWh', locale);
  const cap =
    site.powerCapKw === null
      ? ''
      : ` At most ${formatValue(site.powerCapKw.value, 'kW', locale)} may be drawn.`;
  return `${region}: power usage effectiveness ${effectiveness}, electricity at ${price}, grid at ${carbon}.${cap}`;
}
