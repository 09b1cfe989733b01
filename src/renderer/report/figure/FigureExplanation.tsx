import { UnstyledButton } from '@mantine/core';
import type { Catalogue } from '@engine/catalogue/types';
import type { Figure, FigureInput } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { numberCell, sourceCell, type TableCell } from '@shared/table/cell';
import { IconMathFunction } from '@tabler/icons-react';
import { useRef, useState, type RefObject } from 'react';
import { DataTable } from '../chart/DataTable';
import { SourceChip } from '../source/SourceChip';
import { useReport } from '../report-context';
import { formulaText } from './formula-text';
import classes from './explanation.module.css';

/** How a number comes about; an input that is itself a reported number opens in its place, with the way back. */
export function FigureExplanation({ figure }: { readonly figure: Figure }) {
  const { findFigure } = useReport();
  // Keys, not figures: an edit beside the open explanation changes the numbers on the way.
  const [keys, setKeys] = useState<readonly string[]>([]);
  const heading = useRef<HTMLDivElement>(null);
  const way = [figure, ...keys.flatMap((key) => findFigure?.(key) ?? [])];
  const go = (next: readonly string[]): void => {
    setKeys(next);
    // The pressed button is gone: keys and screen readers go on from the heading.
    heading.current?.focus();
  };
  return (
    <div className={classes.explanation}>
      {way.length > 1 && (
        <nav className={classes.way} aria-label="Way to this number">
          {way.slice(0, -1).map((above, index) => (
            <UnstyledButton
              key={above.key}
              className={classes.step}
              onClick={() => go(keys.slice(0, index))}
            >
              {above.label}
            </UnstyledButton>
          ))}
        </nav>
      )}
      <OneExplanation
        figure={way.at(-1) ?? figure}
        heading={heading}
        onOpen={(key) => go([...keys, key])}
      />
    </div>
  );
}

interface OneExplanationProps {
  readonly figure: Figure;
  readonly heading: RefObject<HTMLDivElement | null>;
  readonly onOpen: (key: string) => void;
}

/** Formula, the numbers put in, where they come from and what is left out. */
function OneExplanation({ figure, heading, onOpen }: OneExplanationProps) {
  const { locale } = useReport();
  const { text, range, reason } = formatFigure(figure, locale);
  return (
    <>
      <div ref={heading} tabIndex={-1} className={classes.heading}>
        <strong>{figure.label}</strong>
        <span className={classes.result}>{text}</span>
      </div>
      {reason !== null && <p className={classes.reason}>{reason}</p>}
      {range !== null && <p className={classes.quiet}>Range {range}</p>}
      {figure.formula !== '' && (
        <code className={classes.formula}>{formulaText(figure.formula)}</code>
      )}
      {figure.inputs.length > 0 && <InputRows inputs={figure.inputs} onOpen={onOpen} />}
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
    </>
  );
}

interface InputRowsProps {
  readonly inputs: readonly FigureInput[];
  readonly onOpen: (key: string) => void;
}

function InputRows({ inputs, onOpen }: InputRowsProps) {
  const { catalogue, findFigure } = useReport();
  const opens = ({ from }: FigureInput): boolean => Boolean(findFigure?.(from));
  const openButton = (input: FigureInput | undefined) =>
    input !== undefined &&
    opens(input) && (
      <UnstyledButton
        className={classes.open}
        aria-label={`How ${input.label} is computed`}
        title="How is this computed?"
        onClick={() => onOpen(input.from)}
      >
        <IconMathFunction size="0.875rem" stroke={1.75} aria-hidden />
      </UnstyledButton>
    );
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
      {...(inputs.some(opens)
        ? { action: { title: 'Open', of: (row) => openButton(inputs[row]) } }
        : {})}
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
