import { join } from 'node:path';

/** The folder that holds out/cli/index.js two levels down: the checkout, or the installed application's folder. */
export const projectRoot = join(import.meta.dirname, '..', '..');
