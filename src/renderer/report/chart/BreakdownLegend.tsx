import type { Part } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { useReport } from '../report-context';
import classes from './breakdown.module.css';
import { chartColour } from './chart-colour';
import { grossOfParts, shareText, sumOfParts } from './parts';

/** Names, amounts and shares of the parts of a bar, keyed by colour. */
export function BreakdownLegend({ parts }: { readonly parts: readonly Part[] }) {
  const { locale } = useReport();
  const gross = grossOfParts(parts) || 1;
  const unit = parts[0]?.unit ?? '';
  return (
    <ul className={classes.legend}>
      {parts.map((part, index) => (
        <li key={part.key}>
          <svg className={classes.swatch} width="10" height="10" aria-hidden>
            <rect width="10" height="10" rx="2" fill={chartColour(index)} />
          </svg>
          <span className={classes.name}>{part.label}</span>
          <span className={classes.amount}>{formatValue(part.value, part.unit, locale)}</span>
          <span className={classes.share}>{shareText(part.value / gross, locale)}</span>
        </li>
      ))}
      <li className={classes.sum}>
        <span aria-hidden />
        <span className={classes.name}>Sum</span>
        <span className={classes.amount}>{formatValue(sumOfParts(parts), unit, locale)}</span>
      </li>
    </ul>
  );
}
