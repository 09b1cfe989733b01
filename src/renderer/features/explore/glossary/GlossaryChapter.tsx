import { SourceChip } from '../../../report/source/SourceChip';
import { Chapter } from '../Chapter';
import { glossaryChapter } from '../explore-chapters';
import { glossaryTerms, termHeadingId } from './glossary-terms';
import classes from './glossary.module.css';

/** What the words mean. */
export function GlossaryChapter() {
  return (
    <Chapter
      chapter={glossaryChapter}
      lead={
        <p>
          The words of this page and of a plan, each in a sentence or two of its own. Dotted words
          above open the same text.
        </p>
      }
    >
      <dl className={classes.list}>
        {glossaryTerms.map(({ id, term, meaning, sources }) => (
          <div key={id} className={classes.entry}>
            <dt id={termHeadingId(id)} tabIndex={-1}>
              {term}
            </dt>
            <dd>
              {meaning}
              <span className={classes.source}>
                {sources.map((source) => (
                  <SourceChip key={source} sourceId={source} />
                ))}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </Chapter>
  );
}
