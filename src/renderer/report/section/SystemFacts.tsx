import type { Accelerator, Catalogue, Fact, System } from '@engine/catalogue/types';
import { factCell, sourceCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';

interface SystemFactsProps {
  readonly system: System;
  readonly catalogue: Catalogue;
}

/** What the catalogue says about a node and the accelerator in it, each fact with its source and quality. */
export function SystemFacts({ system, catalogue }: SystemFactsProps) {
  const accelerator = catalogue.accelerators.get(system.acceleratorId);
  const facts = [
    ...systemFacts(system),
    ...(accelerator === undefined ? [] : acceleratorFacts(accelerator)),
  ];
  return (
    <DataTable
      caption={`Catalogue facts: ${system.name}${accelerator === undefined ? '' : ` with ${accelerator.name}`}`}
      columns={[
        { key: 'fact', title: 'Fact' },
        { key: 'value', title: 'Value', isNumber: true },
        { key: 'quality', title: 'Quality', isKept: true },
        { key: 'source', title: 'Source' },
      ]}
      rows={facts.flatMap(([label, fact]) =>
        fact === null || fact === undefined
          ? []
          : [[label, factCell(fact), fact.quality, sourceCell(catalogue, fact.source)]],
      )}
    />
  );
}

type LabelledFact = readonly [string, Fact | null | undefined];

function systemFacts(system: System): LabelledFact[] {
  return [
    ['Accelerators per node', system.acceleratorsPerNode],
    ['Power per node, rated maximum', system.maxPower],
    ['Power per node under training load', system.typicalPower],
    ['Scale-out network per accelerator, one direction', system.scaleOutBandwidth],
    ['Price per node', system.price],
  ];
}

function acceleratorFacts(accelerator: Accelerator): LabelledFact[] {
  return [
    ['Memory per accelerator', accelerator.memoryCapacity],
    ['Memory bandwidth', accelerator.memoryBandwidth],
    ['Peak BF16 rate, dense', accelerator.peakDense.bf16],
    ['Peak FP8 rate, dense', accelerator.peakDense.fp8],
    ['Peak FP4 rate, dense', accelerator.peakDense.fp4],
    ['Scale-up bandwidth, one direction', accelerator.scaleUpBandwidth],
    ['Accelerators in one scale-up domain', accelerator.scaleUpDomain],
    ['Power per accelerator', accelerator.power],
  ];
}
