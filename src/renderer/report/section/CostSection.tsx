import type { Part } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { BreakdownBars } from '../chart/BreakdownBars';
import { CashFlowChart } from '../chart/CashFlowChart';
import { largestPart } from '../chart/parts';
import { FiguresBeside } from '../figure/FiguresBeside';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { useReport } from '../report-context';
import { BookValueTable, DifferenceTable, OfferTable, OptionTable } from './CostTables';
import { Section } from './Section';
import type { SectionProps } from './section-props';

/** What the plan costs in every way to get its accelerators, and when owning overtakes renting. */
export function CostSection({ plan, report, catalogue }: SectionProps) {
  const { locale } = useReport();
  const { cost } = report;
  const totals =
    plan.costs.acquisition === 'rent'
      ? [cost.rentUsdTotal, cost.buyUsdTotal]
      : [cost.buyUsdTotal, cost.rentUsdTotal];
  const years = formatValue(plan.costs.horizonYears.value, 'years', locale);
  const others = cost.options.filter(({ kind }) => kind !== 'rent' && kind !== 'buy');
  return (
    <Section title="Cost" catalogue={catalogue}>
      <FigureGrid
        figures={[
          ...totals,
          cost.usdPerAcceleratorHourRented,
          cost.usdPerAcceleratorHourBought,
          cost.breakEvenUtilisation,
          cost.breakEvenMonth,
          cost.netPresentValueUsd,
          cost.internalRateOfReturn,
        ]}
      />
      {cost.cashFlow.length > 1 && (
        <CashFlowChart points={cost.cashFlow} breakEvenMonth={cost.breakEvenMonth.value} />
      )}
      <OptionTable cost={cost} />
      {cost.options.map(({ kind, label, parts, isChosen }) => (
        <CostBreakdown key={kind} parts={parts} label={label} years={years} isChosen={isChosen} />
      ))}
      <DifferenceTable cost={cost} />
      <FigureTable
        caption="Owned"
        figures={[
          cost.capitalUsd,
          cost.operatingUsdPerYear,
          cost.depreciationUsdPerYear,
          cost.paybackMonth,
          cost.ownedShare,
          ...others.flatMap(({ totalUsd, usdPerAcceleratorHour }) => [
            totalUsd,
            usdPerAcceleratorHour,
          ]),
          ...cost.inCurrency,
        ]}
      />
      <BookValueTable cost={cost} />
      <FiguresBeside
        caption="Cost of a workload in every way"
        subjects={cost.workloads.map(({ workloadId, figures }) => ({
          name: plan.workloads.find(({ id }) => id === workloadId)?.name ?? workloadId,
          figures,
        }))}
      />
      <OfferTable cost={cost} plan={plan} />
    </Section>
  );
}

interface CostBreakdownProps {
  readonly parts: readonly Part[];
  readonly label: string;
  readonly years: string;
  readonly isChosen: boolean;
}

function CostBreakdown({ parts, label, years, isChosen }: CostBreakdownProps) {
  const { locale } = useReport();
  const largest = largestPart(parts);
  if (largest === null || parts.length < 2) return null;
  const share = formatValue(Math.round(largest.share * 100), '%', locale);
  return (
    <BreakdownBars
      title={`${label}: ${share} of the cost is “${largest.part.label}”`}
      description={`Over ${years}${isChosen ? ', as chosen in the plan' : ', for comparison'}.`}
      parts={parts}
    />
  );
}
