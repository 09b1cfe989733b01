import { assumptionInput } from '../catalogue/assumption';
import { derivedInput, figure, figureInput, planInput } from '../explain';
import { hardwareAssumptionKeys } from '../hardware/constants';
import type { Figure, FigureInput } from '../report';
import { figureKey, whyNoPoint, type EvaluatedService } from './evaluated-service';

const together = 'Prompts and answers share replicas.';

function milliseconds(symbol: string, label: string, seconds: number): FigureInput {
  return derivedInput(symbol, label, seconds * 1e3, 'ms', 'pool for prompts');
}

/** The pool that only processes prompts, where there is one: its replicas, and what sending a cache takes. See promptPool. */
export function poolFigures(
  evaluated: EvaluatedService,
  { peakRequestsPerSecond }: { readonly peakRequestsPerSecond: Figure },
) {
  const { workload, service, serving, shape } = evaluated;
  const pool = service.point?.pool ?? null;
  const busy = workload.promptPoolBusyFraction ?? null;
  const unavailable = busy !== null && service.point === null ? whyNoPoint(evaluated) : together;
  const cacheTransferMs = figure({
    key: figureKey(evaluated, 'cacheTransferMs'),
    label: 'Sending the cache of a prompt',
    value: pool === null ? null : pool.transfer * 1e3,
    unit: 'ms',
    formula: 't = t_0 + s · S / (T · B · σ)',
    inputs: [
      assumptionInput(evaluated, 't_0', hardwareAssumptionKeys.scaleOutBase),
      planInput('s', 'Prompt tokens', workload.inputTokens, 'tokens'),
      derivedInput('S', 'Cache of a token', serving.cacheBytesPerToken, 'B', 'model'),
      planInput('T', 'Accelerators of a replica', service.acceleratorsPerReplica, '1'),
      derivedInput(
        'B',
        'Scale-out network of an accelerator',
        serving.device.scaleOut.bytesPerSecond / 1e9,
        'GB/s',
        'cluster',
      ),
      assumptionInput(evaluated, 'σ', hardwareAssumptionKeys.scaleOutBandwidth),
    ],
    leavesOut: 'sending layer by layer while the prompt is processed; pools in one scale-up domain',
    unavailable,
  });
  const promptReplicas = figure({
    key: figureKey(evaluated, 'promptReplicas'),
    label: 'Replicas for prompts among them',
    value: pool === null ? null : service.promptReplicas,
    unit: 'replicas',
    formula: 'n_p = ⌈λ · max(t_prompt, t_link) / ρ⌉',
    inputs: [
      figureInput('λ', peakRequestsPerSecond),
      ...(pool === null
        ? []
        : [
            milliseconds('t_prompt', 'Processing one prompt', pool.prompt),
            milliseconds('t_link', `Sending ${String(shape.inputTokens)} tokens`, pool.link),
          ]),
      ...(busy === null ? [] : [planInput('ρ', 'Busy share at the peak', busy, 'fraction')]),
    ],
    leavesOut: 'reserve for failures and updates; replicas of another layout',
    unavailable,
  });
  return { cacheTransferMs, promptReplicas };
}
