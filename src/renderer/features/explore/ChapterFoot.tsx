import { Button } from '@mantine/core';
import type { Plan } from '@engine/plan';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import type { ReactNode } from 'react';
import { createPlanAndOpen } from '../../app/create-plan';
import { useReport } from '../../report/report-context';
import { chapterSources } from './chapter-sources';
import { ChapterSources } from './ChapterSources';
import classes from './explore.module.css';

interface ChapterFootProps {
  /** what the figures say, in a sentence or two */
  readonly children?: ReactNode;
  /** what opens when the reader takes the chapter along */
  readonly plan: () => Plan;
  readonly planLabel?: string;
  /** the figures that the chapter shows: their sources are listed */
  readonly figures: readonly Figure[];
  /** general figures of the catalogue that it names beside them */
  readonly factKeys?: readonly string[];
  /** further sources, of rows that it shows */
  readonly sourceIds?: readonly string[];
}

/** The end of every chapter: what it comes to, the way into a plan of one's own, and what it rests on. */
export function ChapterFoot(props: ChapterFootProps) {
  const { children, plan, planLabel = 'Open this as a plan' } = props;
  const { figures, factKeys = [], sourceIds = [] } = props;
  const { mode } = useReport();
  const sources = chapterSources(figures, factKeys, sourceIds, bundledCatalogue);
  return (
    <>
      <div className={classes.after}>
        <div className={classes.quiet}>{children}</div>
        {mode === 'screen' && (
          <Button variant="default" size="xs" onClick={() => void createPlanAndOpen(plan())}>
            {planLabel}
          </Button>
        )}
      </div>
      <ChapterSources ids={sources.join(' ')} />
    </>
  );
}
