import { searchSteps, type SearchRequest, type SearchResult } from '@engine/search/search-layouts';
import { serveTask } from './serve-task';

serveTask<SearchRequest, SearchResult, SearchResult>(self, searchSteps);
