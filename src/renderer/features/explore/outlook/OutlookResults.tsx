import { Button } from '@mantine/core';
import { withTrends } from '@engine/outlook/plan-outlook';
import { limitKeys, limitNames, limitYears } from '@engine/outlook/limits';
import { scenarioFigures, trendKeys } from '@engine/outlook/scenarios';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { memo, useMemo, useState } from 'react';
import { Plot } from '../../../report/chart/Plot';
import { marksAt, type PlotAxis } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { ChapterFoot } from '../ChapterFoot';
import explore from '../explore.module.css';
import { DrawnFrom, FactText, From } from '../From';
import { firstTrainingChoice } from '../training/training-choice';
import { trainingPlan } from '../training/training-run';
import {
  limitMarks,
  outlookChoice,
  outlookCurves,
  outlookTitle,
  ownTrends,
  trendSliders,
  type OutlookChoice,
} from './outlook-choice';

const { assumptions } = bundledCatalogue;
const scenarioNames = ['fixed', 'frontier', 'fleet', 'power', 'spending'] as const;
const factKeys = [
  ...trendSliders.map(({ name }) => trendKeys[name]),
  ...limitNames.map((name) => limitKeys[name]),
  'outlook.largestRun',
  'outlook.feasibleRun',
];

interface OutlookResultsProps {
  readonly choice: OutlookChoice;
}

/** The needs after so many years, the curves with the limits on them, and the answer in words. */
export const OutlookResults = memo(function OutlookResults({ choice }: OutlookResultsProps) {
  const { locale } = useReport();
  const own = useMemo(() => ownTrends(choice), [choice]);
  const [openedMs] = useState(Date.now);
  const curves = outlookCurves(own);
  const times = (value: number) => `${formatValue(value, '1', locale)} ×`;
  const up: PlotAxis = {
    label: 'Times today',
    isLog: true,
    text: (value) => formatValue(value, '1', locale),
    read: times,
  };
  const figures = scenarioNames.map(
    (name) => scenarioFigures(name, assumptions, own, choice.years).after,
  );
  const limits = limitNames.map((name) => limitYears(name, assumptions, own, openedMs));
  return (
    <>
      <FigureGrid figures={figures} />
      <DrawnFrom origin={`figure:${figures[2]?.key ?? ''}`}>
        <div className={explore.chart}>
          <Plot
            title={outlookTitle(own, locale)}
            description="Times today’s need. The bands take the ends of all published ranges at once; the vertical axis grows by factors. Squares are limits, where the largest run would meet them."
            x={{
              label: 'Years from now',
              isLog: false,
              text: (value) => formatValue(value, '1', locale),
            }}
            y={up}
            series={curves}
            marks={[...marksAt(curves, choice.years, up), ...limitMarks(own, openedMs)]}
          />
        </div>
      </DrawnFrom>
      <FigureGrid figures={limits} />
      <ChapterFoot
        plan={() => withTrends(trainingPlan(firstTrainingChoice), own)}
        planLabel="Open a large run as a plan"
        figures={[...figures, ...limits]}
        factKeys={factKeys}
      >
        <p>
          <From origin={`figure:${figures[0]?.key ?? ''}`}>{outlookTitle(own, locale)}. </From>
          Better chips and methods make each job smaller; whether AI as a whole needs more depends
          on how fast the jobs grow and multiply.
        </p>
        <p>
          Trends end. Sources name power, chips, data and the time signals take as limits, and hold
          a single run of <FactText factKey="outlook.feasibleRun" /> to be feasible by the end of
          the decade. The limits are marked, but bend no curve. Open a plan to see what the same
          trends do to its own accelerators: its timeline tells when a refresh pays. A plan opened
          here takes your trends along.
        </p>
        <Button variant="subtle" size="compact-xs" onClick={outlookChoice.reset}>
          Published trends
        </Button>
      </ChapterFoot>
    </>
  );
});
