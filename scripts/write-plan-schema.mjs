// Writes resources/clusterplan.schema.json from the schema in src/shared/plan/schema.ts: run after changing it.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const root = resolve(import.meta.dirname, '..');
const { module } = await runnerImport(resolve(root, 'src/shared/plan/json-schema.ts'), {
  configFile: false,
  resolve: {
    alias: { '@engine': resolve(root, 'src/engine'), '@shared': resolve(root, 'src/shared') },
  },
});
const target = resolve(root, 'resources/clusterplan.schema.json');
writeFileSync(target, module.planJsonSchema());
console.log(`Written: ${target}`);
