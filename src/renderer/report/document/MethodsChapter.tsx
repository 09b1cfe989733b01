import type { Catalogue } from '@engine/catalogue/types';
import type { Figure, Report } from '@engine/report';
import { formulaText } from '../figure/formula-text';
import { useReport } from '../report-context';
import { Section } from '../section/Section';
import { methodsOf } from './report-figures';
import { substitutionsOf } from './substitutions';
import classes from './document.module.css';

interface MethodsChapterProps {
  readonly report: Report;
  readonly catalogue: Catalogue;
  /** figures beside those of the report */
  readonly more: readonly Figure[];
}

/** The formula behind every number of the report, the numbers put in, and what it leaves out. */
export function MethodsChapter({ report, catalogue, more }: MethodsChapterProps) {
  return (
    <Section title="How the numbers come about" catalogue={catalogue}>
      <dl className={classes.methods}>
        {methodsOf(report, more).map(({ label, formula, leavesOut, figures }) => (
          <div key={`${label} ${formula}`}>
            <dt>{label}</dt>
            <dd>
              <code>{formulaText(formula)}</code>
              <Substitutions figures={figures} />
              {leavesOut !== '' && <div>Leaves out: {leavesOut}</div>}
            </dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** "71.7 days with T = 15.6 trillion tokens; e = 90 %": figures with the numbers put in; what all share is put in once. */
function Substitutions({ figures }: { readonly figures: readonly Figure[] }) {
  const { locale } = useReport();
  const { shared, each } = substitutionsOf(figures, locale);
  return (
    <>
      {each.map(({ key, text }) => (
        <div key={key} className={classes.substitution}>
          {text}
        </div>
      ))}
      {shared !== '' && <div className={classes.substitution}>In all of them {shared}</div>}
    </>
  );
}
