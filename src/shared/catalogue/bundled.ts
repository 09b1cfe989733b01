import { z } from 'zod';
import type { Catalogue } from '@engine/catalogue/types';
import clientAcceleratorRows from '../../../resources/catalogue/accelerators-client.json';
import furtherAcceleratorRows from '../../../resources/catalogue/accelerators-more.json';
import otherAcceleratorRows from '../../../resources/catalogue/accelerators-other.json';
import acceleratorRows from '../../../resources/catalogue/accelerators.json';
import facilityAssumptions from '../../../resources/catalogue/assumptions-facility.json';
import hardwareAssumptions from '../../../resources/catalogue/assumptions-hardware.json';
import servingAssumptions from '../../../resources/catalogue/assumptions-serving.json';
import taskAssumptions from '../../../resources/catalogue/assumptions-tasks.json';
import trainingAssumptions from '../../../resources/catalogue/assumptions-training.json';
import generalAssumptions from '../../../resources/catalogue/assumptions.json';
import benchmarkRows from '../../../resources/catalogue/benchmarks.json';
import imageModelRows from '../../../resources/catalogue/image-models.json';
import videoModelRows from '../../../resources/catalogue/video-models.json';
import sizeRows from '../../../resources/catalogue/model-sizes.json';
import openModelRows from '../../../resources/catalogue/models-open.json';
import recentModelRows from '../../../resources/catalogue/models-recent.json';
import sequenceModelRows from '../../../resources/catalogue/sequence-models.json';
import servedModelRows from '../../../resources/catalogue/models-serving.json';
import modelRows from '../../../resources/catalogue/models.json';
import networkRows from '../../../resources/catalogue/network.json';
import outlookAssumptions from '../../../resources/catalogue/outlook.json';
import instanceRows from '../../../resources/catalogue/instances.json';
import parallelUnitRows from '../../../resources/catalogue/parallel-units.json';
import generationRows from '../../../resources/catalogue/part-generations.json';
import processorTable from '../../../resources/catalogue/parts-cpu.json';
import graphicsTable from '../../../resources/catalogue/parts-gpu.json';
import placeRows from '../../../resources/catalogue/places.json';
import regionRows from '../../../resources/catalogue/regions.json';
import quoteRows from '../../../resources/catalogue/rental-quotes.json';
import hardwareSources from '../../../resources/catalogue/sources-hardware.json';
import modelSources from '../../../resources/catalogue/sources-models.json';
import networkSources from '../../../resources/catalogue/sources-network.json';
import outlookSources from '../../../resources/catalogue/sources-outlook.json';
import sourceRows from '../../../resources/catalogue/sources.json';
import systemRows from '../../../resources/catalogue/systems.json';
import { networkSchema } from './network-schema';
import { expandPart, generationSchema, tablePartSchema } from './part-table';
import {
  acceleratorSchema,
  assumptionsSchema,
  imageModelSchema,
  videoModelSchema,
  modelSchema,
  modelSizeSchema,
  instanceSchema,
  parallelUnitsSchema,
  placeSchema,
  regionSchema,
  rentalQuoteSchema,
  sequenceModelSchema,
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
  const sources = z
    .array(sourceSchema)
    .parse([
      ...hardwareSources,
      ...modelSources,
      ...networkSources,
      ...outlookSources,
      ...sourceRows,
    ]);
  const rentalQuotes = z.array(rentalQuoteSchema).parse(quoteRows);
  const network = networkSchema.parse(networkRows);
  const generations = byId(z.array(generationSchema).parse(generationRows));
  const tableParts = z
    .array(tablePartSchema)
    .parse([...graphicsTable, ...processorTable])
    .map((part) => expandPart(part, generations));
  const writtenParts = z
    .array(acceleratorSchema)
    .parse([
      ...acceleratorRows,
      ...clientAcceleratorRows,
      ...furtherAcceleratorRows,
      ...otherAcceleratorRows,
    ]);
  return {
    date: newest([
      ...sources.map((source) => source.readOn),
      ...rentalQuotes.map((quote) => quote.date),
    ]),
    sources: byId(sources),
    accelerators: byId([...writtenParts, ...tableParts.map(({ accelerator }) => accelerator)]),
    parallelUnits: new Map(
      [
        ...z.array(parallelUnitsSchema).parse(parallelUnitRows),
        ...tableParts.map(({ parallelUnits }) => parallelUnits),
      ].map((row) => [row.acceleratorId, row]),
    ),
    systems: byId(z.array(systemSchema).parse(systemRows)),
    models: byId(
      z
        .array(modelSchema)
        .parse([...modelRows, ...servedModelRows, ...openModelRows, ...recentModelRows]),
    ),
    imageModels: byId(z.array(imageModelSchema).parse(imageModelRows)),
    videoModels: byId(z.array(videoModelSchema).parse(videoModelRows)),
    sequenceModels: byId(z.array(sequenceModelSchema).parse(sequenceModelRows)),
    benchmarks: new Map(
      z
        .array(servingBenchmarkSchema)
        .parse(benchmarkRows)
        .map((row) => [row.modelId, row]),
    ),
    instances: byId(z.array(instanceSchema).parse(instanceRows)),
    modelSizes: byId(z.array(modelSizeSchema).parse(sizeRows)),
    regions: byId(z.array(regionSchema).parse(regionRows)),
    places: new Map(
      z
        .array(placeSchema)
        .parse(placeRows)
        .map((row) => [row.regionId, row]),
    ),
    rentalQuotes,
    assumptions: assumptionsSchema.parse({
      ...generalAssumptions,
      ...hardwareAssumptions,
      ...servingAssumptions,
      ...taskAssumptions,
      ...trainingAssumptions,
      ...facilityAssumptions,
      ...outlookAssumptions,
    }),
    network: {
      switches: byId(network.switches),
      transceivers: byId(network.transceivers),
      networkCards: byId(network.networkCards),
      designs: new Map(network.designs.map((design) => [design.systemId, design])),
    },
  };
}

/** The catalogue that comes with the application: resources/catalogue/*.json, checked once when it is loaded. */
export const bundledCatalogue: Catalogue = readBundled();
