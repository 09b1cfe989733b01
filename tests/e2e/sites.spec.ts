import { expect, test } from './support/app';
import { keptOnce, keptPlan, retype } from './support/edits';

test('a cluster is spread over two sites in one step, and one undo brings it back', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('button', { name: 'Add', exact: true }).click();
  await window.getByRole('menuitem', { name: 'Site', exact: true }).click();
  const before = await keptOnce(window, ({ sites }) => sites.length === 2);
  await window.getByRole('tab', { name: 'Cluster' }).click();
  const nodes = window.getByRole('textbox', { name: 'Nodes', exact: true });
  const spread = window.getByRole('button', { name: 'Spread over 2 sites' });
  await expect(nodes).toHaveValue(/^2,048/);

  await spread.click();
  await expect(nodes).toHaveValue(/^1,024/);
  const after = await keptOnce(window, ({ clusters }) => clusters.length === 2);
  expect(after.clusters.map(({ siteId, nodes: { value } }) => [siteId, value])).toEqual(
    before.sites.map(({ id }) => [id, 1_024]),
  );
  const [job] = after.workloads;
  expect(job?.kind === 'training' && job.otherClusterIds).toEqual([after.clusters[1]?.id]);
  // The exchange between the sites has no link yet: the check says so, and its button gives one.
  const missing = window.getByText(/has no link, and .* spans it/);
  await expect(missing).toBeVisible();
  await window.getByRole('button', { name: 'Set to 800 Gb/s' }).first().click();
  await keptOnce(window, ({ sites }) => sites.some(({ linkGbps }) => linkGbps?.value === 800));

  const undo = window.getByRole('button', { name: /^Undo/ });
  await undo.click();
  await expect(missing).toBeVisible();
  await undo.click();
  await expect(nodes).toHaveValue(/^2,048/);
  await expect(spread).toBeVisible();
  await keptOnce(window, ({ clusters }) => clusters.length === 1);
  const undone = await keptPlan(window);
  expect(undone.clusters).toEqual(before.clusters);
  expect(undone.workloads).toEqual(before.workloads);
});

test('a power cap that is exceeded is found, says what it feeds, and is mended by its button', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^64-GPU fine-tuning/ }).click();
  await window.getByRole('tab', { name: 'Energy' }).click();
  const feeds = window.getByRole('table', { name: 'What the power cap feeds, at rated power' });
  await expect(window.getByRole('group', { name: 'Facility power under load' })).toBeVisible();
  await expect(feeds).toHaveCount(0);

  await retype(window, 'Power cap', '60 kW');
  const checks = window.getByRole('region', { name: 'Checks' });
  const tooMuch = checks.getByRole('listitem').filter({ hasText: 'draws more power than it may' });
  await expect(tooMuch).toContainText(/the cap feeds 3 such nodes, and the plan has 8\./);
  await expect(feeds.getByRole('row', { name: /^8 × / })).toContainText('3 nodes');
  await tooMuch.getByRole('button', { name: /^Set to \d+ kW$/ }).click();
  await expect(tooMuch).toHaveCount(0);

  const rated = checks.getByRole('listitem').filter({ hasText: 'not at their rated power' });
  await expect(rated).toBeVisible();
  await rated.getByRole('button', { name: /^Set to \d+ kW$/ }).click();
  await expect(rated).toHaveCount(0);
  await expect(feeds.getByRole('row', { name: /^8 × / })).toContainText('1 cluster');
  await expect(window.getByRole('textbox', { name: 'Power cap', exact: true })).toHaveValue('139');
});
