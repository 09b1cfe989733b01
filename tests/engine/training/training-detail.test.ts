import { expect, it } from 'vitest';
import { trainingDetail } from '@engine/training/training-detail';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { reportOf, templatePlan, withCosts, withTraining } from '../../fixtures/engine-fixture';
import { largeRun, trainingRows } from './evaluated-fixture';

it.each(trainingRows)('%s is detailed with its timeline, scaling and sensitivity', (_id, plan) => {
  const job = plan.workloads.find(({ kind }) => kind === 'training');
  const detail = trainingDetail(plan, job?.id ?? '', catalogue);
  expect(detail?.scaling().strong.length).toBeGreaterThan(1);
  expect(detail?.sensitivity()?.swings.length).toBeGreaterThan(3);
});

it('money follows the way in which the plan gets its accelerators', () => {
  const id = largeRun.workloads[0]?.id ?? '';
  const usd = (acquisition: 'rent' | 'buy') => {
    const plan = withCosts(largeRun, { acquisition });
    const report = reportOf(plan);
    const hour = report.cost.options.find(({ isChosen }) => isChosen)?.usdPerAcceleratorHour.value;
    const planned = trainingDetail(plan, id, catalogue)?.sensitivity()?.planned;
    const hours = (planned?.days ?? 0) * 24 * 16_384;
    expect((planned?.usd ?? 0) / hours).toBeCloseTo(hour ?? 0, 6);
    return planned?.usd;
  };
  expect(usd('rent')).not.toBe(usd('buy'));
});

it('is not there for a service, an unknown id and an unknown model', () => {
  const service = templatePlan('chat-fleet-h200');
  expect(trainingDetail(service, service.workloads[0]?.id ?? '', catalogue)).toBeNull();
  expect(trainingDetail(largeRun, 'nowhere', catalogue)).toBeNull();
  const lost = withTraining(largeRun, { modelId: 'nowhere' });
  expect(trainingDetail(lost, lost.workloads[0]?.id ?? '', catalogue)).toBeNull();
});
