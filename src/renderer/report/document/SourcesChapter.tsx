import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { Section } from '../section/Section';
import { readOnText } from '../source/read-on';
import { qualitiesOfSource } from '../source/source-quality';
import { sourcesOf } from './report-figures';
import classes from './document.module.css';

interface SourcesChapterProps {
  readonly plan: Plan;
  readonly report: Report;
  readonly catalogue: Catalogue;
  /** figures beside those of the report */
  readonly more: readonly Figure[];
}

/** Where the report's facts were read, when, and how far they can be trusted. */
export function SourcesChapter({ plan, report, catalogue, more }: SourcesChapterProps) {
  return (
    <Section title="Sources" catalogue={catalogue}>
      <p className={`${classes.quiet ?? ''} ${classes.leading ?? ''}`}>
        Quality classes: official, the maker’s or publisher’s own document; measured, a published
        measurement; derived, computed from official figures; estimate, an informed estimate; proxy,
        a figure for something comparable; from memory, not checked against a document.
      </p>
      <ol className={classes.sources}>
        {sourcesOf(plan, report, catalogue, more).map((id) => {
          const source = catalogue.sources.get(id);
          const qualities = qualitiesOfSource(catalogue, id).join(', ');
          return (
            <li key={id}>
              <span>{source?.title ?? id}</span>
              {source !== undefined && (
                <span className={classes.quiet}>, {readOnText(source.readOn)}</span>
              )}
              {qualities !== '' && <span className={classes.quiet}> ({qualities})</span>}
              {source !== undefined && source.url !== null && (
                <div>
                  <a href={source.url}>{source.url}</a>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
