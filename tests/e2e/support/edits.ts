import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import type { Plan } from '@engine/plan';
import { canonicalPlan } from '@shared/plan/canonical';
import { askOk } from './bridge';

const execute = promisify(execFile);

/** Types a new value into a field and leaves it with Enter. */
export async function retype(window: Page, label: string, text: string): Promise<void> {
  const input = window.getByRole('textbox', { name: label, exact: true });
  await input.fill(text);
  await input.press('Enter');
}

/** The only plan of the library as it is kept on disk. */
export async function keptPlan(window: Page): Promise<Plan> {
  const [only] = await askOk(window, 'library.list', { search: '', includeArchived: false });
  if (!only) throw new Error('The library is empty.');
  return (await askOk(window, 'plan.open', { id: only.id })).plan;
}

/** The kept plan, once it holds what was edited. */
export async function keptOnce(window: Page, holds: (plan: Plan) => boolean): Promise<Plan> {
  await expect.poll(async () => holds(await keptPlan(window))).toBe(true);
  return keptPlan(window);
}

/** What a command of the command line answers about a plan, as JSON. */
export async function answerOf(
  command: 'bom' | 'cost' | 'check',
  plan: Plan,
  place: { readonly project: string; readonly folder: string },
): Promise<unknown> {
  const path = join(place.folder, `${command}.clusterplan`);
  writeFileSync(path, canonicalPlan(plan));
  const cli = join(place.project, 'out/cli/index.js');
  const options = { maxBuffer: 1e8 };
  const { stdout } = await execute(process.execPath, [cli, command, path, '--json'], options);
  return JSON.parse(stdout);
}
