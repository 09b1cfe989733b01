import { z } from 'zod';
import { findModel } from '@engine/catalogue/find';
import type { Demand } from '@engine/search/demand';
import { sizeDemand } from '@engine/search/size-demand';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, readCount, type Command } from '../command';
import { CommandFailure, exitStatus } from '../io';
import { readJson } from '../read-input';

const precision = z.enum(['fp32', 'tf32', 'bf16', 'fp16', 'fp8', 'int8', 'fp4']);
const acquisition = z.enum(['buy', 'rent']).default('buy');
const positive = z.number().positive();

const demandSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('inference'),
    model: z.string(),
    acquisition,
    concurrentUsers: positive,
    requestsPerUserHour: positive,
    inputTokens: positive,
    outputTokens: positive,
    timeToFirstTokenTargetMs: positive,
    timePerOutputTokenTargetMs: positive,
    weightPrecision: precision.nullable().default(null),
  }),
  z.object({
    kind: z.literal('training'),
    model: z.string(),
    acquisition,
    tokens: positive,
    sequenceLength: z.int().positive(),
    globalBatchSequences: z.int().positive(),
    deadlineDays: positive,
    precision: precision.default('bf16'),
  }),
]);

/** `size DEMAND.json`: which clusters meet a demand. */
export const sizeCommand: Command = {
  name: 'size',
  summary: 'find the clusters that meet a demand, ranked by cost',
  help: `Usage: clusterwright size DEMAND.json [--top N]

Prints JSON {model, ranked, rejected}: for every system of the catalogue the fewest nodes that meet the demand, ranked
by cost, and why the others do not. '-' reads standard input; --top keeps the N cheapest.

A demand for serving:
  { "kind": "inference", "model": "Llama 3.1 70B", "concurrentUsers": 20000, "requestsPerUserHour": 10,
    "inputTokens": 1500, "outputTokens": 400, "timeToFirstTokenTargetMs": 2000, "timePerOutputTokenTargetMs": 60,
    "weightPrecision": null, "acquisition": "buy" }
A demand for training:
  { "kind": "training", "model": "Llama 3.1 70B", "tokens": 1e12, "sequenceLength": 8192,
    "globalBatchSequences": 1024, "deadlineDays": 60, "precision": "bf16", "acquisition": "rent" }

weightPrecision null leaves the choice: 8 bits where the accelerator has them, else 16. acquisition says whether the
ranking goes by the cost of owning (buy) or by the median on-demand rent.`,
  async perform(args, io) {
    const { positionals, text } = parseArguments(args, 1, { top: { type: 'string' } });
    const [path = ''] = positionals;
    const top = readCount(text('top'), '--top');
    const read = demandSchema.safeParse(await readJson(path, io));
    if (!read.success) {
      throw new CommandFailure(
        `The demand cannot be used: ${z.prettifyError(read.error)}\nNothing was computed; correct it and run the command again.`,
      );
    }
    const { model: name, acquisition: chosen, ...wanted } = read.data;
    const model = findModel(bundledCatalogue, name);
    if (model === null) {
      throw new CommandFailure(
        `The catalogue has no model named '${name}'. Nothing was computed; known models: ${[...bundledCatalogue.models.keys()].join(', ')}.`,
      );
    }
    const demand: Demand = { ...wanted, modelId: model.id };
    const { ranked, rejected } = sizeDemand(demand, bundledCatalogue, chosen);
    const kept = top === null ? ranked : ranked.slice(0, top);
    io.print(JSON.stringify({ model: model.name, ranked: kept, rejected }, null, 2));
    return exitStatus.done;
  },
};
