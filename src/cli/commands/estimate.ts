import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, type Command } from '../command';
import { estimateCases } from '../estimate/estimate';
import { CommandFailure, exitStatus } from '../io';
import { readJson } from '../read-input';

/** `estimate CASES.json`: predicts published or planned runs. */
export const estimateCommand: Command = {
  name: 'estimate',
  summary: 'predict training and serving cases from a JSON file',
  help: `Usage: clusterwright estimate CASES.json

Predicts every case of a JSON array and prints a JSON array in the same order; '-' reads standard input.
A case has an id, a model, hardware, and either training or serving; every field may be missing or null: then the
engine fills in what is usual and lists it under assumptions. Fields it does not know are ignored, and what a case
carries for scoring (measured, derived and the like) is dropped before anything is read.
A case that cannot be predicted has an error; the others are predicted all the same.

Images and videos state steps and resolution ('1280x720'), videos frames or fps as well; images are answered in images a
second, videos in seconds of one and videos a second.

Every prediction has predicted values, an interval in which four of five measurements are expected, the breakdown in
seconds, the layout, what bounds it, and the assumptions. Units: seconds, milliseconds where the name says so,
tokens per second, GB = 10⁹ bytes.`,
  async perform(args, io) {
    const [path = ''] = parseArguments(args, 1).positionals;
    const read = await readJson(path, io);
    if (!Array.isArray(read)) {
      throw new CommandFailure(
        `${path === '-' ? 'Standard input' : path} holds no JSON array of cases. Nothing was computed; put the cases into one array.`,
      );
    }
    io.print(JSON.stringify(estimateCases(read as unknown[], bundledCatalogue), null, 2));
    return exitStatus.done;
  },
};
