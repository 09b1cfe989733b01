import type { PartsReading } from '@shared/catalogue/parts-csv';
import { createTaskClient } from './task-client';

/** Reads a file of parts in a thread of its own: the window stays free however long the file is. */
export const partsCsv = createTaskClient<string, never, PartsReading>(
  () => new Worker(new URL('./parts-csv.worker.ts', import.meta.url), { type: 'module' }),
);
