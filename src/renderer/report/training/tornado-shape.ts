import type { Sensitivity } from '@engine/training/sensitivity';
import type { Outcome, Swing } from '@engine/training/swing';

export type TornadoMeasure = 'days' | 'usd';

/** One bar as drawn: percent of the width from the left. */
export interface TornadoBar {
  readonly swing: Swing;
  readonly least: number;
  readonly most: number;
  readonly left: number;
  readonly right: number;
  /** the low end of the number gives the lesser outcome */
  readonly isLowLess: boolean;
}

export interface TornadoShape {
  readonly planned: number;
  /** place of what is planned, percent */
  readonly centre: number;
  /** widest first */
  readonly bars: readonly TornadoBar[];
}

const mostBars = 10;

/** The widest swings on one scale. Where an outcome is the same at both ends, it has no bar. */
export function tornadoShape(
  { planned, swings }: Sensitivity,
  measure: TornadoMeasure,
): TornadoShape {
  const value = (outcome: Outcome): number => outcome[measure] ?? 0;
  const centreValue = value(planned);
  const widest = swings
    .map((swing) => {
      const [atLow, atHigh] = [value(swing.atLow), value(swing.atHigh)];
      return {
        swing,
        least: Math.min(atLow, atHigh),
        most: Math.max(atLow, atHigh),
        isLowLess: atLow <= atHigh,
      };
    })
    .filter(({ least, most }) => most - least > 1e-3 * centreValue)
    .toSorted((one, other) => other.most - other.least - (one.most - one.least))
    .slice(0, mostBars);
  const from = Math.min(centreValue, ...widest.map(({ least }) => least));
  const to = Math.max(centreValue, ...widest.map(({ most }) => most));
  const percent = (at: number): number => (to > from ? (100 * (at - from)) / (to - from) : 50);
  return {
    planned: centreValue,
    centre: percent(centreValue),
    bars: widest.map((bar) => ({
      ...bar,
      left: Math.min(percent(bar.least), percent(centreValue)),
      right: Math.max(percent(bar.most), percent(centreValue)),
    })),
  };
}

/** "Tokens to train on moves the run most: 49 days to 60 days". */
export function tornadoTitle({ bars }: TornadoShape, text: (value: number) => string): string {
  const [first] = bars;
  return first === undefined
    ? 'No number moves the run by a thousandth'
    : `What moves the run most is “${first.swing.label}”: ${text(first.least)} to ${text(first.most)}`;
}
