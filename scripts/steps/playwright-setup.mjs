import { findElectron } from './electron-binary.mjs';
import { StepFailure } from './failure.mjs';
import { setTestStage } from './test-stage.mjs';

/** Playwright calls this before the first end-to-end test; the workers inherit what it puts into the environment. */
export default async function setUp() {
  const electron = findElectron();
  if (!electron) throw new StepFailure('Electron is not installed: run `npm run setup` first.');
  const { stage, environment, stop } = await setTestStage(electron);
  console.log(`Testing in ${electron.label}`);
  if (stage.excuse) console.log(stage.excuse);
  Object.assign(process.env, environment, { CLUSTERWRIGHT_TEST_STAGE: JSON.stringify(stage) });
  // Playwright itself ends without its teardown then; leaving through exit ends the display.
  process.once('SIGTERM', () => process.exit(143));
  return stop;
}
