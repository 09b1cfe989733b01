/**
 * Loaded into the app's main process before the app itself, without any debugger attached: a debugger keeps a page visible
 * whatever its window does. Opens the meter, hides the window, and writes the ids of the app's processes.
 */
/* global process -- this runs in the app's main process */
const { app } = require('electron');

const steps = `(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const find = (selector, text) =>
    [...document.querySelectorAll(selector)].find((one) => one.textContent.trim() === text);
  while (!find('button', 'Explore')) await frame();
  find('button', 'Explore').click();
  while (!find('a', 'GPU-hours consumed by AI')) await frame();
  find('a', 'GPU-hours consumed by AI').click();
  return document.visibilityState;
})()`;

const hiding = `new Promise((done) => {
  if (document.hidden) done('hidden');
  document.addEventListener('visibilitychange', () => done(document.visibilityState));
})`;

app.on('browser-window-created', (_event, window) => {
  window.webContents.once('did-finish-load', async () => {
    const before = await window.webContents.executeJavaScript(steps);
    window.hide();
    const after = await window.webContents.executeJavaScript(hiding);
    const ids = app.getAppMetrics().map(({ pid }) => pid);
    process.stdout.write(`hidden-window ${JSON.stringify({ before, after, ids })}\n`);
  });
});
