import { SegmentedControl } from '@mantine/core';
import { useDeferredValue } from 'react';
import { Chapter } from '../Chapter';
import { useChoice } from '../choice';
import { ChoiceSlider } from '../ChoiceSlider';
import { processorsChapter } from '../explore-chapters';
import { Term } from '../glossary/Term';
import {
  answersRange,
  gpusRange,
  modelName,
  processorsChoice,
  sequencesRange,
} from './processors-choice';
import { ProcessorsResults } from './ProcessorsResults';

/** Why CPUs are not enough: the same work from one core to a cluster, as a race that can be held. */
export function ProcessorsChapter() {
  const choice = useChoice(processorsChoice);
  const settled = useDeferredValue(choice);
  const { change } = processorsChoice;
  return (
    <Chapter
      chapter={processorsChapter}
      lead={
        <>
          <p>
            A language model is mostly one operation: multiply two numbers and add the result to a
            sum, billions of times for every <Term id="token">token</Term>. Few of these sums wait
            for one another, so that most of them can be worked out side by side.
          </p>
          <p>
            A CPU spends its area on finishing one chain of instructions early: few cores, each with
            much control and cache. A GPU spends it on many simple arithmetic units and on wide
            memory that keeps them fed. Here both get the same work with {modelName}.
          </p>
        </>
      }
      controls={
        <>
          {choice.kind === 'answers' ? (
            <ChoiceSlider
              name="answers"
              range={answersRange}
              value={choice.answers}
              onChange={change}
            />
          ) : (
            <ChoiceSlider
              name="sequences"
              range={sequencesRange}
              value={choice.sequences}
              onChange={change}
            />
          )}
          <ChoiceSlider name="gpus" range={gpusRange} value={choice.gpus} onChange={change} />
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
        onChange={(kind) => change('kind', kind === 'answers' ? 'answers' : 'training step')}
      />
      <ProcessorsResults choice={settled} />
    </Chapter>
  );
}
