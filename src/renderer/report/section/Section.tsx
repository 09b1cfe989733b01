import type { Catalogue } from '@engine/catalogue/types';
import { useId, type ReactNode } from 'react';
import { ReportProvider } from '../report-context';
import classes from './section.module.css';

interface SectionFrameProps {
  readonly title: string;
  readonly catalogue: Catalogue;
  readonly children: ReactNode;
}

/** A chapter of the report under a second-level heading. */
export function Section({ title, catalogue, children }: SectionFrameProps) {
  const titleId = useId();
  return (
    <ReportProvider catalogue={catalogue}>
      <section className={classes.section} aria-labelledby={titleId}>
        <h2 id={titleId} className={classes.title}>
          {title}
        </h2>
        {children}
      </section>
    </ReportProvider>
  );
}

interface PartProps {
  readonly title: string;
  /** what the part says, in a sentence or two */
  readonly lead?: ReactNode;
  readonly children: ReactNode;
}

/** One site, cluster or workload within a chapter. */
export function SectionPart({ title, lead, children }: PartProps) {
  const titleId = useId();
  return (
    <section className={classes.part} aria-labelledby={titleId}>
      <div className={classes.partHead}>
        <h3 id={titleId} className={classes.partTitle}>
          {title}
        </h3>
        {lead !== undefined && <div className={classes.lead}>{lead}</div>}
      </div>
      {children}
    </section>
  );
}

/** Stands where a chapter has nothing to show, and says what would fill it. */
export function SectionEmpty({ children }: { readonly children: ReactNode }) {
  return <p className={classes.empty}>{children}</p>;
}
