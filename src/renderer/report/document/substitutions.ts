import type { Figure } from '@engine/report';
import { formatFigure, formatValue } from '@shared/format/value';

export interface Substitutions {
  /** "g = 8; r = 2 USD/h": what every one of several figures is computed with; empty for a single one */
  readonly shared: string;
  /** a line for each figure: "71.7 days with T = 15.6 trillion tokens"; figures with the same line stand once */
  readonly each: readonly { readonly key: string; readonly text: string }[];
}

/** The numbers put into a formula that gives several figures, those that they share apart. */
export function substitutionsOf(figures: readonly Figure[], locale: string): Substitutions {
  const written = figures
    .filter(({ inputs }) => inputs.length > 0)
    .map((figure) => ({
      figure,
      inputs: figure.inputs.map(
        ({ symbol, value, unit }) => `${symbol} = ${formatValue(value, unit, locale)}`,
      ),
    }));
  const [first, ...others] = written;
  if (first === undefined) return { shared: '', each: [] };
  const shared =
    others.length === 0
      ? []
      : first.inputs.filter((input) => others.every(({ inputs }) => inputs.includes(input)));
  const lines = new Map<string, string>();
  for (const { figure, inputs } of written) {
    const own = inputs.filter((input) => !shared.includes(input));
    const result = formatFigure(figure, locale).text;
    const text = own.length === 0 ? result : `${result} with ${own.join('; ')}`;
    if (!lines.has(text)) lines.set(text, figure.key);
  }
  const [only, ...more] = lines;
  if (only !== undefined && more.length === 0 && shared.length > 0) {
    const [result, key] = only;
    return { shared: '', each: [{ key, text: `${result} with ${shared.join('; ')}` }] };
  }
  return {
    shared: shared.join('; '),
    each: [...lines].map(([text, key]) => ({ key, text })),
  };
}
