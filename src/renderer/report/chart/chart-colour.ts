const colourCount = 10;

/** The chart colour of the part at this place; the same place has the same colour in every chart. */
export function chartColour(index: number): string {
  return `var(--cw-chart-${(index % colourCount) + 1})`;
}
