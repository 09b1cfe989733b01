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
    include: ['tests/{architecture,engine,shared,storage,main,renderer,cli}/**/*.test.ts'],
    passWithNoTests: false,
    // No test asserts a time; a busy machine may take long.
    testTimeout: 60_000,
  },
});
