import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { planSearch, usualSearch } from '@engine/search/plan-search';
import { searchLayouts } from '@engine/search/search-layouts';
import { useMemo } from 'react';
import { LayoutRanking, LostChoices } from '../section/LayoutRanking';
import classes from '../section/launch.module.css';

interface RankedLayoutsProps {
  readonly plan: Plan;
  readonly workloadId: string;
  readonly catalogue: Catalogue;
}

/** The fastest layouts of the planned cluster as printed: on screen a reader searches with own choices. */
export function RankedLayouts({ plan, workloadId, catalogue }: RankedLayoutsProps) {
  const found = useMemo(() => {
    const request = planSearch(plan, workloadId, catalogue, usualSearch);
    if (request === null) return null;
    const { question, device, constants, options } = request;
    const result = searchLayouts(question, device, constants, options);
    return { request, result };
  }, [plan, workloadId, catalogue]);
  if (found === null) return null;
  const { evaluated, pruned } = found.result;
  const count = new Intl.NumberFormat('en').format(evaluated + pruned);
  return (
    <div>
      <LayoutRanking {...found} />
      <p className={classes.quiet}>
        {`The fastest of ${count} layouts of the whole cluster that leave ${Math.round(100 * usualSearch.memoryHeadroom)} % of the memory free.`}
      </p>
      <LostChoices result={found.result} />
    </div>
  );
}
