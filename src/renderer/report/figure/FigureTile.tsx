import { memo } from 'react';
import type { Figure } from '@engine/report';
import { formatFigure } from '@shared/format/value';
import { useReport } from '../report-context';
import { FigureExplanationButton } from './FigureExplanationButton';
import classes from './figure.module.css';
import { isSameData } from '../same-data';

interface FigureTileProps {
  readonly figure: Figure;
  /** large for the headline of a page */
  readonly size?: 'normal' | 'large';
}

/** One result to be read at a glance: label, number, unit, range and how it comes about. */
export const FigureTile = memo(function FigureTile({ figure, size = 'normal' }: FigureTileProps) {
  const { locale } = useReport();
  const { number, unit, range, reason } = formatFigure(figure, locale);
  return (
    <div
      className={classes.tile}
      data-size={size}
      data-figure={figure.key}
      role="group"
      aria-label={figure.label}
    >
      <div className={classes.tileHead}>
        <span className={classes.label}>{figure.label}</span>
        <FigureExplanationButton figure={figure} />
      </div>
      <div className={classes.tileValue} data-missing={reason !== null || undefined}>
        <span className={classes.number}>{number}</span>
        {unit !== '' && (
          <span className={classes.unit} data-attached={unit.startsWith('/') || undefined}>
            {unit}
          </span>
        )}
      </div>
      {(range !== null || reason !== null) && (
        <div className={classes.tileNote}>
          {reason ?? (
            <>
              <span className={classes.onlyRead}>Range </span>
              {range}
            </>
          )}
        </div>
      )}
    </div>
  );
}, isSameData);
