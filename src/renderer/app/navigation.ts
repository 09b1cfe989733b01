import { planDocument } from '../document/document';
import { sectionOf, selectionFor, type Section } from '../document/sections';
import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';
import { setView, viewStore, type Door } from './view-store';

function remember(openPlanId: string | null) {
  void invoke('settings.set', { openPlanId }).then((result) => {
    if (!result.ok) noticeFailure(result.error);
  });
}

function showPlan(id: string) {
  setView({
    screen: 'plan',
    section: 'overview',
    selectedId: null,
    wantedField: null,
    dialog: null,
  });
  remember(id);
}

/** Whether the plan is the open one now; on failure the user reads why. */
async function isOpened(id: string): Promise<boolean> {
  if (planDocument.store.getState().id === id) return true;
  const opened = await planDocument.open(id);
  if (!opened.ok) noticeFailure(opened.error);
  return planDocument.store.getState().id === id;
}

/** Opens a stored plan; on failure the user reads why and stays where they were. A plan that is opened meanwhile stays. */
export async function goToPlan(id: string): Promise<boolean> {
  if (!(await isOpened(id))) return false;
  showPlan(id);
  return true;
}

/** Opens the plan of last time: behind the screen that is chosen meanwhile, and not at all where another plan is. */
export async function reopenPlan(id: string): Promise<void> {
  const hasOpened = await isOpened(id);
  if (viewStore.getState().screen !== 'starting') return;
  if (hasOpened) showPlan(id);
  else setView({ screen: 'library' });
}

export async function goToLibrary(): Promise<void> {
  await planDocument.flush();
  const { save } = planDocument.store.getState();
  if (save.kind === 'failed') {
    noticeFailure(save.failure);
    return;
  }
  setView({ screen: 'library', dialog: null, selectedId: null });
  await planDocument.close();
  remember(null);
}

/** Shows the explorable, at one of its headings where one is named; a plan that is open stays open behind it. */
export function goToExplore(heading: string | null = null): void {
  setView({ screen: 'explore', dialog: null, wantedField: heading });
}

/** Shows the catalogue; a plan that is open stays open behind it. */
export function goToCatalogue(): void {
  setView({ screen: 'catalogue', dialog: null });
}

/** Shows the open plan again as it was left. */
export function backToPlan(): void {
  if (planDocument.store.getState().history !== null) setView({ screen: 'plan' });
}

export function select(partId: string | null): void {
  const plan = planDocument.store.getState().history?.present;
  if (!plan) return;
  const section = sectionOf(plan, partId);
  setView({ screen: 'plan', selectedId: partId, section, wantedField: null });
}

export function goToSection(section: Section): void {
  const plan = planDocument.store.getState().history?.present;
  if (!plan) return;
  const { selectedId } = viewStore.getState();
  setView({ section, selectedId: selectionFor(plan, section, selectedId), wantedField: null });
}

/** Shows a part's inspector and puts the focus into one of its fields. */
export function goToField(partId: string | null, field: string): void {
  select(partId);
  const hiddenPanels = viewStore.getState().hiddenPanels.filter((panel) => panel !== 'inspector');
  setView({ wantedField: field, hiddenPanels });
}

export function openDoor(door: Door): void {
  setView({ dialog: 'new-plan', door });
}
