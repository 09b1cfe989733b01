import { useDeferredValue } from 'react';
import { Chapter } from '../Chapter';
import { useChoice } from '../choice';
import { ChoiceSlider } from '../ChoiceSlider';
import { parallelChapter } from '../explore-chapters';
import { Term } from '../glossary/Term';
import { LawsPart } from './LawsPart';
import { edgeRange, gpuRange, parallelChoice } from './parallel-choice';
import { ProductResults } from './ProductResults';

/** The power of parallel processing: one matrix product split over cores and GPUs, and what the two laws make of a run. */
export function ParallelChapter() {
  const choice = useChoice(parallelChoice);
  const settled = useDeferredValue(choice);
  const { change } = parallelChoice;
  return (
    <Chapter
      chapter={parallelChapter}
      lead={
        <>
          <p>
            Nearly all the work of a model is matrix products: tables of numbers, multiplied row by
            column. No entry of the result needs another entry. Cut the result into stripes, give
            each GPU one, and all of them work at the same time.
          </p>
          <p>
            There is a price. When the stripes are done, every GPU needs those of the others (an{' '}
            <Term id="all-gather">all-gather</Term>) before the next product can begin. Split finer,
            and the multiplying shrinks while the telling does not.
          </p>
        </>
      }
      controls={
        <>
          <ChoiceSlider name="edge" range={edgeRange} value={choice.edge} onChange={change} />
          <ChoiceSlider name="gpus" range={gpuRange} value={choice.gpus} onChange={change} />
        </>
      }
    >
      <ProductResults choice={settled} />
      <LawsPart />
    </Chapter>
  );
}
