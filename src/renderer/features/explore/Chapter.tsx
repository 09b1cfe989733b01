import type { ReactNode } from 'react';
import classes from './explore.module.css';
import type { ExploreChapter } from './explore-chapters';

interface ChapterProps {
  readonly chapter: ExploreChapter;
  readonly lead: ReactNode;
  /** what the reader moves */
  readonly controls?: ReactNode;
  /** what follows from it */
  readonly children: ReactNode;
}

/** One chapter: its heading, to which the contents rail jumps, its argument in words, and what can be driven. */
export function Chapter({ chapter, lead, controls, children }: ChapterProps) {
  const { id, title } = chapter;
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 className={classes.sectionTitle} id={id} tabIndex={-1}>
        {title}
      </h2>
      <div className={classes.lead}>{lead}</div>
      {controls !== undefined && <div className={classes.sliders}>{controls}</div>}
      {children}
    </section>
  );
}
