import { meterFigures } from '@engine/outlook/meter-figures';
import { planShare } from '@engine/outlook/plan-share';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';
import { formatFigure } from '@shared/format/value';
import { usePlan } from '../../../document/document';
import { emptyPlan } from '../../../document/new-parts';
import { reportOf } from '../../../document/report';
import { FigureExplanationButton } from '../../../report/figure/FigureExplanationButton';
import { useReport } from '../../../report/report-context';
import explore from '../explore.module.css';
import { From } from '../From';
import { useMeter } from './meter-store';
import classes from './meter.module.css';
import { useNow } from './use-now';

const minuteMs = 60_000;
/** What stands here while no plan is open. */
const example = planTemplates.find(({ id }) => id === 'llama-3-405b')?.plan ?? null;

/** The example as a plan of one's own. */
export function examplePlan(): Plan {
  return example ?? emptyPlan('Plan', null);
}

/** How long all AI of the world takes for the hours of the open plan. */
export function PlanBesideWorld() {
  const { locale } = useReport();
  const open = usePlan();
  const plan = open ?? example;
  const inputs = useMeter((state) => state.inputs);
  const isPaused = useMeter((state) => state.isPaused);
  const { now } = useNow(minuteMs, !isPaused);
  if (plan === null) return null;
  const world = meterFigures(inputs, bundledCatalogue.assumptions, 'h100-equivalents', now.wallMs);
  const share = planShare(plan, reportOf(plan), bundledCatalogue, world);
  return (
    <section className={explore.block} aria-labelledby="meter-plan">
      <h3 className={explore.blockTitle} id="meter-plan">
        {open === null ? 'A plan beside the world' : 'Your plan beside the world'}
      </h3>
      {share === null ? (
        <p className={explore.quiet}>{plan.name} has neither a training run nor a cluster yet.</p>
      ) : (
        <>
          <p className={classes.share} data-figure={share.worldSeconds.key}>
            {share.work === 'training'
              ? `Training in “${plan.name}”`
              : `A day of the clusters in “${plan.name}”`}{' '}
            = <strong>{formatFigure(share.worldSeconds, locale).text}</strong> of world AI
            <FigureExplanationButton figure={share.worldSeconds} />
          </p>
          <p className={explore.quiet}>
            <From origin={`figure:${share.worldSeconds.key}`}>
              {formatFigure(share.h100Hours, locale).text}; at the low and the high rate of the
              world {formatFigure(share.worldSeconds, locale).range}.
            </From>
            {open === null && ' Open a plan of your own to see it here.'}
          </p>
        </>
      )}
    </section>
  );
}
