import { SegmentedControl } from '@mantine/core';
import { formatValue } from '@shared/format/value';
import { useDeferredValue } from 'react';
import { useReport } from '../../../report/report-context';
import { Chapter } from '../Chapter';
import { useChoice } from '../choice';
import { ChoiceSlider } from '../ChoiceSlider';
import { trainingChapter } from '../explore-chapters';
import { From } from '../From';
import { Term } from '../glossary/Term';
import { publishedRun } from './published-runs';
import {
  batchRange,
  nodesRange,
  tokensRange,
  trainingChoice,
  trainingModels,
} from './training-choice';
import { TrainingResults } from './TrainingResults';
import { yearsAlone } from './training-text';

/** Training large models: drag the model, its tokens and the GPUs, and weeks and months follow. */
export function TrainingChapter() {
  const choice = useChoice(trainingChoice);
  const settled = useDeferredValue(choice);
  const { change } = trainingChoice;
  return (
    <Chapter
      chapter={trainingChapter}
      lead={<TrainingLead />}
      controls={
        <>
          <ChoiceSlider name="nodes" range={nodesRange} value={choice.nodes} onChange={change} />
          <ChoiceSlider name="tokens" range={tokensRange} value={choice.tokens} onChange={change} />
          <ChoiceSlider
            name="batchTokens"
            range={batchRange}
            value={choice.batchTokens}
            onChange={change}
          />
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
        onChange={(modelId) => change('modelId', modelId)}
      />
      <TrainingResults choice={settled} />
    </Chapter>
  );
}

function TrainingLead() {
  const { locale } = useReport();
  const years = (modelId: string) =>
    formatValue(yearsAlone(publishedRun(modelId)) ?? Number.NaN, 'years', locale);
  return (
    <>
      <p>
        A language model learns by reading. For every <Term id="token">token</Term> that it reads,
        each of its <Term id="parameter">parameters</Term> takes part in a handful of operations:
        some to predict the next token, twice as many to learn from the mistake.
      </p>
      <p>
        Parameters times tokens is what makes the sum so large. By what its makers state, Llama 3.1
        would keep one H100 busy for{' '}
        <From origin="fact:run.llama-3.1-8b.acceleratorHours">{years('llama-3.1-8b')}</From> in its
        small form and for{' '}
        <From origin="fact:run.llama-3.1-405b.acceleratorHours">{years('llama-3.1-405b')}</From> in
        its large one. So the reading is shared out, and after every step all accelerators exchange
        what they have learned.
      </p>
    </>
  );
}
