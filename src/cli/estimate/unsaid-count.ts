import type { Accelerator, Architecture, Catalogue } from '@engine/catalogue/types';
import { bytesPerElement } from '@engine/model/precision';
import { countParameters } from '@engine/model/parameters';
import { BYTES_PER_GB, flopPerSecondFromTflops, SECONDS_PER_DAY } from '@engine/units';
import type { Case, CaseHardware, CaseServing, CaseTraining } from './case';
import { namedPart } from './named-part';
import { shareOfWeights } from './unsaid-weights';
import { readWeightFormat } from './weight-format';
import { writtenHardware } from './written-hardware';

type Assume = (sentence: string) => void;

/** Bytes per parameter of mixed-precision training with Adam: weights, gradients, master copy and two moments. */
const trainingBytes = 16;
/** How long a run is planned to take, and the share of the peak that it is planned with, where nobody says how many work on it. */
const usualDays = 30;
const usualShareOfPeak = 0.4;
/** Nobody chooses more for one model; a larger one is named as not fitting. */
const mostChosen = 65_536;

/**
 * The hardware of a case with a count where it says none: what its layout uses, else the fewest accelerators, a power of two,
 * that hold the weights, or the states of training.
 */
export function withCount(
  { hardware, training, serving, model }: Case,
  architecture: Architecture,
  catalogue: Catalogue,
  assume: Assume,
): CaseHardware | null | undefined {
  const silent = (): void => undefined;
  if (!hardware?.accelerator) return hardware;
  const written = writtenHardware(hardware, catalogue, silent);
  if (written.count) return hardware;
  const used = training ? trained(training) : serving ? served(serving, architecture) : 1;
  if (used > 1) {
    assume(`${used} accelerators: count not given, what the layout uses`);
    return { ...hardware, count: used };
  }
  const { accelerator } = namedPart(
    written.accelerator ?? hardware.accelerator,
    null,
    catalogue,
    silent,
  );
  const width = training ? trainingBytes : weightBytes(serving, model?.name);
  const room = accelerator.memoryCapacity.value * BYTES_PER_GB * shareOfWeights;
  const parameters = countParameters(architecture);
  const days = training ? daysAlone(training, parameters.active, accelerator) : 0;
  const least = (parameters.total * width) / room;
  const needed = Math.max(least, days / usualDays);
  const count = needed <= mostChosen ? usualCount(needed) : 1;
  if (count === 1) return hardware;
  const why = needed > least ? 'about a month for the run' : 'the fewest that hold the model';
  assume(`${count} accelerators: count not given, ${why}`);
  return { ...hardware, count };
}

/** Days that one accelerator would need for all tokens: 6 FLOP per active parameter and token, at a usual share of the peak. */
function daysAlone(
  { tokens_total: tokens }: CaseTraining,
  activeParameters: number,
  { peakDense }: Accelerator,
): number {
  const peak = (peakDense.bf16 ?? peakDense.fp16)?.value ?? 0;
  if (!tokens || peak === 0) return 0;
  return (
    (6 * activeParameters * tokens) /
    (flopPerSecondFromTflops(peak) * usualShareOfPeak) /
    SECONDS_PER_DAY
  );
}

/** Bytes per stored weight: as stated, else as the name of the model says, else 16 bits. */
function weightBytes(
  serving: CaseServing | null | undefined,
  name: string | null | undefined,
): number {
  const format = readWeightFormat(serving?.weights_precision) ?? readWeightFormat(name);
  return format?.bits === undefined
    ? bytesPerElement(format?.precision ?? 'bf16')
    : format.bits / 8;
}

function trained({ tp, pp, cp, dp }: CaseTraining): number {
  return (tp ?? 1) * (pp ?? 1) * (cp ?? 1) * (dp ?? 1);
}

/** Experts and attention share the ranks of one group; replicas of a dense model stand beside each other. */
function served({ tp, pp, ep, dp }: CaseServing, { mixtureOfExperts }: Architecture): number {
  const group = mixtureOfExperts ? Math.max(tp ?? 1, ep ?? 1, dp ?? 1) : (tp ?? 1) * (dp ?? 1);
  return group * (pp ?? 1);
}

function usualCount(needed: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, needed)));
}
