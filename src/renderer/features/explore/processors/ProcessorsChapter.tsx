import { Button, SegmentedControl } from '@mantine/core';
import { compareProcessors } from '@engine/processors/compare-processors';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { useMemo, useState } from 'react';
import { createPlanAndOpen } from '../../../app/create-plan';
import { FigureGrid } from '../../../report/figure/FigureGrid';
import { useReport } from '../../../report/report-context';
import { processorsChapter } from '../explore-chapters';
import explore from '../explore.module.css';
import { ExploreSection } from '../ExploreSection';
import { nearestStep } from '../steps';
import { StepSlider } from '../StepSlider';
import { RaceChart } from './RaceChart';
import {
  answerSteps,
  firstProcessorsChoice,
  gpuSteps,
  jobOf,
  machinesOf,
  modelName,
  processorsPlan,
  sequenceSteps,
  type ProcessorsChoice,
} from './processors-choice';
import classes from './processors.module.css';
import { raceTitle, reasonText } from './processors-text';

/** Why CPUs are not enough: the same work from one core to a cluster, as a race that can be held. */
export function ProcessorsChapter() {
  const { locale } = useReport();
  const [choice, setChoice] = useState<ProcessorsChoice>(firstProcessorsChoice);
  const [shown, setShown] = useState(5);
  const change = (changes: Partial<ProcessorsChoice>) => setChoice({ ...choice, ...changes });
  const { answers } = useMemo(
    () => compareProcessors(jobOf(choice), machinesOf(choice), bundledCatalogue),
    [choice],
  );
  const isAnswers = choice.kind === 'answers';
  const amount = isAnswers ? answerSteps : sequenceSteps;
  const count = (value: number) => formatValue(value, '', locale);
  const [core, cpu, , , gpu, pace] = answers;
  const figures = answers[shown];
  return (
    <ExploreSection
      chapter={processorsChapter}
      lead={
        <>
          <p>
            A language model is mostly one operation: multiply two numbers and add the result to a
            sum, billions of times for every token. Few of these sums wait for one another, so that
            most of them can be worked out side by side.
          </p>
          <p>
            A CPU spends its area on finishing one chain of instructions early: few cores, each with
            much control and cache. A GPU spends it on many simple arithmetic units and on wide
            memory that keeps them fed. Here both get the same work with {modelName}.
          </p>
        </>
      }
    >
      <SegmentedControl
        aria-label="Work"
        size="xs"
        mb="md"
        data={[
          { value: 'answers', label: 'Give answers' },
          { value: 'training step', label: 'Train for one step' },
        ]}
        value={choice.kind}
        onChange={(kind) => change({ kind: kind === 'answers' ? 'answers' : 'training step' })}
      />
      <div className={explore.sliders}>
        <StepSlider
          label={isAnswers ? 'Answers asked at once' : 'Sequences in the step'}
          count={amount.length}
          step={nearestStep(amount, isAnswers ? choice.answers : choice.sequences)}
          textOf={(step) => count(amount[step] ?? 1)}
          onChange={(step) =>
            change(isAnswers ? { answers: amount[step] ?? 1 } : { sequences: amount[step] ?? 256 })
          }
        />
        <StepSlider
          label="GPUs that set the pace"
          count={gpuSteps.length}
          step={nearestStep(gpuSteps, choice.gpus)}
          textOf={(step) => count(gpuSteps[step] ?? 8)}
          onChange={(step) => change({ gpus: gpuSteps[step] ?? 8 })}
        />
      </div>
      {pace !== undefined && (
        <div className={classes.chart}>
          <RaceChart title={raceTitle(core, pace, locale)} answers={answers} pace={pace} />
        </div>
      )}
      <SegmentedControl
        aria-label="Machine whose figures are shown"
        size="xs"
        mb="sm"
        fullWidth
        data={['1 core', '1 CPU', '2 CPUs', '128 CPUs', '1 H100', `${count(choice.gpus)} H100`].map(
          (label, index) => ({ value: String(index), label }),
        )}
        value={String(shown)}
        onChange={(index) => setShown(Number(index))}
      />
      {figures !== undefined && (
        <FigureGrid
          figures={[
            figures.seconds,
            figures.usd,
            figures.kilowattHours,
            figures.speedUp,
            figures.lanes,
            figures.matrixTflops,
            figures.memoryBandwidthTbps,
            figures.reached,
          ]}
        />
      )}
      <div className={explore.after}>
        <p className={explore.quiet}>
          {cpu !== undefined && gpu !== undefined && reasonText(cpu, gpu, locale)}
        </p>
        <Button
          variant="default"
          size="xs"
          onClick={() => void createPlanAndOpen(processorsPlan(choice))}
        >
          Open this as a plan
        </Button>
      </div>
    </ExploreSection>
  );
}
