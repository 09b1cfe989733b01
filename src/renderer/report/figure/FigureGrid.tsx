import type { Figure } from '@engine/report';
import type { CSSProperties } from 'react';
import { FigureTile } from './FigureTile';
import classes from './figure.module.css';

interface FigureGridProps {
  readonly figures: readonly Figure[];
  readonly size?: 'normal' | 'large';
}

/** Tiles in equal columns: two where there is little room, else as many as leave no ragged row. */
export function FigureGrid({ figures, size = 'normal' }: FigureGridProps) {
  return (
    <div className={classes.gridRoom}>
      <div
        className={classes.grid}
        style={{ '--columns': columnsFor(figures.length) } as CSSProperties}
      >
        {figures.map((figure) => (
          <FigureTile key={figure.key} figure={figure} size={size} />
        ))}
      </div>
    </div>
  );
}

function columnsFor(count: number): number {
  if (count <= 5) return Math.max(1, count);
  return [4, 5, 3].find((columns) => count % columns === 0) ?? 4;
}
