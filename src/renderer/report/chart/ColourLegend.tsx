import classes from './colour-legend.module.css';

export interface LegendEntry {
  readonly name: string;
  /** any CSS colour, chart colours by chartColour */
  readonly colour: string;
  /** drawn as a frame of a quiet surface, for time in which nothing is done */
  readonly isHollow?: boolean;
}

interface ColourLegendProps {
  readonly entries: readonly LegendEntry[];
  /** what the colours do not say */
  readonly note?: string | undefined;
}

/** What the colours of a chart mean, in one line that wraps. */
export function ColourLegend({ entries, note }: ColourLegendProps) {
  return (
    <ul className={classes.legend}>
      {entries.map(({ name, colour, isHollow = false }) => (
        <li key={name}>
          <svg width="10" height="10" aria-hidden>
            <rect
              x={isHollow ? 0.5 : 0}
              y={isHollow ? 0.5 : 0}
              width={isHollow ? 9 : 10}
              height={isHollow ? 9 : 10}
              rx="2"
              fill={colour}
              stroke={isHollow ? 'var(--cw-hairline-strong)' : 'none'}
            />
          </svg>
          {name}
        </li>
      ))}
      {note !== undefined && <li className={classes.note}>{note}</li>}
    </ul>
  );
}
