import { describe, expect, it } from 'vitest';
import { compareProcessors } from '@engine/processors/compare-processors';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planSchema } from '@shared/plan/schema';
import {
  answerSteps,
  firstProcessorsChoice,
  gpuSteps,
  jobOf,
  machinesOf,
  processorsPlan,
  sequenceSteps,
} from '../../../src/renderer/features/explore/processors/processors-choice';
import {
  doneWhen,
  raceTitle,
  reasonText,
} from '../../../src/renderer/report/processors/processors-text';

function compared(changes: Partial<typeof firstProcessorsChoice>) {
  const choice = { ...firstProcessorsChoice, ...changes };
  return compareProcessors(jobOf(choice), machinesOf(choice), catalogue);
}

describe('the race of processors', () => {
  it.each(answerSteps.map((answers) => [answers]))(
    'is answered for %i answers by all',
    (answers) => {
      const { answers: machines, problems } = compared({ answers });
      expect(problems).toEqual([]);
      expect(machines.every(({ seconds }) => (seconds.value ?? 0) > 0)).toBe(true);
    },
  );

  it.each(sequenceSteps.flatMap((sequences) => gpuSteps.map((gpus) => [sequences, gpus] as const)))(
    'trains on %i sequences with %i GPUs, which leave one core far behind',
    (sequences, gpus) => {
      const machines = compared({ kind: 'training step', sequences, gpus }).answers;
      const [core, pace] = [machines[0], machines[5]];
      if (core === undefined || pace === undefined) throw new Error('A machine is missing.');
      expect(pace.seconds.value).toBeGreaterThan(0);
      expect(doneWhen(core, pace)).toBeLessThan(0.001);
      expect(doneWhen(pace, pace)).toBe(1);
    },
  );

  it('says nothing of a machine that cannot hold the model', () => {
    const machines = compared({ kind: 'training step' }).answers;
    const [one, pace] = [machines[4], machines[5]];
    if (one === undefined || pace === undefined) throw new Error('A machine is missing.');
    expect(doneWhen(one, pace)).toBeNull();
    expect(raceTitle(one, one, 'en')).toContain('No layout fits');
    expect(raceTitle(undefined, undefined, 'en')).toBe('Nothing to compare');
  });

  it('states the reasons in the numbers of the data sheets', () => {
    const [core, cpu, , , gpu, pace] = compared({}).answers;
    if (!core || !cpu || !gpu || !pace) throw new Error('A machine is missing.');
    // 3.35 TB/s of an H100 over 0.845 TB/s of a Xeon 6980P.
    expect(reasonText(cpu, gpu, 'en')).toContain('reads its memory 3.97 times as fast');
    expect(raceTitle(core, pace, 'en')).toMatch(
      /^In the .* that 8 × H100 .* takes, 1 core of Xeon/,
    );
  });

  it.each(['answers', 'training step'] as const)('opens %s as a plan that can be saved', (kind) => {
    const plan = processorsPlan({ ...firstProcessorsChoice, kind, gpus: 16 });
    expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.clusters[0]?.nodes.value).toBe(2);
    expect(plan.workloads[0]?.kind).toBe(kind === 'answers' ? 'inference' : 'training');
  });
});
