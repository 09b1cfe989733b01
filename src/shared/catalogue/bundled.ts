import { z } from 'zod';
import type { Catalogue } from '@engine/catalogue/types';
import clientAcceleratorRows from '../../../resources/catalogue/accelerators-client.json';
import acceleratorRows from '../../../resources/catalogue/accelerators.json';
import hardwareAssumptions from '../../../resources/catalogue/assumptions-hardware.json';
import servingAssumptions from '../../../resources/catalogue/assumptions-serving.json';
import generalAssumptions from '../../../resources/catalogue/assumptions.json';
import benchmarkRows from '../../../resources/catalogue/benchmarks.json';
import imageModelRows from '../../../resources/catalogue/image-models.json';
import servedModelRows from '../../../resources/catalogue/models-serving.json';
import modelRows from '../../../resources/catalogue/models.json';
import regionRows from '../../../resources/catalogue/regions.json';
import quoteRows from '../../../resources/catalogue/rental-quotes.json';
import hardwareSources from '../../../resources/catalogue/sources-hardware.json';
import sourceRows from '../../../resources/catalogue/sources.json';
import systemRows from '../../../resources/catalogue/systems.json';
import {
  acceleratorSchema,
  assumptionsSchema,
  imageModelSchema,
  modelSchema,
  regionSchema,
  rentalQuoteSchema,
  servingBenchmarkSchema,
  sourceSchema,
  systemSchema,
} from './schema';

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** ISO dates sort as text; 'not read' and other words are no dates. */
function newest(dates: readonly string[]): string {
  return dates
    .filter((date) => /^\d/.test(date))
    .reduce((latest, date) => (date > latest ? date : latest), '');
}

function readBundled(): Catalogue {
  const sources = z.array(sourceSchema).parse([...hardwareSources, ...sourceRows]);
  const rentalQuotes = z.array(rentalQuoteSchema).parse(quoteRows);
  return {
    date: newest([
      ...sources.map((source) => source.readOn),
      ...rentalQuotes.map((quote) => quote.date),
    ]),
    sources: byId(sources),
    accelerators: byId(
      z.array(acceleratorSchema).parse([...acceleratorRows, ...clientAcceleratorRows]),
    ),
    systems: byId(z.array(systemSchema).parse(systemRows)),
    models: byId(z.array(modelSchema).parse([...modelRows, ...servedModelRows])),
    imageModels: byId(z.array(imageModelSchema).parse(imageModelRows)),
    benchmarks: new Map(
      z
        .array(servingBenchmarkSchema)
        .parse(benchmarkRows)
        .map((row) => [row.modelId, row]),
    ),
    regions: byId(z.array(regionSchema).parse(regionRows)),
    rentalQuotes,
    assumptions: assumptionsSchema.parse({
      ...generalAssumptions,
      ...hardwareAssumptions,
      ...servingAssumptions,
    }),
  };
}

/** The catalogue that comes with the application: resources/catalogue/*.json, checked once when it is loaded. */
export const bundledCatalogue: Catalogue = readBundled();
