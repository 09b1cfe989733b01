import { defineConfig } from 'electron-vite';
import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';

const alias = {
  '@engine': resolve(import.meta.dirname, 'src/engine'),
  '@shared': resolve(import.meta.dirname, 'src/shared'),
};

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      rolldownOptions: {
        input: 'src/main/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  // A sandboxed preload must be one CommonJS file, so nothing may be split off or left external.
  preload: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    resolve: { alias },
    plugins: [react()],
    worker: { format: 'es' },
    build: {
      target: 'chrome130',
      // The content security policy lets nothing in but files: an inlined font would be refused.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          index: resolve(import.meta.dirname, 'src/renderer/index.html'),
          print: resolve(import.meta.dirname, 'src/renderer/print.html'),
        },
      },
    },
  },
});
