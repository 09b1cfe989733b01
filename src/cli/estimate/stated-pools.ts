import type { CasePool, CaseServing } from './case';
import type { Machine } from './case-hardware';
import { chooseReplicas, type Replicas } from './choose-replicas';
import type { Subject } from './replica-load';
import { isOn } from './setting';

type Assume = (sentence: string) => void;

/** Replicas that process prompts and those that decode, each laid out in its own way. */
export interface Pools {
  readonly prompts: Replicas;
  readonly answers: Replicas;
}

/** How a worker is laid out, and how many there are. */
interface Worker {
  readonly count: number;
  readonly size: number;
  readonly tp: number;
  readonly pp: number;
  readonly ep: number;
  readonly dp: number;
}

/**
 * Both pools of a disaggregated fleet that states them; null where it does not.
 *
 *   size of a worker = G / n,   or p · max(t, e, d)
 *
 * G accelerators of a pool, n workers [1] · t tensor ranks, e ranks that whole experts are spread over, d groups of attention, p stages [1]. Every
 * rank attends for itself where the pool says so, and where its experts are spread over more ranks than a matrix is cut into, as
 * they are in engines that only then have tokens to exchange.
 *
 * A fleet that counts its workers and nothing else has them all alike, by tensor ranks.
 *
 * Source: recipes of disaggregated fleets in https://github.com/SemiAnalysisAI/InferenceX (prefill-tp, prefill-ep, prefill-dp-attn,
 * prefill-num-worker and the same of decode), read 2026-11-30.
 */
export function statedPools(subject: Subject, assume: Assume): Pools | null {
  const { given, machine } = subject;
  const [prompts, answers] = workersOf(given, machine);
  if (!prompts || !answers) return null;
  assume(
    `workers for prompts of ${prompts.size} accelerators, for answers of ${answers.size}: as stated`,
  );
  return {
    prompts: replicasOf(subject, prompts, assume),
    answers: replicasOf(subject, answers, assume),
  };
}

function workersOf(
  given: CaseServing,
  { count }: Machine,
): readonly [Worker | null, Worker | null] {
  const { prefill_layout: prompts, decode_layout: answers } = given;
  if (prompts && answers) {
    return [
      workerOf(prompts, given.prefill_workers ?? null),
      workerOf(answers, given.decode_workers ?? null),
    ];
  }
  const { prefill_workers: some, decode_workers: others, tp, ep, dp } = given;
  if (!some || !others || tp || ep || dp) return [null, null];
  const pp = given.pp ?? 1;
  const size = count / (some + others);
  if (!Number.isInteger(Math.log2(size / pp))) return [null, null];
  const alike = { size, tp: size / pp, pp, ep: 1, dp: 1 };
  return [
    { ...alike, count: some },
    { ...alike, count: others },
  ];
}

function workerOf(pool: CasePool, workers: number | null): Worker | null {
  const { tp, ep, dp, gpus } = pool;
  const pp = pool.pp ?? 1;
  const ranks = Math.max(tp ?? 1, ep ?? 1, dp ?? 1);
  const stated = pool.workers ?? workers;
  const size = gpus && stated ? gpus / stated : ranks * pp;
  if (!(tp ?? ep ?? dp ?? gpus) || !Number.isInteger(size / pp)) return null;
  const all = size / pp;
  const isApart = isOn(pool.dp_attention) || (ep ?? 1) > (tp ?? 1);
  return {
    count: stated ?? (gpus ? gpus / size : 1),
    size,
    tp: all,
    pp,
    ep: ep ?? 1,
    dp: dp ?? (isApart ? all : 1),
  };
}

function replicasOf(subject: Subject, worker: Worker, assume: Assume): Replicas {
  const { given, machine } = subject;
  const { tp, pp, ep, dp, count, size } = worker;
  const own: Subject = {
    ...subject,
    given: { ...given, tp, pp, ep, dp },
    machine: { ...machine, count: count * size },
  };
  return { ...chooseReplicas(own, assume), count };
}
