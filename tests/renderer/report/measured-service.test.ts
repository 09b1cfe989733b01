import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { InferenceWorkload, Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { InferenceSection } from '../../../src/renderer/report/section/InferenceSection';
import { ReportProvider } from '../../../src/renderer/report/report-context';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';

/** The chapter on inference as printed, with a service's measured values. */
function printed(measured: Partial<InferenceWorkload>): string {
  const plain = templatePlan('chat-fleet-h200');
  const plan: Plan = {
    ...plain,
    workloads: plain.workloads.map((workload) =>
      workload.kind === 'inference' ? { ...workload, ...measured } : workload,
    ),
  };
  const section = createElement(InferenceSection, {
    plan,
    report: evaluate(plan, catalogue),
    catalogue,
  });
  const inReport = createElement(ReportProvider, { mode: 'print', catalogue, children: section });
  return renderToStaticMarkup(createElement(MantineProvider, { children: inReport }))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/[\s\u00a0]+/g, ' ');
}

test('curves of a service without measurements say nothing of them', () => {
  expect(printed({})).not.toMatch(/the model’s|measured/);
});

test('curves beside a measured service are named as the model’s, and its point stands where it was measured', () => {
  const text = printed({
    measuredTimePerOutputTokenMs: quantity(55),
    measuredTokensPerSecond: quantity(1_234),
    simulation: { requests: 500, seed: 1, arrivals: 'steady', hasFailedNode: false },
  });
  expect(text).toContain('give 1,234 tokens/s per replica at 55 ms per token, as measured');
  expect(text).toContain('The curve is the model’s; the marked point rests on what was measured.');
  expect(text).toContain('Every simulated time is the model’s');
  expect(text).toContain('Both curves are the model’s: what was measured is not in them.');
});
