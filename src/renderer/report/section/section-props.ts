import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';

/** What every section of a report is given. */
export interface SectionProps {
  readonly plan: Plan;
  readonly report: Report;
  readonly catalogue: Catalogue;
}
