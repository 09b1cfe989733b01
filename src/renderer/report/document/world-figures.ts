import type { Catalogue } from '@engine/catalogue/types';
import { powerCheck, tokenCheck } from '@engine/outlook/cross-checks';
import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import { planShare, type PlanWork } from '@engine/outlook/plan-share';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { startOfDay } from '@shared/clock/period';
import { meterDefaults } from '@shared/outlook/meter-defaults';

export interface WorldFigures {
  readonly work: PlanWork | null;
  readonly plan: readonly Figure[];
  readonly meter: readonly Figure[];
  readonly checks: readonly Figure[];
}

/** The plan beside all AI of the world at the moment of printing, from the catalogue's inputs; days begin at midnight UTC. */
export function worldFigures(
  plan: Plan,
  report: Report,
  catalogue: Catalogue,
  printedAt: string,
): WorldFigures {
  const atMs = Date.parse(printedAt);
  const inputs = meterDefaults(catalogue);
  const unit = 'h100-equivalents';
  const meter = meterFigures(inputs, catalogue.assumptions, unit, atMs);
  const share = planShare(plan, report, catalogue, meter);
  const today = hoursInSpan(meter, unit, {
    key: 'today',
    label: 'GPU-hours consumed by AI since midnight UTC',
    fromMs: startOfDay(atMs, 'UTC'),
    toMs: atMs,
  });
  return {
    work: share?.work ?? null,
    plan: share === null ? [] : [share.worldSeconds, share.h100Hours],
    meter: [today, meter.hoursPerDay, meter.inService],
    checks: [
      powerCheck(inputs, catalogue).figure,
      tokenCheck(inputs, catalogue, atMs, null).figure,
    ],
  };
}

export function allWorldFigures({ plan, meter, checks }: WorldFigures): Figure[] {
  return [...plan, ...meter, ...checks];
}
