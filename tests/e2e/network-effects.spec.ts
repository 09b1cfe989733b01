import type { Page } from '@playwright/test';
import type { FacilityReport } from '@engine/facility/report-facility';
import type { Plan } from '@engine/plan';
import type { CostReport, Figure } from '@engine/report';
import { formatFigure, formatValue } from '@shared/format/value';
import { expect, test } from './support/app';
import { answerOf, keptOnce, retype } from './support/edits';

interface Place {
  readonly project: string;
  readonly folder: string;
}

/** What the command line's engine says of the only cluster and the only workload of a plan. */
async function engineSays(plan: Plan, place: Place) {
  const [facility] = (await answerOf('bom', plan, place)) as readonly FacilityReport[];
  const cost = (await answerOf('cost', plan, place)) as CostReport;
  const unitCost = cost.workloads[0]?.figures[0];
  if (!facility || !unitCost) throw new Error('The plan has no cluster or no workload.');
  return { facility, cost, unitCost };
}

function inputOf(figure: Figure, symbol: string): number {
  const input = figure.inputs.find((candidate) => candidate.symbol === symbol);
  if (!input) throw new Error(`${figure.label} has no ${symbol}.`);
  return input.value;
}

function tile(window: Page, label: string) {
  return window.getByRole('main').getByRole('group', { name: label, exact: true }).first();
}

async function expectTile(window: Page, label: string, figure: Figure): Promise<void> {
  await expect(tile(window, label)).toContainText(formatFigure(figure).number);
}

/** The Cluster section shows the switches, the bill and the fabric that the engine counts. */
async function expectCluster(window: Page, facility: FacilityReport): Promise<void> {
  await window.getByRole('tab', { name: 'Cluster' }).click();
  const { leaves, spines, cores, bisectionTbps, billUsd } = facility;
  await expectTile(window, 'Leaf switches', leaves);
  await expectTile(window, 'Spine switches', spines);
  if (cores.value === 0) await expect(tile(window, 'Core switches')).toHaveCount(0);
  else await expectTile(window, 'Core switches', cores);
  await expectTile(window, 'Bisection bandwidth, one direction', bisectionTbps);
  const bill = `Bill of materials: ${formatFigure(billUsd).text} for what has a price`;
  await expect(window.getByText(bill).first()).toBeVisible();
}

async function choose(window: Page, label: string, option: string): Promise<void> {
  await window.getByRole('combobox', { name: label, exact: true }).click();
  await window.getByRole('option', { name: option, exact: true }).click();
}

test('topology, oversubscription and rate of the network change switches, bill, time to train and cost as the engine says', async ({
  launchApp,
  folder,
  stage,
}) => {
  const place = { project: stage.project, folder };
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();

  const seen: { readonly days: number; readonly bill: number; readonly total: number }[] = [];
  const look = async (plan: Plan): Promise<void> => {
    const { facility, cost, unitCost } = await engineSays(plan, place);
    await expectCluster(window, facility);
    const accelerators = (plan.clusters[0]?.nodes.value ?? 0) * 8;
    const days = inputOf(unitCost, 'H') / 24 / accelerators;
    await window.getByRole('tab', { name: 'Training' }).click();
    await expect(tile(window, 'Time to train')).toContainText(
      formatFigure({ ...unitCost, value: days, unit: 'days' }).number,
    );
    await window.getByRole('tab', { name: 'Cost' }).click();
    await expectTile(window, 'Total cost, bought', cost.buyUsdTotal);
    await expectTile(
      window,
      'Per accelerator-hour in use, bought',
      cost.usdPerAcceleratorHourBought,
    );
    await window.getByRole('tab', { name: 'Cluster' }).click();
    seen.push({ days, bill: facility.billUsd.value ?? 0, total: cost.buyUsdTotal.value ?? 0 });
  };

  await look(await keptOnce(window, ({ clusters }) => clusters.length === 1));
  await retype(window, 'Oversubscription', '3');
  await look(await keptOnce(window, ({ clusters: [only] }) => only?.oversubscription?.value === 3));
  await retype(window, 'Oversubscription', '1');
  await choose(window, 'Topology', 'Dragonfly+');
  await look(await keptOnce(window, ({ clusters: [only] }) => only?.topology === 'dragonfly+'));
  await retype(window, 'Scale-out network per accelerator', '100');
  await look(
    await keptOnce(
      window,
      ({ clusters: [only] }) => only?.scaleOutGbpsPerAccelerator.value === 100,
    ),
  );

  const [planned, thin, groups, slow] = seen;
  if (!planned || !thin || !groups || !slow) throw new Error('A change was not seen.');
  // Fewer switches are cheaper to buy, and the run waits longer for what they carry.
  expect(thin.days).toBeGreaterThan(planned.days);
  expect(thin.bill).toBeLessThan(planned.bill);
  expect(thin.total).toBeLessThan(planned.total);
  expect(groups.days).toBeGreaterThan(planned.days);
  expect(groups.bill).toBeLessThan(planned.bill);
  // Most of the exchange still hides behind the chunks of the pipeline.
  expect(slow.days).toBeGreaterThan(1.15 * groups.days);
});

test('experts over many nodes train longer behind Amazon’s adapter, which undo takes back', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^DeepSeek-V3/ }).click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const days = tile(window, 'Time to train');
  const before = await days.innerText();
  await window.getByRole('tab', { name: 'Cluster' }).click();
  await choose(window, 'Network adapter', 'Elastic Fabric Adapter (Amazon)');
  await keptOnce(window, ({ clusters: [only] }) => only?.networkAdapter === 'elastic');
  await window.getByRole('tab', { name: 'Training' }).click();
  await expect(days).not.toContainText(before);
  await window.getByRole('button', { name: /^Undo/ }).click();
  await expect(days).toHaveText(before, { useInnerText: true });
});

test('a replica over two nodes answers later on a slower network, and its tokens cost more, as the engine says', async ({
  launchApp,
  folder,
  stage,
}) => {
  const place = { project: stage.project, folder };
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Chat fleet/ }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
  await retype(window, 'Tensor parallel', '16');
  const needed: number[] = [];
  const look = async (plan: Plan): Promise<void> => {
    const { unitCost } = await engineSays(plan, place);
    const accelerators = inputOf(unitCost, 'G');
    await window.getByRole('tab', { name: 'Inference' }).click();
    await expect(tile(window, 'Accelerators needed')).toContainText(
      formatValue(accelerators, '', 'en'),
    );
    await expectTile(window, 'Cost of a million output tokens, prompts included', unitCost);
    needed.push(accelerators);
  };
  await look(
    await keptOnce(
      window,
      ({ workloads: [only] }) => only?.kind === 'inference' && only.tensorParallel === 16,
    ),
  );
  const first = await tile(window, 'Time to first token').innerText();
  await window.getByRole('tab', { name: 'Cluster' }).click();
  await retype(window, 'Scale-out network per accelerator', '50');
  await look(
    await keptOnce(window, ({ clusters: [only] }) => only?.scaleOutGbpsPerAccelerator.value === 50),
  );
  await expect(tile(window, 'Time to first token')).not.toHaveText(first);
  expect(needed[1]).toBeGreaterThan(needed[0] ?? Number.POSITIVE_INFINITY);
});
