import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      '@engine': resolve(import.meta.dirname, 'src/engine'),
      '@shared': resolve(import.meta.dirname, 'src/shared'),
    },
  },
  test: {
    passWithNoTests: false,
    projects: [
      // Pure functions: the files share a process and its modules, of which loading takes longer than most tests.
      project('pure', ['engine', 'shared'], false),
      // Files, databases, processes, documents: each file on its own.
      project('apart', ['architecture', 'storage', 'main', 'renderer', 'cli'], true),
    ],
  },
});

function project(name: string, folders: readonly string[], isolate: boolean) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`tests/{${folders.join(',')}}/**/*.test.ts`],
      isolate,
      setupFiles: ['tests/fixtures/property-seed.ts'],
      // No test asserts a time; a busy machine may take long.
      testTimeout: 60_000,
    },
  };
}
