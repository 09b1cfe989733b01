import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const reports = new WeakMap<Plan, Report>();

/** The report of a plan, computed once per plan object: undo and redo show it again without computing. */
export function reportOf(plan: Plan): Report {
  const known = reports.get(plan);
  if (known) return known;
  const report = evaluate(plan, bundledCatalogue);
  reports.set(plan, report);
  return report;
}
