import type { Catalogue } from '@engine/catalogue/types';
import type { Figure, Report } from '@engine/report';
import { formulaText } from '../figure/formula-text';
import { Section } from '../section/Section';
import { methodsOf } from './report-figures';
import classes from './document.module.css';

interface MethodsChapterProps {
  readonly report: Report;
  readonly catalogue: Catalogue;
  /** figures beside those of the report */
  readonly more: readonly Figure[];
}

/** The formula behind every kind of number in the report, and what it leaves out. */
export function MethodsChapter({ report, catalogue, more }: MethodsChapterProps) {
  return (
    <Section title="How the numbers come about" catalogue={catalogue}>
      <table className={classes.methods}>
        <caption className={classes.onlyRead}>Formulas of the figures in this report</caption>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Formula and what it leaves out</th>
          </tr>
        </thead>
        <tbody>
          {methodsOf(report, more).map((figure) => (
            <tr key={`${figure.label} ${figure.formula}`}>
              <th scope="row">{figure.label}</th>
              <td>
                <code>{formulaText(figure.formula)}</code>
                {figure.leavesOut !== '' && <div>Leaves out: {figure.leavesOut}</div>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
