import type { Part } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { BreakdownBars } from '../chart/BreakdownBars';
import { CashFlowChart } from '../chart/CashFlowChart';
import { largestPart } from '../chart/parts';
import { FigureGrid } from '../figure/FigureGrid';
import { FigureTable } from '../figure/FigureTable';
import { useReport } from '../report-context';
import { Section } from './Section';
import type { SectionProps } from './section-props';

/** What the plan costs, rented and bought, and when one overtakes the other. */
export function CostSection({ plan, report, catalogue }: SectionProps) {
  const { locale } = useReport();
  const { cost } = report;
  const chosen = plan.costs.acquisition === 'rent' ? 'Renting' : 'Buying';
  const totals =
    plan.costs.acquisition === 'rent'
      ? [cost.rentUsdTotal, cost.buyUsdTotal]
      : [cost.buyUsdTotal, cost.rentUsdTotal];
  const years = formatValue(plan.costs.horizonYears.value, 'years', locale);
  return (
    <Section title="Cost" catalogue={catalogue}>
      <FigureGrid
        figures={[
          ...totals,
          cost.usdPerAcceleratorHourRented,
          cost.usdPerAcceleratorHourBought,
          cost.breakEvenUtilisation,
          cost.breakEvenMonth,
        ]}
      />
      {cost.cashFlow.length > 1 && (
        <CashFlowChart points={cost.cashFlow} breakEvenMonth={cost.breakEvenMonth.value} />
      )}
      <CostBreakdown
        parts={cost.buyParts}
        verb="Buying"
        years={years}
        isChosen={chosen === 'Buying'}
      />
      <CostBreakdown
        parts={cost.rentParts}
        verb="Renting"
        years={years}
        isChosen={chosen === 'Renting'}
      />
      <FigureTable caption="Bought" figures={[cost.capitalUsd, cost.operatingUsdPerYear]} />
    </Section>
  );
}

interface CostBreakdownProps {
  readonly parts: readonly Part[];
  readonly verb: string;
  readonly years: string;
  readonly isChosen: boolean;
}

function CostBreakdown({ parts, verb, years, isChosen }: CostBreakdownProps) {
  const { locale } = useReport();
  const largest = largestPart(parts);
  if (largest === null || parts.length < 2) return null;
  const share = formatValue(Math.round(largest.share * 100), '%', locale);
  return (
    <BreakdownBars
      title={`${verb}: ${share} of the cost is “${largest.part.label}”`}
      description={`Over ${years}${isChosen ? ', as chosen in the plan' : ', for comparison'}.`}
      parts={parts}
    />
  );
}
