import type { Accelerator, Assumptions, Fact, Precision, System } from '../catalogue/types';
import { factInput, figure, figureInput, planInput } from '../explain';
import type { Cluster } from '../plan';
import type { ClusterReport } from '../report';
import { auxiliaryPower } from './power-chain';
import { auxiliaryShare, clusterPowerKw, loadPower } from './power';

/** The catalogue rows that a cluster's ids stand for. */
export interface ClusterContext {
  readonly system: System;
  readonly accelerator: Accelerator;
}

/** The rate that a part is quoted by: 16-bit where it has it, else the next wider one. */
function quotedRate(accelerator: Accelerator): { precision: Precision; fact: Fact } | null {
  for (const precision of ['bf16', 'fp16', 'tf32', 'fp32', 'fp64', 'fp8', 'int8'] as const) {
    const fact = accelerator.peakDense[precision];
    if (fact !== undefined) return { precision, fact };
  }
  return null;
}

/** What a cluster holds and what it costs, before any workload. */
export function reportCluster(
  cluster: Cluster,
  context: ClusterContext,
  assumptions: Assumptions,
): ClusterReport {
  const { system, accelerator } = context;
  const nodes = cluster.nodes.value;
  const count = nodes * system.acceleratorsPerNode.value;
  const key = (name: string): string => `${cluster.id}.${name}`;
  const nodesInput = planInput('n', 'Nodes', cluster.nodes, 'nodes');
  const accelerators = figure({
    key: key('accelerators'),
    label: 'Accelerators',
    value: count,
    unit: 'accelerators',
    formula: 'G = n · g',
    inputs: [nodesInput, factInput('g', 'Accelerators per node', system.acceleratorsPerNode)],
  });
  const total = figureInput('G', accelerators);
  const rate = quotedRate(accelerator);
  const purchase = cluster.purchaseUsdPerNode;
  const power = loadPower(system);
  const auxiliaryKw = auxiliaryPower(cluster.id, nodes * system.maxPower.value, assumptions);
  return {
    clusterId: cluster.id,
    accelerators,
    peakPflops: figure({
      key: key('peakPflops'),
      label: rate === null ? 'Peak' : `Peak, dense ${rate.precision.toUpperCase()}`,
      value: rate === null ? null : (count * rate.fact.value) / 1e3,
      unit: 'PFLOP/s',
      formula: 'P = G · p / 1000',
      inputs: [total, ...(rate === null ? [] : [factInput('p', 'Dense peak of one', rate.fact)])],
      leavesOut: 'what software reaches of it; sparsity',
      unavailable: 'The catalogue has no peak rate for this accelerator.',
    }),
    memoryTb: figure({
      key: key('memoryTb'),
      label: 'Accelerator memory',
      value: (count * accelerator.memoryCapacity.value) / 1e3,
      unit: 'TB',
      formula: 'M = G · m / 1000',
      inputs: [total, factInput('m', 'Memory of one', accelerator.memoryCapacity)],
      leavesOut: 'host memory',
    }),
    memoryBandwidthTbps: figure({
      key: key('memoryBandwidthTbps'),
      label: 'Memory bandwidth',
      value: (count * accelerator.memoryBandwidth.value) / 1e3,
      unit: 'TB/s',
      formula: 'B = G · b / 1000',
      inputs: [total, factInput('b', 'Memory bandwidth of one', accelerator.memoryBandwidth)],
    }),
    scaleOutTbps: figure({
      key: key('scaleOutTbps'),
      label: 'Scale-out bandwidth, one direction',
      value: (count * cluster.scaleOutGbpsPerAccelerator.value) / 1e3,
      unit: 'Tb/s',
      formula: 'S = G · s / 1000',
      inputs: [
        total,
        planInput('s', 'Network per accelerator', cluster.scaleOutGbpsPerAccelerator, 'Gb/s'),
      ],
      leavesOut: 'oversubscription of the fabric',
    }),
    auxiliaryKw,
    itPowerKw: figure({
      key: key('itPowerKw'),
      label: 'IT power under load',
      value: clusterPowerKw(system, nodes, auxiliaryShare(assumptions).value),
      unit: 'kW',
      formula: 'P = n · p + A',
      inputs: [
        nodesInput,
        factInput(
          'p',
          system.typicalPower === null
            ? 'Power of one node, rated maximum'
            : 'Power of one node, measured under load',
          power,
        ),
        figureInput('A', auxiliaryKw),
      ],
      leavesOut: 'hours in which less is drawn',
    }),
    purchaseUsd: figure({
      key: key('purchaseUsd'),
      label: 'Purchase of the nodes',
      value: purchase.value > 0 ? nodes * purchase.value : null,
      unit: 'USD',
      formula: 'n · price',
      inputs: [nodesInput, planInput('price', 'Price of a node', purchase, 'USD')],
      leavesOut: 'network, storage, taxes, installation',
      unavailable: 'No price is known for this system; enter one to see the purchase.',
    }),
    rentUsdPerHour: figure({
      key: key('rentUsdPerHour'),
      label: 'Rent per hour',
      value:
        cluster.rentUsdPerAcceleratorHour.value > 0
          ? count * cluster.rentUsdPerAcceleratorHour.value
          : null,
      unit: 'USD/h',
      formula: 'G · r',
      inputs: [
        total,
        planInput('r', 'Rent per accelerator', cluster.rentUsdPerAcceleratorHour, 'USD/h'),
      ],
      leavesOut: 'taxes, storage, traffic',
      unavailable: 'No rent is known for this accelerator; enter one to see the rent.',
    }),
  };
}
