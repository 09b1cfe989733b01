import { readPartsCsv, type PartsReading } from '@shared/catalogue/parts-csv';
import { serveTask } from './serve-task';

serveTask<string, never, PartsReading>(self, readPartsCsv);
