import {
  deviceHoursAtCount,
  powerCheck,
  tokenCheck,
  type CrossCheck,
} from '@engine/outlook/cross-checks';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure, formatValue } from '@shared/format/value';
import type { ReactNode } from 'react';
import { FigureExplanationButton } from '../../../report/figure/FigureExplanationButton';
import { useReport } from '../../../report/report-context';
import explore from '../explore.module.css';
import { From } from '../From';
import { useMeter } from './meter-store';
import classes from './meter.module.css';
import { reachableRates } from './reachable-rates';
import { useNow } from './use-now';

const minuteMs = 60_000;

/** Two counts that know nothing of the stock of accelerators, set beside the meter. */
export function CrossChecks() {
  const { locale } = useReport();
  const inputs = useMeter((state) => state.inputs);
  const isPaused = useMeter((state) => state.isPaused);
  const { now } = useNow(minuteMs, !isPaused);
  const power = powerCheck(inputs, bundledCatalogue);
  const hours = deviceHoursAtCount(inputs, bundledCatalogue.assumptions);
  const tokens = tokenCheck(inputs, bundledCatalogue, now.wallMs, reachableRates());
  return (
    <section className={explore.block} aria-labelledby="meter-checks">
      <h3 className={explore.blockTitle} id="meter-checks">
        Two cross-checks
      </h3>
      <div className={classes.checks}>
        <Check title="By power" check={power}>
          The electricity that AI sites can draw feeds a number of devices, which would work{' '}
          <From origin={`figure:${power.figure.key}`}>
            {formatFigure(hours, locale).range ?? formatFigure(hours, locale).text} a day. Set
            beside the stock, one device does the work of {spelled(power.figure, locale)} H100.{' '}
            {power.plausible !== null &&
              `An A100 does ${formatValue(power.plausible.from, '1', locale)}, a GB300 ${formatValue(power.plausible.to, '1', locale)}.`}
          </From>
        </Check>
        <Check title="By tokens" check={tokens}>
          If the hours that serve users make all tokens that are reported in the world, each
          H100-equivalent handles{' '}
          <From origin={`figure:${tokens.figure.key}`}>
            {formatFigure(tokens.figure, locale).text}.{' '}
            {tokens.plausible !== null &&
              `By the engine an H100 writes ${formatValue(tokens.plausible.from, 'tokens/s', locale)} with Llama 3.1 405B and ${formatValue(tokens.plausible.to, 'tokens/s', locale)} with Llama 3.1 8B.`}
          </From>
        </Check>
      </div>
    </section>
  );
}

function spelled(figure: Figure, locale: string): string {
  return figure.value === null ? '—' : formatValue(figure.value, '1', locale);
}

interface CheckProps {
  readonly title: string;
  readonly check: CrossCheck;
  readonly children: ReactNode;
}

function Check({ title, check, children }: CheckProps) {
  return (
    <div className={classes.check} role="group" aria-label={title} data-traced={check.figure.key}>
      <div className={classes.readingHead}>
        <strong>{title}</strong>
        <FigureExplanationButton figure={check.figure} />
      </div>
      <p className={classes.verdict} data-plausible={check.isPlausible}>
        {check.isPlausible ? 'The orders of magnitude agree' : 'This contradicts the meter'}
      </p>
      <p className={explore.quiet}>{children}</p>
    </div>
  );
}
