import { SegmentedControl } from '@mantine/core';
import { useDeferredValue } from 'react';
import { Chapter } from '../Chapter';
import { useChoice } from '../choice';
import { ChoiceSlider } from '../ChoiceSlider';
import { inferenceChapter } from '../explore-chapters';
import { Term } from '../glossary/Term';
import { inferenceChoice, sitesRange, usersRange, type ServiceKind } from './inference-choice';
import { InferenceResults } from './InferenceResults';

const kinds: readonly { readonly value: ServiceKind; readonly label: string }[] = [
  { value: 'prompts', label: 'Short prompts' },
  { value: 'assistants', label: 'Assistants that reason' },
  { value: 'images', label: 'Image generation' },
];

/** Inference also requires GPUs: from one user to a billion, over several datacentres, and what waiting feels like. */
export function InferenceChapter() {
  const choice = useChoice(inferenceChoice);
  const settled = useDeferredValue(choice);
  const { change } = inferenceChoice;
  return (
    <Chapter
      chapter={inferenceChapter}
      lead={
        <>
          <p>
            A model is trained once and used all day. One answer is little work. But it has to come
            at once, word by word, and the whole model must lie in fast memory all the time, even
            for a single user.
          </p>
          <p>
            Users then multiply it: a thousand share the same GPUs almost for free, because their
            words are worked out together. Millions need many such groups (
            <Term id="replica">replicas</Term>), and more of them in several places, so that one can
            fail.
          </p>
        </>
      }
      controls={
        <>
          <ChoiceSlider name="users" range={usersRange} value={choice.users} onChange={change} />
          <ChoiceSlider name="sites" range={sitesRange} value={choice.sites} onChange={change} />
        </>
      }
    >
      <SegmentedControl
        aria-label="Service"
        size="xs"
        mb="md"
        data={[...kinds]}
        value={choice.kind}
        onChange={(kind) => change('kind', kind)}
      />
      <InferenceResults choice={settled} />
    </Chapter>
  );
}
