import type { Plan, ZeroStage } from '@engine/plan';
import type { Finding } from '@engine/report';
import { degreeLabel } from '../degree-fields';
import { extraNumbers } from '../layout-extra-fields';
import { findQuantityField } from '../quantity-fields';
import { costsId, findPart } from '../subject';
import { defineCommand } from './command';
import { setLayoutExtra } from './layout-extras';
import { setDegree, setZeroStage } from './layout';
import { setQuantity } from './quantity';
import { setPowerRedundancy } from './time-and-place';

const zeroStages: readonly number[] = [0, 1, 2, 3] satisfies ZeroStage[];

function isZeroStage(value: number): value is ZeroStage {
  return zeroStages.includes(value);
}

/** Does what a finding proposes: puts the mending value into the field it names. */
export const applyFix = defineCommand<{ readonly finding: Finding }>({
  label: (_plan, { finding }) => finding.fix?.label ?? 'Apply fix',
  apply(plan, { finding: { fix, field, subjectId } }): Plan {
    const partId = subjectId ?? costsId;
    const found = findPart(plan, partId);
    if (!found || !fix || field === null) return plan;
    if (fix.choice !== undefined) {
      return setPowerRedundancy.apply(plan, { partId, redundancy: fix.choice });
    }
    if (field === 'layout.zeroStage' && isZeroStage(fix.value)) {
      return setZeroStage.apply(plan, { partId, zeroStage: fix.value });
    }
    if (degreeLabel(field) !== null) {
      return setDegree.apply(plan, { partId, path: field, value: fix.value });
    }
    const extra = extraNumbers.find(({ key }) => field === `layout.${key}`);
    if (extra) return setLayoutExtra.apply(plan, { partId, extra: { [extra.key]: fix.value } });
    return findQuantityField(found.kind, field)
      ? setQuantity.apply(plan, { partId, field, read: { value: fix.value } })
      : plan;
  },
});
