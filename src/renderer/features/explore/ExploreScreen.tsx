import { Button } from '@mantine/core';
import { memo, useEffect, useLayoutEffect, useRef, useState, type UIEvent } from 'react';
import { setView, useView } from '../../app/view-store';
import { ContentsRail } from './ContentsRail';
import classes from './explore.module.css';
import { exploreChapters } from './explore-chapters';
import { GlossaryChapter } from './glossary/GlossaryChapter';
import { InferenceChapter } from './inference/InferenceChapter';
import { holdPlace, leadTo } from './lead-to';
import { MeterSection } from './meter/MeterSection';
import { OutlookChapter } from './outlook/OutlookChapter';
import { ParallelChapter } from './parallel/ParallelChapter';
import { usePaperColours } from './paper-colours';
import { keepPlace, keptPlace } from './place';
import { ProcessorsChapter } from './processors/ProcessorsChapter';
import { ThousandsChapter } from './thousands/ThousandsChapter';
import { TrainingChapter } from './training/TrainingChapter';

/** Scrolling marks another chapter in the rail: the chapters themselves are not drawn again for it. */
const Processors = memo(ProcessorsChapter);
const Parallel = memo(ParallelChapter);
const Training = memo(TrainingChapter);
const Inference = memo(InferenceChapter);
const Thousands = memo(ThousandsChapter);
const Outlook = memo(OutlookChapter);
const Meter = memo(MeterSection);
const Glossary = memo(GlossaryChapter);

/** How far below the top edge a chapter counts as the one being read. */
const readingLinePx = 120;

/** The argument why AI needs so many GPUs, as pieces that the reader drives. */
export function ExploreScreen() {
  const room = useRef<HTMLElement>(null);
  const [current, setCurrent] = useState(exploreChapters[0]?.id ?? '');

  useLayoutEffect(() => {
    const scroller = room.current;
    const article = scroller?.querySelector('article');
    if (!scroller || !article) return;
    const kept = keptPlace();
    return holdPlace(article, () => {
      scroller.scrollTop = kept;
    });
  }, []);

  usePaperColours();

  const wanted = useView((view) => view.wantedField);
  useEffect(() => {
    if (wanted === null) return;
    leadTo(wanted);
    setView({ wantedField: null });
  }, [wanted]);

  function followScroll({ currentTarget }: UIEvent<HTMLElement>) {
    keepPlace(currentTarget.scrollTop);
    const line = currentTarget.getBoundingClientRect().top + readingLinePx;
    const read = exploreChapters.findLast(({ id }) => {
      const top = document.getElementById(id)?.getBoundingClientRect().top;
      return top !== undefined && top <= line;
    });
    setCurrent((read ?? exploreChapters[0])?.id ?? '');
  }

  return (
    <main className={classes.screen} id="main" ref={room} onScroll={followScroll}>
      <div className={classes.page}>
        <ContentsRail current={current} />
        <article className={classes.article}>
          <header className={classes.head}>
            <div className={classes.headLine}>
              <h1 className={classes.title}>Why AI needs so many GPUs</h1>
              <Button variant="default" size="xs" onClick={() => print()}>
                Print
              </Button>
            </div>
            <p className={classes.intro}>
              Each piece below runs on the same engine and the same sourced figures as a plan.
              Change a number and see what follows.
            </p>
          </header>
          <Processors />
          <Parallel />
          <Training />
          <Inference />
          <Thousands />
          <Outlook />
          <Meter />
          <Glossary />
        </article>
      </div>
    </main>
  );
}
