import type { Plan } from '@engine/plan';
import { planDocument } from '../document/document';
import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';
import { goToPlan } from './navigation';

/** Puts a new plan into the library and opens it. */
export async function createPlanAndOpen(plan: Plan): Promise<boolean> {
  await planDocument.flush();
  const created = await invoke('plan.create', { plan });
  if (!created.ok) {
    noticeFailure(created.error);
    return false;
  }
  return goToPlan(created.value.id);
}
