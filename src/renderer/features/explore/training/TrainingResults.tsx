import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { memo, useState } from 'react';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { ChapterFoot } from '../ChapterFoot';
import explore from '../explore.module.css';
import { DrawnFrom, From } from '../From';
import { DaysChart } from './DaysChart';
import { publishedDays, publishedModelIds, publishedRun } from './published-runs';
import { PublishedRuns } from './PublishedRuns';
import { useTrainingAnswers } from './training-answers';
import { acceleratorsPerNode, type TrainingChoice } from './training-choice';
import { curveQuestions, knownDaysCurve, trainingPlan, trainingRun } from './training-run';
import { daysTitle, scalingText } from './training-text';

interface TrainingResultsProps {
  readonly choice: TrainingChoice;
}

/** What follows from the choice; while a layout is searched in another thread, what followed from the last one. */
export const TrainingResults = memo(function TrainingResults({ choice }: TrainingResultsProps) {
  const isAnswered = useTrainingAnswers('training', curveQuestions(choice));
  const [shown, setShown] = useState<TrainingChoice | null>(null);
  if (isAnswered && shown !== choice) setShown(choice);
  if (shown === null) return <p className={explore.waiting}>Searching the fastest layout …</p>;
  return <Answered choice={shown} />;
});

function Answered({ choice }: TrainingResultsProps) {
  const { locale } = useReport();
  const run = trainingRun(choice);
  const points = knownDaysCurve(choice);
  const accelerators = choice.nodes * acceleratorsPerNode;
  const chosen = points.find((point) => point.accelerators === accelerators) ?? null;
  const name = bundledCatalogue.models.get(choice.modelId)?.name ?? choice.modelId;
  const figures =
    run === null || chosen === null
      ? []
      : [
          run.training.days,
          run.training.acceleratorHours,
          run.training.trainingFlop,
          run.training.modelFlopsUtilisation,
          run.training.energyMwh,
          run.training.costUsd,
        ];
  const origin = `figure:${run?.training.days.key ?? 'training.days'}` as const;
  return (
    <>
      {figures.length > 0 && <FigureGrid figures={figures} />}
      <DrawnFrom origin={origin}>
        <div className={explore.chart}>
          {points.length > 0 && (
            <DaysChart
              title={daysTitle(name, points, chosen, locale)}
              points={points}
              chosen={chosen}
              published={markOf(choice, locale)}
            />
          )}
        </div>
      </DrawnFrom>
      <PublishedRuns />
      <ChapterFoot
        plan={() => trainingPlan(choice)}
        figures={figures}
        factKeys={publishedModelIds.map((id) => `run.${id}.acceleratorHours`)}
      >
        <From origin={origin}>
          {chosen === null &&
            `${name} does not fit on ${formatValue(accelerators, '', locale)} H100. `}
          {run !== null && chosen !== null && `${run.training.decomposition}. `}
          {scalingText(points, chosen)}
        </From>
      </ChapterFoot>
    </>
  );
}

/** The published run of the chosen model where it ran on the same part: on another the two do not compare. */
function markOf(choice: TrainingChoice, locale: string) {
  const published = publishedRun(choice.modelId);
  const days = publishedDays(published, choice.tokens);
  if (days === null || !published?.accelerators || published.part !== 'H100') return null;
  return {
    accelerators: published.accelerators.value,
    days,
    text: `Published: ${formatValue(days, 'days', locale)}`,
  };
}
