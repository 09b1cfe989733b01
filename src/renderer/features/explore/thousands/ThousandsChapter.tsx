import { useDeferredValue } from 'react';
import { Chapter } from '../Chapter';
import { useChoice } from '../choice';
import { ChoiceSlider } from '../ChoiceSlider';
import { thousandsChapter } from '../explore-chapters';
import { Term } from '../glossary/Term';
import { clusterRange, networkRange, recoveryRange, thousandsChoice } from './thousands-run';
import { ThousandsResults } from './ThousandsResults';

/** Why companies deploy thousands of GPUs: what the network between them is for, and what failures take. */
export function ThousandsChapter() {
  const choice = useChoice(thousandsChoice);
  const settled = useDeferredValue(choice);
  const { change } = thousandsChoice;
  return (
    <Chapter
      chapter={thousandsChapter}
      lead={
        <>
          <p>
            A run that would take one GPU thousands of years has to be shared by thousands of them,
            and a model of that size does not fit into one. Many GPUs alone are not a computer,
            though: after every step each needs what the others have learned.
          </p>
          <p>
            Slow the network down and the GPUs wait for one another. Add more of them and something
            breaks more often; the whole run then stops and goes back to its last{' '}
            <Term id="checkpoint">checkpoint</Term>. The run is that of Llama 3.1 405B.
          </p>
        </>
      }
      controls={
        <>
          <ChoiceSlider
            name="gigabitsPerSecond"
            range={networkRange}
            value={choice.gigabitsPerSecond}
            onChange={change}
          />
          <ChoiceSlider name="nodes" range={clusterRange} value={choice.nodes} onChange={change} />
          <ChoiceSlider
            name="recoveryMinutes"
            range={recoveryRange}
            value={choice.recoveryMinutes}
            onChange={change}
          />
        </>
      }
    >
      <ThousandsResults choice={settled} />
    </Chapter>
  );
}
