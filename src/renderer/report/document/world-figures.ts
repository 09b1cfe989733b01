import type { Catalogue } from '@engine/catalogue/types';
import { powerCheck, tokenCheck } from '@engine/outlook/cross-checks';
import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import { planShare, type PlanWork } from '@engine/outlook/plan-share';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { startOfDay } from '@shared/clock/period';
import { meterDefaults } from '@shared/outlook/meter-defaults';
import { meterZone, type MeterSettings } from '../../document/meter-settings';

/** The part of the meter's settings that changes its figures. */
export type PrintedMeter = Pick<MeterSettings, 'inputs' | 'unit' | 'dayStart'>;

export interface WorldFigures {
  readonly settings: PrintedMeter;
  readonly work: PlanWork | null;
  readonly plan: readonly Figure[];
  readonly meter: readonly Figure[];
  readonly checks: readonly Figure[];
}

/** The meter as the catalogue has it; days begin at midnight UTC. */
export function usualMeter(catalogue: Catalogue): PrintedMeter {
  return { inputs: meterDefaults(catalogue), unit: 'h100-equivalents', dayStart: 'utc' };
}

/** The plan beside all AI of the world at the moment of printing, by the meter as it is set. */
export function worldFigures(
  plan: Plan,
  report: Report,
  catalogue: Catalogue,
  printedAt: string,
  settings: PrintedMeter = usualMeter(catalogue),
): WorldFigures {
  const atMs = Date.parse(printedAt);
  const { inputs, unit, dayStart } = settings;
  const meter = meterFigures(inputs, catalogue.assumptions, unit, atMs);
  // A plan's hours are counted in H100-equivalents, whatever the meter counts.
  const world = meterFigures(inputs, catalogue.assumptions, 'h100-equivalents', atMs);
  const share = planShare(plan, report, catalogue, world);
  const today = hoursInSpan(meter, unit, {
    key: 'today',
    label: `GPU-hours consumed by AI since ${dayStart === 'utc' ? 'midnight UTC' : 'local midnight'}`,
    fromMs: startOfDay(atMs, meterZone(dayStart)),
    toMs: atMs,
  });
  return {
    settings,
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
