import { createServer } from 'vite';

/** Loads the engine's own modules for a script; `close` ends it. */
export async function engineServer() {
  const server = await createServer({
    configFile: 'vite.cli.config.ts',
    // A script may write what is read here.
    server: { middlewareMode: true, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
    appType: 'custom',
    logLevel: 'error',
  });
  return { load: (path) => server.ssrLoadModule(path), close: () => server.close() };
}
