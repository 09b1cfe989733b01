import { assumptionOf } from '@engine/catalogue/assumption';
import { Button } from '@mantine/core';
import { scenarioFigures, trendKeys, type OwnTrends } from '@engine/outlook/scenarios';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { useState } from 'react';
import { createPlanAndOpen } from '../../../app/create-plan';
import { Plot } from '../../../report/chart/Plot';
import { marksAt, type PlotAxis } from '../../../report/chart/plot';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { SourceChip } from '../../../report/source/SourceChip';
import { outlookChapter } from '../explore-chapters';
import explore from '../explore.module.css';
import { ExploreSection } from '../ExploreSection';
import { nearestStep } from '../steps';
import { StepSlider } from '../StepSlider';
import { firstTrainingChoice } from '../training/training-choice';
import { trainingPlan } from '../training/training-run';
import {
  catalogueTrend,
  outlookCurves,
  outlookTitle,
  outlookYears,
  trendSliders,
} from './outlook-choice';
import classes from './outlook.module.css';

const { assumptions } = bundledCatalogue;

/** Will AI always need so many GPUs? Three needs over the years, from published trends or the reader's own. */
export function OutlookChapter() {
  const { locale } = useReport();
  const [own, setOwn] = useState<OwnTrends>({});
  const [years, setYears] = useState(4);
  const curves = outlookCurves(own);
  const times = (value: number) => `${formatValue(value, '1', locale)} ×`;
  const timesToday: PlotAxis = {
    label: 'Times today',
    isLog: true,
    text: (value) => formatValue(value, '1', locale),
    read: times,
  };
  const limit = assumptionOf(assumptions, 'outlook.feasibleRun');
  return (
    <ExploreSection
      chapter={outlookChapter}
      lead={
        <>
          <p>
            Chips become faster, and methods make more of the same computing. If all else stood
            still, what needs a thousand GPUs today would need far fewer in a few years.
          </p>
          <p>
            All else does not stand still: the computing put into the largest models, and the stock
            of AI chips in the world, have grown faster than chips improve. Whether it goes on
            depends on the trends below. Each starts at its published value; move one and its range
            gives way to yours.
          </p>
        </>
      }
    >
      <div className={explore.sliders}>
        {trendSliders.map(({ name, label, steps }) => {
          const text = (step: number) => `${times(steps[step] ?? 1)} a year`;
          return (
            <StepSlider
              key={name}
              label={label}
              count={steps.length}
              step={nearestStep(steps, own[name] ?? catalogueTrend(name))}
              textOf={text}
              onChange={(step) => setOwn({ ...own, [name]: steps[step] ?? 1 })}
            />
          );
        })}
        <StepSlider
          label="Look ahead"
          count={outlookYears.length}
          step={nearestStep(outlookYears, years)}
          textOf={(step) => formatValue(outlookYears[step] ?? 1, 'years', locale)}
          onChange={(step) => setYears(outlookYears[step] ?? 1)}
        />
      </div>
      <FigureGrid
        figures={(['fixed', 'frontier', 'fleet', 'power'] as const).map(
          (name) => scenarioFigures(name, assumptions, own, years).after,
        )}
      />
      <div className={classes.chart}>
        <Plot
          title={outlookTitle(own, locale)}
          description="Times today’s need. The bands take the ends of all published ranges at once; the vertical axis grows by factors."
          x={{
            label: 'Years from now',
            isLog: false,
            text: (value) => formatValue(value, '1', locale),
          }}
          y={timesToday}
          series={curves}
          marks={marksAt(curves, years, timesToday)}
        />
      </div>
      <div className={explore.after}>
        <p className={explore.quiet}>
          Trends end. Sources name power, chips, data and the time signals take as limits, and hold
          a single run of {formatValue(limit.value, limit.unit, locale)} to be feasible by 2030.
          Runs cannot grow longer for ever either. None of these limits bends the curves here.{' '}
          <SourceChip sourceId={limit.source} fact={limit} />
        </p>
        <Button variant="default" size="xs" onClick={() => setOwn({})}>
          Published trends
        </Button>
        <Button
          variant="default"
          size="xs"
          onClick={() => void createPlanAndOpen(trainingPlan(firstTrainingChoice))}
        >
          Open a large run as a plan
        </Button>
      </div>
      <p className={explore.quiet}>
        {trendSliders.map(({ name }) => {
          const fact = assumptionOf(assumptions, trendKeys[name]);
          return <SourceChip key={name} sourceId={fact.source} fact={fact} />;
        })}
      </p>
    </ExploreSection>
  );
}
