/** A formula in characters that every bundled font has: the brackets of rounding become the words for it. */
export function formulaText(formula: string): string {
  return formula.replaceAll('⌈', 'ceil(').replaceAll('⌊', 'floor(').replaceAll(/[⌉⌋]/g, ')');
}
