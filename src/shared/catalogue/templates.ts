import type { Plan } from '@engine/plan';
import chatFleet from '../../../resources/templates/chat-fleet-h200.clusterplan?raw';
import chatMillion from '../../../resources/templates/chat-million-gb300.clusterplan?raw';
import cpuOnly from '../../../resources/templates/cpu-only-baseline.clusterplan?raw';
import deepSeek from '../../../resources/templates/deepseek-v3.clusterplan?raw';
import superPod from '../../../resources/templates/dgx-superpod-512.clusterplan?raw';
import fineTuning from '../../../resources/templates/fine-tuning-64-h100.clusterplan?raw';
import labNode from '../../../resources/templates/lab-node-8-h100.clusterplan?raw';
import llama from '../../../resources/templates/llama-3-405b.clusterplan?raw';
import threeSites from '../../../resources/templates/three-sites.clusterplan?raw';
import { planSchema } from '../plan/schema';

/** A full plan to start from; its notes and quantities name their sources. */
export interface PlanTemplate {
  readonly id: string;
  readonly title: string;
  /** one sentence */
  readonly summary: string;
  readonly plan: Plan;
}

function template(id: string, text: string, summary: string): PlanTemplate {
  const plan = planSchema.parse(JSON.parse(text));
  return { id, title: plan.name, summary, plan };
}

/** The templates that come with the application, in the order in which the library shows them. */
export const planTemplates: readonly PlanTemplate[] = [
  template(
    'llama-3-405b',
    llama,
    'The published pre-training run: 15.6 trillion tokens on 2,048 nodes with TP 8, PP 16 and DP 128.',
  ),
  template(
    'deepseek-v3',
    deepSeek,
    'The published run of a 671-billion-parameter mixture of experts in FP8, experts spread over 64 GPUs.',
  ),
  template(
    'dgx-superpod-512',
    superPod,
    'Two scalable units of DGX B200, bought, training a 70-billion-parameter model.',
  ),
  template(
    'lab-node-8-h100',
    labNode,
    'One server with eight H100 for continued training of an 8-billion-parameter model.',
  ),
  template(
    'fine-tuning-64-h100',
    fineTuning,
    'Eight servers with H100 to fine-tune all weights of a 70-billion-parameter model.',
  ),
  template(
    'chat-fleet-h200',
    chatFleet,
    'Llama 3.1 70B in FP8 for 20,000 people at the busiest moment, within interactive limits.',
  ),
  template(
    'chat-million-gb300',
    chatMillion,
    'gpt-oss-120b with 4-bit weights on rack-scale systems, bought, for a million people at once.',
  ),
  template(
    'three-sites',
    threeSites,
    'A chat service on three sites that survives the loss of one, and a training run across two of them.',
  ),
  template(
    'cpu-only-baseline',
    cpuOnly,
    'A chat service for a small team without any GPU, to compare a GPU node with.',
  ),
];
