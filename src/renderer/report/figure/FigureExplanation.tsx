import type { Figure, FigureInput } from '@engine/report';
import { formatFigure, formatValue } from '@shared/format/value';
import { SourceChip } from '../source/SourceChip';
import { useReport } from '../report-context';
import { formulaText } from './formula-text';
import classes from './explanation.module.css';

/** How a number comes about: formula, the numbers put in, where they come from and what is left out. */
export function FigureExplanation({ figure }: { readonly figure: Figure }) {
  const { locale } = useReport();
  const { text, range, reason } = formatFigure(figure, locale);
  return (
    <div className={classes.explanation}>
      <div className={classes.heading}>
        <strong>{figure.label}</strong>
        <span className={classes.result}>{text}</span>
      </div>
      {reason !== null && <p className={classes.reason}>{reason}</p>}
      {range !== null && <p className={classes.quiet}>Range {range}</p>}
      {figure.formula !== '' && (
        <code className={classes.formula}>{formulaText(figure.formula)}</code>
      )}
      {figure.inputs.length > 0 && <InputRows inputs={figure.inputs} />}
      {figure.leavesOut !== '' && (
        <p className={classes.quiet}>
          <b>Left out:</b> {figure.leavesOut}
        </p>
      )}
      {figure.sources.length > 0 && (
        <div className={classes.sources}>
          <span className={classes.quiet}>Formula from</span>
          {figure.sources.map((source) => (
            <SourceChip key={source} sourceId={source} />
          ))}
        </div>
      )}
    </div>
  );
}

function InputRows({ inputs }: { readonly inputs: readonly FigureInput[] }) {
  const { locale } = useReport();
  return (
    <table className={classes.inputs}>
      <caption>With</caption>
      <tbody>
        {inputs.map((input) => (
          <tr key={`${input.symbol} ${input.label}`}>
            <th scope="row">{input.symbol}</th>
            <td>
              {input.label}
              <div className={classes.origin}>
                {input.sources.length === 0
                  ? originText(input.from)
                  : input.sources.map((source) => (
                      <SourceChip key={source} sourceId={source} fact={input} />
                    ))}
              </div>
            </td>
            <td className={classes.number}>{formatValue(input.value, input.unit, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function originText(from: string): string {
  if (from === 'plan') return 'from the plan';
  if (from === 'reader') return 'entered by hand';
  return from === 'catalogue' ? 'from the catalogue' : 'computed';
}
