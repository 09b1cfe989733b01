import type { Catalogue, Model } from '../catalogue/types';
import { countParameters } from '../model/parameters';
import { chooseLayout } from '../search/choose-layout';
import { boundOf } from '../training/breakdown';
import { readTrainingConstants } from '../training/constants';
import { stepTime } from '../training/step-time';
import type { JobTime, TrainingStepJob } from './job';
import type { DescribedMachine } from './machine';

/**
 * Time of one optimizer step on a machine, with the fastest of the usual layouts that fits into memory; see chooseLayout
 * and stepTime.
 *
 * Leaves out: machines whose number of processors does not divide the batch: they are said to have no layout.
 * Source: as stepTime.
 */
export function trainingStepTime(
  job: TrainingStepJob,
  model: Model,
  { machine, device }: DescribedMachine,
  catalogue: Catalogue,
): JobTime {
  if (device.rates[job.precision] === undefined) {
    return { isDone: false, reason: `No arithmetic for ${job.precision.toUpperCase()}.` };
  }
  const constants = readTrainingConstants(catalogue.assumptions);
  const question = {
    architecture: model.architecture,
    parameters: countParameters(model.architecture),
    precision: job.precision,
    sequenceLength: job.sequenceLength,
    globalBatch: job.sequences,
    accelerators: machine.processors,
  };
  const chosen = chooseLayout(question, device, constants);
  if (chosen === null) {
    return {
      isDone: false,
      reason:
        'No layout fits into its memory and divides the batch; more processors or a smaller model would.',
    };
  }
  const { layout, dataParallel } = chosen;
  const step = stepTime({ ...question, layout, dataParallel }, device, constants);
  const degrees: readonly (readonly [string, number])[] = [
    ['TP', layout.tensorParallel],
    ['PP', layout.pipelineParallel],
    ['CP', layout.contextParallel],
    ['DP', dataParallel],
  ];
  const words = degrees.filter(([, degree]) => degree > 1).map(([name, n]) => `${name} ${n}`);
  return {
    isDone: true,
    seconds: chosen.stepSeconds,
    layout: words.length === 0 ? 'alone' : words.join(' × '),
    bound: boundOf(step),
  };
}
