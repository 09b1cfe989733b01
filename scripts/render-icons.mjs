import './steps/node-version.mjs';
import { mkdirSync } from 'node:fs';
import { StepFailure, runScript } from './steps/failure.mjs';
import { inProject } from './steps/project.mjs';
import { run } from './steps/run.mjs';

// Renders resources/desktop/*.svg to the PNGs beside them; needs rsvg-convert (Debian: librsvg2-bin). The PNGs are
// committed, so only a change to an SVG calls for this.
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];

// Details of the full drawing blur below this size.
const smallestDetailedSize = 48;

await runScript(async () => {
  for (const size of sizes) {
    const name = `${size}x${size}.png`;
    const drawing = size < smallestDetailedSize ? 'clusterwright-small' : 'clusterwright';
    await render(drawing, size, `icons/${name}`);
    await render('clusterplan', size, `document-icons/${name}`);
  }
  // Installers for Windows and macOS are made from one large picture.
  await render('clusterwright', 1024, 'icon.png');
  await render('clusterplan', 1024, 'document-icon.png');
  return 0;
});

async function render(drawing, size, target) {
  mkdirSync(inProject('resources/desktop', target, '..'), { recursive: true });
  const result = await run('rsvg-convert', [
    ...['--width', String(size), '--height', String(size)],
    ...['--output', inProject('resources/desktop', target)],
    inProject(`resources/desktop/${drawing}.svg`),
  ]);
  if (result.ok) return;
  throw new StepFailure(
    `${target} could not be rendered; the other pictures were kept. Install rsvg-convert (librsvg2-bin) and run the command again.`,
    result.stderr,
  );
}
