/** Letters of a foreign text that a message repeats. */
const mostLetters = 32;

/** The beginning of a text that somebody pasted or that a file holds, fit to stand in a sentence: no marks that cannot be read. */
export function shortened(text: string): string {
  const letters = Array.from(text.replaceAll(/[\p{C}\uFFFD]+/gu, ' ').trim());
  return letters.length > mostLetters
    ? `${letters.slice(0, mostLetters).join('')}…`
    : letters.join('');
}
