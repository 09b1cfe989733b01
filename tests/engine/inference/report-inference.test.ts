import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportInference } from '@engine/inference/report-inference';
import { loadShareOf } from '@engine/inference/staffing';
import type { Cluster, InferenceWorkload, Quantity } from '@engine/plan';
import type { Figure } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createSite } from '@shared/plan/create';

function quantity(value: number): Quantity {
  return { value, origin: 'yours' };
}

function row<Row>(rows: ReadonlyMap<string, Row>, id: string): Row {
  const found = rows.get(id);
  if (found === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return found;
}

const cluster: Cluster = {
  id: 'cluster-1',
  name: 'Fleet',
  siteId: 'site-1',
  systemId: 'dgx-h100',
  nodes: quantity(4),
  scaleOutGbpsPerAccelerator: quantity(400),
  rentUsdPerAcceleratorHour: quantity(2.5),
  purchaseUsdPerNode: quantity(300_000),
};

const service: InferenceWorkload = {
  kind: 'inference',
  id: 'service-1',
  name: 'Chat',
  clusterId: 'cluster-1',
  modelId: 'llama-3.1-70b',
  weightPrecision: 'fp8',
  keyValuePrecision: 'fp8',
  tensorParallel: 4,
  inputTokens: quantity(1000),
  outputTokens: quantity(300),
  concurrentUsers: quantity(5000),
  requestsPerUserHour: quantity(12),
  timeToFirstTokenTargetMs: quantity(2000),
  timePerOutputTokenTargetMs: quantity(50),
  meanLoadFraction: quantity(0.5),
};

function report(changes: Partial<InferenceWorkload> = {}, clusterChanges: Partial<Cluster> = {}) {
  const workload = { ...service, ...changes };
  const chosen = { ...cluster, ...clusterChanges };
  const system = row(catalogue.systems, chosen.systemId);
  const site = createSite(catalogue, 'us-va', 'site-1');
  return reportInference(workload, {
    site,
    catalogue,
    cluster: chosen,
    system,
    accelerator: row(catalogue.accelerators, system.acceleratorId),
    model: row(catalogue.models, workload.modelId),
  });
}

function valueOf(figure: Figure): number {
  if (figure.value === null) throw new Error(`${figure.key}: ${figure.unavailable ?? ''}`);
  return figure.value;
}

function total(parts: readonly { readonly value: number }[]): number {
  return parts.reduce((sum, part) => sum + part.value, 0);
}

describe('an inference service', () => {
  test('keeps 327,680 B of BF16 cache per token of Llama 3.1 70B', () => {
    const { report: computed } = report({ keyValuePrecision: 'bf16' });
    expect(computed.keyValueBytesPerToken.value).toBe(327_680);
  });

  test('needs as many replicas as the peak divided by what one serves', () => {
    const { report: computed } = report();
    const peak = (5000 * 12) / 3600;
    const share = loadShareOf(valueOf(computed.operatingBatch), 1.645);
    const perReplica = (share * valueOf(computed.tokensPerSecondPerReplica)) / 300;
    expect(computed.peakRequestsPerSecond.value).toBeCloseTo(peak, 9);
    expect(computed.replicasNeeded.value).toBe(Math.ceil(peak / perReplica));
    expect(computed.acceleratorsNeeded.value).toBe(4 * Math.ceil(peak / perReplica));
    expect(computed.replicasAvailable.value).toBe(8);
  });

  test('meets both targets at the operating batch and fails one with a request more', () => {
    const { report: computed } = report({ timePerOutputTokenTargetMs: quantity(30) });
    expect(valueOf(computed.timePerOutputTokenMs)).toBeLessThanOrEqual(30);
    expect(valueOf(computed.operatingBatch)).toBeLessThan(valueOf(computed.maximumBatch));
    expect(computed.bound).toContain('time per output token');
  });

  test('prices a million tokens by hand', () => {
    const { report: computed } = report();
    const tokensPerSecond = ((5000 * 12) / 3600) * 300 * 0.5;
    const usdPerHour = 2.5 * valueOf(computed.acceleratorsNeeded);
    const expected = (usdPerHour / 3600 / tokensPerSecond) * 1e6;
    expect(valueOf(computed.usdPerMillionOutputTokens)).toBeCloseTo(expected, 9);
  });

  test('names the memory that is missing and a degree that fits', () => {
    const { report: computed, findings } = report({ tensorParallel: 1, weightPrecision: 'bf16' });
    const found = findings.find((finding) => finding.code === 'inference.memory');
    expect(computed.isFeasible).toBe(false);
    expect(computed.timePerOutputTokenMs.value).toBeNull();
    expect(computed.timePerOutputTokenMs.unavailable).toContain('memory');
    expect(found?.fix?.value).toBe(2);
    expect(report({ tensorParallel: 2, weightPrecision: 'bf16' }).report.isFeasible).toBe(true);
  });

  test('says how far an impossible target would have to be relaxed, and that mends it', () => {
    const { findings } = report({ timePerOutputTokenTargetMs: quantity(1) });
    const found = findings.find((finding) => finding.field === 'timePerOutputTokenTargetMs');
    expect(found?.level).toBe('problem');
    const relaxed = report({ timePerOutputTokenTargetMs: quantity(found?.fix?.value ?? 0) });
    expect(relaxed.report.operatingBatch.value).not.toBeNull();
  });

  test('says how many nodes the peak needs, and that mends it', () => {
    const crowd = { concurrentUsers: quantity(200_000) };
    const { report: computed, findings } = report(crowd);
    const found = findings.find((finding) => finding.code === 'inference.capacity');
    expect(computed.isFeasible).toBe(false);
    const mended = report(crowd, { nodes: quantity(found?.fix?.value ?? 0) });
    expect(mended.findings.filter((finding) => finding.level === 'problem')).toEqual([]);
  });

  test('gives every figure a formula, and every catalogue source exists', () => {
    const { report: computed } = report();
    const figures = Object.values(computed).filter(
      (value): value is Figure => typeof value === 'object' && value !== null && 'formula' in value,
    );
    expect(figures.length).toBe(30);
    for (const figure of figures) {
      expect(figure.formula, figure.key).not.toBe('');
      const sources = [...figure.sources, ...figure.inputs.flatMap((input) => input.sources)];
      for (const source of sources) expect(catalogue.sources.has(source), source).toBe(true);
    }
  });

  test('holds for any input: parts add up, shares fall, nothing is NaN', () => {
    const systems = [...catalogue.systems.keys()];
    const models = [...catalogue.models.keys()];
    fc.assert(
      fc.property(
        fc.constantFrom(...systems),
        fc.constantFrom(...models),
        fc.constantFrom('bf16', 'fp8', 'fp4', 'fp32', 'int8'),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 1, max: 200_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.double({ min: 0, max: 1e7, noNaN: true }),
        fc.double({ min: 0.1, max: 1e5, noNaN: true }),
        (systemId, modelId, precision, tensorParallel, input, output, users, targetMs) => {
          const { report: computed } = report(
            {
              modelId,
              weightPrecision: precision as InferenceWorkload['weightPrecision'],
              tensorParallel,
              inputTokens: quantity(input),
              outputTokens: quantity(output),
              concurrentUsers: quantity(users),
              timePerOutputTokenTargetMs: quantity(targetMs),
            },
            { systemId },
          );
          expect(JSON.stringify(computed)).not.toMatch(/NaN|Infinity/);
          expect(total(computed.memoryParts)).toBeCloseTo(
            valueOf(computed.memoryGbPerAccelerator),
            6,
          );
          if (computed.timePerOutputTokenMs.value !== null) {
            const whole = computed.timePerOutputTokenMs.value;
            expect(Math.abs(total(computed.decodeParts) / whole - 1)).toBeLessThan(1e-9);
            expect(whole).toBeLessThanOrEqual(targetMs);
          }
          for (const [index, stage] of computed.lossStages.entries()) {
            const before = computed.lossStages[index - 1]?.remaining ?? 1;
            expect(stage.remaining).toBeLessThanOrEqual(before);
            expect(stage.usdLostPerHour).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
