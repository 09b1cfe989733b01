import type { BillLine } from '@engine/facility/bill';
import { withReadableDates } from '@shared/format/date';
import { SourceChip } from '../source/SourceChip';
import { groupByBasis } from './basis-groups';
import classes from './facility.module.css';

/** What quantities and prices of a bill rest on, said once for the lines that share it. */
export function BillNotes({ lines }: { readonly lines: readonly BillLine[] }) {
  return (
    <dl className={classes.notes}>
      {groupByBasis(lines).map(({ basis, items, sources }) => (
        <div key={basis}>
          <dt>{items.join('; ')}</dt>
          <dd>
            {withReadableDates(basis)}{' '}
            {sources.map((sourceId) => (
              <SourceChip key={sourceId} sourceId={sourceId} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
