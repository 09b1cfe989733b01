import type { SearchRequest, SearchResult } from '@engine/search/search-layouts';
import { createTaskClient } from './task-client';

/** The search for layouts in a thread of its own. */
export const layoutSearch = createTaskClient<SearchRequest, SearchResult, SearchResult>(
  () => new Worker(new URL('./layout-search.worker.ts', import.meta.url), { type: 'module' }),
);
