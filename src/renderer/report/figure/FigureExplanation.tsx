import type { Catalogue } from '@engine/catalogue/types';
import type { Figure, FigureInput } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { numberCell, sourceCell, type TableCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
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
  const { catalogue } = useReport();
  return (
    <DataTable
      caption="With"
      columns={[
        { key: 'symbol', title: 'Symbol' },
        { key: 'input', title: 'Input' },
        { key: 'value', title: 'Value', isNumber: true },
        { key: 'from', title: 'From' },
      ]}
      rows={inputs.map((input) => [
        input.symbol,
        input.label,
        numberCell(input.value, input.unit),
        originCell(input, catalogue),
      ])}
    />
  );
}

/** Every source opens, and tells how good what was read there is. */
function originCell(input: FigureInput, catalogue: Catalogue | null): TableCell {
  const { sources, from, value, unit } = input;
  if (sources.length === 0 || catalogue === null) return originText(from);
  return { ...sourceCell(catalogue, ...sources), read: { value, unit } };
}

function originText(from: string): string {
  if (from === 'plan') return 'from the plan';
  if (from === 'reader') return 'entered by hand';
  if (from === 'catalogue') return 'from the catalogue';
  // A figure is named by its key; any other calculation by what it is.
  return from.includes('.') ? 'computed' : `computed: ${from}`;
}
