import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, readCount, type Command } from '../command';
import { readDemandFile } from '../demand-file';
import { exitStatus } from '../io';
import { readJson } from '../read-input';

/** `size DEMAND.json`: which clusters meet a demand. */
export const sizeCommand: Command = {
  name: 'size',
  summary: 'find the clusters that meet a demand, ranked by cost',
  help: `Usage: clusterwright size DEMAND.json [--top N]

Prints JSON {model, problem, ranked, relaxations, rejected}: for every system of the catalogue, and for a stand-in server of every
other accelerator, the fewest nodes that meet the demand, ranked; what relaxing each target would save; why the others do
not. A cluster that no single fabric joins stands last, with the number of equal clusters that it takes as "fabrics"; its "solution" is
then that of each of them. '-' reads standard input; --top keeps the N best. Exit status 1 when nothing meets the demand; problem then says what
to relax.

A demand for serving:
  { "kind": "inference", "model": "Llama 3.1 70B", "concurrentUsers": 20000, "requestsPerUserHour": 10,
    "inputTokens": 1500, "outputTokens": 400, "timeToFirstTokenTargetMs": 2000, "timePerOutputTokenTargetMs": 60,
    "weightPrecision": null, "acquisition": "buy", "rankedBy": "cost" }
  In place of concurrentUsers: "requestsPerDay" or "tokensPerDay" (input and output together), with "peakToMean".
A demand for what is answered in one piece, kind "image", "video", "embedding" or "speech":
  { "kind": "image", "model": "FLUX.1 dev", "requestsPerDay": 2000000, "peakToMean": 2, "imageSteps": 28, "imageEdge": 1024,
    "targetSeconds": 5, "precision": null, "acquisition": "buy", "rankedBy": "cost" }
  video: "videoSeconds", "videoLines", "videoSteps", embedding: "textTokens", speech: "audioSeconds" in place of the image's; each null or left out: that of the model or the catalogue.
  All but one request in a hundred are answered within targetSeconds.
Several services on one cluster, each as above, without acquisition and rankedBy:
  { "kind": "services", "services": [{ "kind": "inference", "model": … }, { "kind": "image", "model": … }], "acquisition": "rent" }
A demand for training:
  { "kind": "training", "model": "Llama 3.1 70B", "tokens": 1e12, "sequenceLength": 8192,
    "globalBatchSequences": 1024, "deadlineDays": 60, "precision": "bf16", "acquisition": "rent" }

weightPrecision null leaves the choice: 8 bits where the accelerator has them, else 16; precision null: 16 bits, or 8 where these
need fewer nodes. rankedBy is "cost", "power" or
"accelerators"; acquisition says whether cost is that of owning (buy) or the median on-demand rent.`,
  async perform(args, io) {
    const { positionals, text } = parseArguments(args, 1, { top: { type: 'string' } });
    const [path = ''] = positionals;
    const top = readCount(text('top'), '--top');
    const { demand, models, acquisition, rankedBy } = readDemandFile(
      await readJson(path, io),
      bundledCatalogue,
    );
    const { ranked, rejected, problem, relaxations } = sizeDemand(
      demand,
      bundledCatalogue,
      acquisition,
      rankedBy,
    );
    const kept = top === null ? ranked : ranked.slice(0, top);
    const model = models.join(', ');
    io.print(JSON.stringify({ model, problem, ranked: kept, relaxations, rejected }, null, 2));
    return problem === null ? exitStatus.done : exitStatus.failed;
  },
};
