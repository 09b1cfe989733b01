import { Button, SegmentedControl } from '@mantine/core';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { useState } from 'react';
import { createPlanAndOpen } from '../../../app/create-plan';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { SourceChip } from '../../../report/source/SourceChip';
import { trainingChapter } from '../explore-chapters';
import explore from '../explore.module.css';
import { ExploreSection } from '../ExploreSection';
import { nearestStep } from '../steps';
import { StepSlider } from '../StepSlider';
import { DaysChart } from './DaysChart';
import {
  acceleratorsPerNode,
  batchSteps,
  firstTrainingChoice,
  nodeSteps,
  tokenSteps,
  trainingModels,
  type TrainingChoice,
} from './training-choice';
import classes from './training.module.css';
import { daysCurve, publishedRun, trainingPlan, trainingRun } from './training-run';
import { daysTitle, publishedDays, scalingText, yearsAlone } from './training-text';

/** Training large models: drag the model, its tokens and the GPUs, and weeks and months follow. */
export function TrainingChapter() {
  const { locale } = useReport();
  const [choice, setChoice] = useState<TrainingChoice>(firstTrainingChoice);
  const change = (changes: Partial<TrainingChoice>) => setChoice({ ...choice, ...changes });
  const run = trainingRun(choice);
  const points = daysCurve(choice);
  const accelerators = choice.nodes * acceleratorsPerNode;
  const chosen = points.find((point) => point.accelerators === accelerators) ?? null;
  const name = bundledCatalogue.models.get(choice.modelId)?.name ?? choice.modelId;
  const scaling = scalingText(points, chosen);
  const [small, large] = [
    yearsAlone(publishedRun('llama-3.1-8b')),
    yearsAlone(publishedRun('llama-3.1-405b')),
  ];
  return (
    <ExploreSection
      chapter={trainingChapter}
      lead={
        <>
          <p>
            A language model learns by reading. Every token it reads costs about six operations for
            each of its parameters: two to predict, four to learn from the mistake.
          </p>
          <p>
            Parameters times tokens is what makes the sum so large.{' '}
            {small !== null &&
              large !== null &&
              `What the makers state for Llama 3.1 would keep one H100 busy for ${formatValue(small, 'years', locale)} with 8 billion parameters and for ${formatValue(large, 'years', locale)} with 405 billion. `}
            So the reading is shared out, and after every step all accelerators exchange what they
            have learned.
          </p>
        </>
      }
    >
      <SegmentedControl
        aria-label="Model"
        size="xs"
        mb="md"
        fullWidth
        data={trainingModels.map((model) => ({ value: model.id, label: model.name }))}
        value={choice.modelId}
        onChange={(modelId) => change({ modelId })}
      />
      <div className={explore.sliders}>
        <StepSlider
          label="H100 accelerators"
          count={nodeSteps.length}
          step={nearestStep(nodeSteps, choice.nodes)}
          textOf={(step) => formatValue((nodeSteps[step] ?? 1) * acceleratorsPerNode, '', locale)}
          onChange={(step) => change({ nodes: nodeSteps[step] ?? 1 })}
        />
        <StepSlider
          label="Tokens to learn from"
          count={tokenSteps.length}
          step={nearestStep(tokenSteps, choice.tokens)}
          textOf={(step) => formatValue(tokenSteps[step] ?? 1, '', locale)}
          onChange={(step) => change({ tokens: tokenSteps[step] ?? 1 })}
        />
        <StepSlider
          label="Tokens per step"
          count={batchSteps.length}
          step={nearestStep(batchSteps, choice.batchTokens)}
          textOf={(step) => formatValue(batchSteps[step] ?? 1, '', locale)}
          onChange={(step) => change({ batchTokens: batchSteps[step] ?? 1 })}
        />
      </div>
      {run !== null && chosen !== null && (
        <FigureGrid
          figures={[
            run.training.days,
            run.training.acceleratorHours,
            run.training.trainingFlop,
            run.training.modelFlopsUtilisation,
            run.training.energyMwh,
            run.training.rentUsd,
          ]}
        />
      )}
      <div className={classes.chart}>
        {points.length > 0 && (
          <DaysChart
            title={daysTitle(name, points, chosen, locale)}
            points={points}
            chosen={chosen}
            published={markOf(choice, locale)}
          />
        )}
      </div>
      <div className={explore.after}>
        <p className={explore.quiet}>
          {chosen === null &&
            `${name} does not fit on ${formatValue(accelerators, '', locale)} H100. `}
          {run !== null && chosen !== null && `${run.training.decomposition}. `}
          {scaling}
        </p>
        <Button
          variant="default"
          size="xs"
          onClick={() => void createPlanAndOpen(trainingPlan(choice))}
        >
          Open this as a plan
        </Button>
      </div>
      <Published choice={choice} />
    </ExploreSection>
  );
}

function markOf(choice: TrainingChoice, locale: string) {
  const published = publishedRun(choice.modelId);
  const days = publishedDays(published, choice.tokens);
  if (days === null || !published?.accelerators) return null;
  return {
    accelerators: published.accelerators.value,
    days,
    text: `Published: ${formatValue(days, 'days', locale)}`,
  };
}

/** What the makers say the run took, for the tokens chosen, beside the prediction. */
function Published({ choice }: { readonly choice: TrainingChoice }) {
  const { locale } = useReport();
  const published = publishedRun(choice.modelId);
  if (published === null) return null;
  const accelerators = choice.nodes * acceleratorsPerNode;
  const predicted = daysCurve({ ...choice, tokens: published.tokens }).find(
    (point) => point.accelerators === accelerators,
  );
  return (
    <p className={explore.quiet}>
      Published for {formatValue(published.tokens, 'tokens', locale)}:{' '}
      {formatValue(published.hours.value, 'H100-hours', locale)}, later stages of training included.
      {predicted !== undefined &&
        ` The prediction for as many tokens with these settings: ${formatValue(predicted.days * 24 * accelerators, 'H100-hours', locale)}.`}{' '}
      <SourceChip sourceId={published.hours.source} fact={published.hours} />
    </p>
  );
}
