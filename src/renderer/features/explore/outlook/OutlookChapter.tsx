import { useDeferredValue } from 'react';
import { Chapter } from '../Chapter';
import { useChoice } from '../choice';
import { ChoiceSlider } from '../ChoiceSlider';
import { outlookChapter } from '../explore-chapters';
import { outlookChoice, trendSliders, yearsRange } from './outlook-choice';
import { OutlookResults } from './OutlookResults';

/** Will AI always need so many GPUs? Three needs over the years, from published trends or the reader's own. */
export function OutlookChapter() {
  const choice = useChoice(outlookChoice);
  const settled = useDeferredValue(choice);
  const { change } = outlookChoice;
  return (
    <Chapter
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
      controls={
        <>
          {trendSliders.map(({ name, range }) => (
            <ChoiceSlider
              key={name}
              name={name}
              range={range}
              value={choice[name]}
              onChange={change}
            />
          ))}
          <ChoiceSlider name="years" range={yearsRange} value={choice.years} onChange={change} />
        </>
      }
    >
      <OutlookResults choice={settled} />
    </Chapter>
  );
}
