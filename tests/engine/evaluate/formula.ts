import type { Figure, FigureInput } from '@engine/report';

/** A formula whose text cannot be computed from the inputs beside it. */
export class UnreadableFormula extends Error {}

type Values = ReadonlyMap<string, number>;

const siFactors: Readonly<Record<string, number>> = {
  TB: 1e12,
  GB: 1e9,
  ms: 1e-3,
  µs: 1e-6,
};

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * Reads a printed formula: + − · / and brackets, ⌊floor⌋, ⌈ceiling⌉, min( , ), max( , ), log₂, 10⁶, and Σ over every symbol
 * that carries the index ᵢ. A symbol is whatever the inputs call one, the longest that fits.
 */
class Reader {
  private position = 0;
  private readonly text: string;
  private readonly values: Values;
  private readonly symbols: readonly string[];
  private index = 0;

  constructor(text: string, values: Values) {
    this.text = text;
    this.values = values;
    this.symbols = [...values.keys()].toSorted((first, second) => second.length - first.length);
  }

  whole(): number {
    const value = this.sum();
    this.skipSpaces();
    if (this.position < this.text.length) this.refuse();
    return value;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.takes('+')) value += this.product();
      else if (this.takes('−')) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.factor();
    for (;;) {
      if (this.takes('·')) value *= this.factor();
      else if (this.takes('/')) value /= this.factor();
      else return value;
    }
  }

  private factor(): number {
    if (this.takes('Σ')) return this.sumOverIndex();
    if (this.takes('min(')) return Math.min(...this.list());
    if (this.takes('max(')) return Math.max(...this.list());
    if (this.takes('log₂')) return Math.log2(this.factor());
    if (this.takes('⌊')) return Math.floor(this.closed('⌋'));
    // A share of 10⁻⁹ is rounding, not a further whole.
    if (this.takes('⌈')) return Math.ceil(this.closed('⌉') - 1e-9);
    if (this.takes('(')) return this.closed(')');
    return this.symbol() ?? this.number();
  }

  private closed(end: string): number {
    const value = this.sum();
    if (!this.takes(end)) this.refuse();
    return value;
  }

  private list(): number[] {
    const values = [this.sum()];
    while (this.takes(',')) values.push(this.sum());
    if (!this.takes(')')) this.refuse();
    return values;
  }

  /** The product after Σ, once for every index that the inputs have. */
  private sumOverIndex(): number {
    const start = this.position;
    const indexed = /([A-Za-z_]+)ᵢ/.exec(this.text.slice(start))?.[1];
    if (indexed === undefined) return this.refuse();
    let total = 0;
    for (this.index = 1; this.values.has(`${indexed}${this.index}`); this.index += 1) {
      this.position = start;
      total += this.product();
    }
    if (this.position === start) this.position = this.text.length;
    return total;
  }

  private symbol(): number | undefined {
    this.skipSpaces();
    const rest = this.text.slice(this.position);
    const family = /^([A-Za-z_]+)ᵢ/.exec(rest);
    if (family?.[1] !== undefined) {
      this.position += family[0].length;
      return this.values.get(`${family[1]}${this.index}`) ?? this.refuse();
    }
    const found = this.symbols.find((symbol) => rest.startsWith(symbol));
    if (found === undefined || /^[A-Za-z_]/.test(rest.slice(found.length))) return undefined;
    this.position += found.length;
    return this.values.get(found);
  }

  private number(): number {
    const match = /^(\d+(?:\.\d+)?)([⁰¹²³⁴⁵⁶⁷⁸⁹]*)/.exec(this.text.slice(this.position));
    if (match === null) return this.refuse();
    const [all = '', digits = '', raised = ''] = match;
    this.position += all.length;
    if (raised === '') return Number(digits);
    const exponent = raised.replace(/./g, (digit) => String(superscripts.indexOf(digit)));
    return Number(digits) ** Number(exponent);
  }

  private takes(token: string): boolean {
    this.skipSpaces();
    if (!this.text.startsWith(token, this.position)) return false;
    this.position += token.length;
    return true;
  }

  private skipSpaces(): void {
    while (this.text.charAt(this.position) === ' ') this.position += 1;
  }

  private refuse(): never {
    const rest = this.text.slice(this.position);
    throw new UnreadableFormula(`'${this.text}' cannot be read from '${rest}' on.`);
  }
}

/** The value of a formula; what stands before its equals sign only names the result. */
export function computeFormula(formula: string, values: Values): number {
  return new Reader(formula.split(' = ').at(-1) ?? formula, values).whole();
}

function valuesOf(inputs: readonly FigureInput[], factorOf: (unit: string) => number): Values {
  return new Map(inputs.map((input) => [input.symbol, input.value * factorOf(input.unit)]));
}

/** What a figure's formula gives in the units as printed, and with bytes and seconds in place of their multiples. */
export function recompute(figure: Figure): { asPrinted: number; inBaseUnits: number } {
  const si = (unit: string): number => siFactors[unit] ?? 1;
  const asPrinted = computeFormula(
    figure.formula,
    valuesOf(figure.inputs, () => 1),
  );
  const base = computeFormula(figure.formula, valuesOf(figure.inputs, si));
  return { asPrinted, inBaseUnits: base / si(figure.unit) };
}
