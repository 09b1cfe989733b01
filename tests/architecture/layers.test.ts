import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

/** Lints a made-up file at `path` and returns the messages of the import rule. */
async function importErrors(path: string, source: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: `${import.meta.dirname}/../..`,
    ruleFilter: ({ ruleId }) => ruleId === 'no-restricted-imports',
    overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
  });
  const [result] = await eslint.lintText(source, { filePath: path });
  return (result?.messages ?? []).map((message) => message.message);
}

describe('the lint that closes the hole of project references', () => {
  it.each([
    ['src/engine/evaluate.ts', `import { z } from 'zod'; z;`, 'imports nothing from outside'],
    ['src/engine/evaluate.ts', `import { a } from '@shared/result'; a;`, 'imports nothing from'],
    ['src/shared/result.ts', `import { app } from 'electron'; app;`, 'Only main/shell'],
    ['src/shared/result.ts', `import { a } from '../main/router'; a;`, 'it knows no process'],
    ['src/preload/index.ts', `import { a } from '@engine/units'; a;`, 'Go through @shared'],
    ['src/preload/index.ts', `import { a } from '../main/router'; a;`, 'add a channel'],
    ['src/main/router.ts', `import { app } from 'electron'; app;`, 'Only main/shell'],
    ['src/main/router.ts', `import { a } from '../renderer/main'; a;`, 'add a channel'],
    ['src/renderer/main.tsx', `import { a } from '../main/router'; a;`, 'add a channel'],
    ['src/renderer/main.tsx', `import { app } from 'electron'; app;`, 'Only main/shell'],
    ['src/cli/index.ts', `import { a } from '../main/router'; a;`, 'add a channel'],
  ])('%s may not hold: %s', async (path, source, message) => {
    expect((await importErrors(path, source)).join(' ')).toContain(message);
  });

  it('lets the shell import electron and the engine import itself', async () => {
    expect(
      await importErrors('src/main/shell/window.ts', `import { app } from 'electron'; app;`),
    ).toEqual([]);
    expect(
      await importErrors('src/engine/evaluate.ts', `import { seconds } from './units'; seconds;`),
    ).toEqual([]);
  });
});
