import { assumptionOf } from '@engine/catalogue/assumption';
import type { Catalogue, Fact, RentalTerm } from '@engine/catalogue/types';
import { marketQuotes } from '@engine/cost/market-rent';
import type {
  Cluster,
  InferenceWorkload,
  Quantity,
  Site,
  TaskKind,
  TaskWorkload,
  TrainingWorkload,
} from '@engine/plan';
import { systemById } from '@engine/sizing/stand-in-system';

/** The fields of a part that hold a quantity. */
export type QuantityKeys<Part> = {
  [Key in keyof Part]-?: Part[Key] extends Quantity ? Key : never;
}[keyof Part];

type Defaults<Part> = Readonly<Record<QuantityKeys<Part>, Quantity>>;

function byDefault(value: number, note: string): Quantity {
  return { value, origin: 'default', note };
}

function described(catalogue: Catalogue, fact: Fact): string {
  const source = catalogue.sources.get(fact.source);
  const remark = fact.note ? `${fact.note}. ` : '';
  const range =
    fact.low !== undefined || fact.high !== undefined
      ? `Range ${String(fact.low ?? fact.value)} to ${String(fact.high ?? fact.value)}. `
      : '';
  return `${remark}${range}Source: ${source?.title ?? fact.source} (${fact.quality}).`;
}

function fromFact(catalogue: Catalogue, fact: Fact): Quantity {
  return byDefault(fact.value, described(catalogue, fact));
}

/** An assumption of the catalogue as a default quantity. */
export function assumedQuantity(catalogue: Catalogue, key: string): Quantity {
  return fromFact(catalogue, assumptionOf(catalogue.assumptions, key));
}

/** Rent of an accelerator by default: see marketQuotes. 0 when there is no quote at all: a check then says so. */
export function defaultRent(
  catalogue: Catalogue,
  acceleratorId: string,
  term: RentalTerm = 'on demand',
): Quantity {
  const quotes = marketQuotes(catalogue, acceleratorId, term);
  if (quotes === null) return byDefault(0, 'No usable rental quote is in the catalogue.');
  const { prices, from, to, rent } = quotes;
  const providers = `${String(prices.length)} provider${prices.length === 1 ? '' : 's'}`;
  const range = `${Math.min(...prices).toFixed(2)} to ${Math.max(...prices).toFixed(2)} USD/h`;
  return byDefault(
    rent,
    `Median of the newest ${term === 'on demand' ? 'on-demand' : term} quotes of ${providers}, ${from} to ${to}: ${range}.`,
  );
}

/** What a site's quantities are when nobody chose them. */
export function siteDefaults(catalogue: Catalogue, regionId: string): Defaults<Site> {
  const region = catalogue.regions.get(regionId);
  const electricity = region?.electricityPrice;
  return {
    powerUsageEffectiveness: assumedQuantity(catalogue, 'pue.global'),
    electricityUsdPerKwh: electricity
      ? fromFact(catalogue, electricity)
      : assumedQuantity(catalogue, 'region.fallbackElectricity'),
    gridGramsCo2PerKwh: region
      ? fromFact(catalogue, region.gridCarbon)
      : byDefault(0, `The catalogue has no region '${regionId}'.`),
  };
}

/** What a cluster's quantities are when nobody chose them; the number of nodes is the one that every cluster starts with. */
export function clusterDefaults(catalogue: Catalogue, systemId: string): Defaults<Cluster> {
  const system = systemById(catalogue, systemId);
  const missing = `The catalogue has no system '${systemId}'.`;
  return {
    nodes: byDefault(1, 'One node to start with.'),
    scaleOutGbpsPerAccelerator: system
      ? fromFact(catalogue, system.scaleOutBandwidth)
      : byDefault(0, missing),
    rentUsdPerAcceleratorHour: system
      ? defaultRent(catalogue, system.acceleratorId)
      : byDefault(0, missing),
    purchaseUsdPerNode: system?.price
      ? fromFact(catalogue, system.price)
      : byDefault(0, system ? 'No price for this system is in the catalogue.' : missing),
  };
}

/** What a training job's quantities are when nobody chose them. */
export function trainingDefaults(
  catalogue: Catalogue,
  modelId: string,
): Defaults<TrainingWorkload> {
  const model = catalogue.models.get(modelId);
  const usual = assumedQuantity(catalogue, 'training.sequenceLength');
  const longest = model?.architecture.contextLength ?? usual.value;
  const sequenceLength =
    longest < usual.value
      ? byDefault(longest, `The context length of ${model?.name ?? modelId}.`)
      : usual;
  const perParameter = assumedQuantity(catalogue, 'training.tokensPerParameter');
  const batchTokens = assumedQuantity(catalogue, 'training.batchTokens');
  const size = model?.publishedParameters.value ?? 1e9;
  return {
    tokens: model?.publishedTokens
      ? fromFact(catalogue, model.publishedTokens)
      : byDefault(perParameter.value * size, perParameter.note ?? ''),
    sequenceLength,
    globalBatchSequences: byDefault(
      Math.max(1, Math.round(batchTokens.value / sequenceLength.value)),
      batchTokens.note ?? '',
    ),
    effectiveTimeFraction: assumedQuantity(catalogue, 'training.effectiveTimeFraction'),
  };
}

/** What an inference service's quantities are when nobody chose them. */
export function inferenceDefaults(catalogue: Catalogue): Defaults<InferenceWorkload> {
  return {
    inputTokens: assumedQuantity(catalogue, 'inference.inputTokens'),
    outputTokens: assumedQuantity(catalogue, 'inference.outputTokens'),
    concurrentUsers: assumedQuantity(catalogue, 'inference.concurrentUsers'),
    requestsPerUserHour: assumedQuantity(catalogue, 'inference.requestsPerUserHour'),
    timeToFirstTokenTargetMs: assumedQuantity(catalogue, 'inference.timeToFirstTokenMs'),
    timePerOutputTokenTargetMs: assumedQuantity(catalogue, 'inference.timePerOutputTokenMs'),
    meanLoadFraction: assumedQuantity(catalogue, 'inference.meanLoadFraction'),
  };
}

/** What the quantities of a service that answers in one piece are when nobody chose them. */
export function taskDefaults(catalogue: Catalogue, task: TaskKind): Defaults<TaskWorkload> {
  return {
    requestsPerDay: assumedQuantity(catalogue, `task.${task}.requestsPerDay`),
    meanLoadFraction: assumedQuantity(catalogue, 'task.meanLoadFraction'),
    targetSeconds: assumedQuantity(catalogue, `task.${task}.targetSeconds`),
  };
}
