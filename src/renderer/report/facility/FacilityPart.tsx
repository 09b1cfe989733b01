import type { Fabric, FabricLayer } from '@engine/facility/fabric/types';
import type { BuiltFabric } from '@engine/facility/fabric/cluster-fabric';
import type { FacilityReport } from '@engine/facility/report-facility';
import { formatNumber } from '@shared/format/number';
import { formatFigure, formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { ChartFrame } from '../chart/ChartFrame';
import { DataTable } from '../chart/DataTable';
import { FigureGrid } from '../figure/FigureGrid';
import { useReport } from '../report-context';
import { BillTable } from './BillTable';
import { RackElevation } from './RackElevation';
import { FabricDrawing } from './FabricDrawing';
import classes from './facility.module.css';

interface FacilityPartProps {
  readonly facility: FacilityReport;
  readonly clusterName: string;
}

/** What a cluster is built of: its fabric, its racks, and what there is to buy. */
export function FacilityPart({ facility, clusterName }: FacilityPartProps) {
  const { locale } = useReport();
  const { fabric } = facility;
  const total = formatFigure(facility.billUsd, locale);
  const unpriced = facility.bill.filter(({ totalUsd }) => totalUsd === null).length;
  return (
    <>
      {fabric.kind === 'built' ? (
        <>
          <FabricPart found={fabric} />
          <FigureGrid
            figures={[
              facility.leaves,
              facility.spines,
              facility.cores,
              facility.links,
              facility.switchTransceivers,
              facility.nodeTransceivers,
              facility.bisectionTbps,
            ].filter(({ value }) => value !== 0)}
          />
        </>
      ) : (
        <p className={classes.quiet}>{fabric.reason}</p>
      )}
      <FigureGrid
        figures={[
          facility.racks,
          facility.nodesPerRack,
          facility.rackPowerKw,
          facility.ratedPowerKw,
          facility.heatBtuPerHour,
          facility.coolingTons,
          facility.rackWeightKg,
          facility.floorSquareMetres,
        ]}
      />
      {facility.rackPlan.length > 0 && (
        <RackElevation clusterName={clusterName} racks={facility.rackPlan} />
      )}
      <BillTable
        lines={facility.bill}
        title={
          total.reason === null
            ? `Bill of materials: ${total.text} for what has a price`
            : 'Bill of materials: no line has a price'
        }
        description={`${total.range === null ? '' : `${total.range}. `}${unpriced} of ${facility.bill.length} lines have no price of their own. Taxes, freight and installation excluded.`}
      />
    </>
  );
}

const tierNames = ['no tier', 'one tier', 'two tiers', 'three tiers'] as const;
const layerNames = {
  nodeLeaf: 'Node to leaf',
  leafSpine: 'Leaf to spine',
  spineCore: 'Spine to core',
  betweenGroups: 'Group to group',
  betweenSwitches: 'Switch to switch',
} as const;

/** What a wiring is called where it stands before a full stop. */
const topologyNames = {
  'fat tree': 'Fat tree',
  'rail-optimised': 'Rail-optimised fat tree',
  'rail-only': 'A fat tree for every rail, without paths between rails',
  'dragonfly+': 'Dragonfly+',
  '2D torus': '2D torus',
  '3D torus': '3D torus',
} as const;

function FabricPart({ found }: { readonly found: BuiltFabric }) {
  const { fabric, rules, device, topology, accelerators, planesPerAccelerator } = found;
  const { locale } = useReport();
  const counted = (value: number) => formatNumber(value, 'counted', locale);
  const switches = fabric.leaves + fabric.spines + fabric.cores;
  const ratio = formatNumber(rules.oversubscription, 'measured', locale);
  const blocking =
    rules.oversubscription === 1 ? blockingText(fabric) : `oversubscribed ${ratio} : 1`;
  const where =
    switches === 1 ? 'one switch' : `${counted(switches)} switches in ${tierNames[fabric.tiers]}`;
  const title = `${counted(accelerators)} accelerators on ${where}, ${blocking}`;
  const speed = formatValue(rules.linkGbps, 'Gb/s', locale);
  const plane =
    planesPerAccelerator === 1
      ? ''
      : ` ${counted(planesPerAccelerator)} planes, each with switches of its own.`;
  const rails = rules.rails === 1 ? '' : `, ${counted(rules.rails)} leaves in a scalable unit`;
  return (
    <ChartFrame
      title={title}
      description={`${device.name} with ${counted(rules.radix)} ports of ${speed}. ${topologyNames[topology]}${rails}.${plane}`}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'layer', title: 'Layer' },
            { key: 'links', title: 'Links', isNumber: true },
            { key: 'below', title: 'Switches below', isNumber: true },
            { key: 'above', title: 'Switches above', isNumber: true },
          ]}
          rows={fabric.layers.map(({ key, links }) => {
            const [below, above] = endsOfLayer(fabric, key);
            return [
              layerNames[key],
              numberCell(links, ''),
              numberCell(below, ''),
              numberCell(above, ''),
            ];
          })}
        />
      }
    >
      <FabricDrawing found={found} title={title} />
    </ChartFrame>
  );
}

/** Switches at the lower and at the upper end of a layer of cables; null where the lower end is a node. */
function endsOfLayer(
  { leaves, spines, cores }: Fabric,
  key: FabricLayer['key'],
): readonly [number | null, number] {
  switch (key) {
    case 'nodeLeaf':
      return [null, leaves];
    case 'leafSpine':
      return [leaves, spines];
    case 'spineCore':
      return [spines, cores];
    case 'betweenGroups':
      return [spines, spines];
    case 'betweenSwitches':
      return [leaves, leaves];
  }
}

/** What the borders of a fabric leave of its ports' rate, in words. */
function blockingText({ cuts, tiers }: Fabric): string {
  if (cuts.length === 0) return 'non-blocking';
  return tiers === 3 ? 'oversubscribed above its spines' : 'narrower between its groups';
}
