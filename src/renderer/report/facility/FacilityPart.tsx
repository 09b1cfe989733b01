import type { Fabric, FabricRules } from '@engine/facility/fabric/types';
import type { FacilityReport } from '@engine/facility/report-facility';
import { formatNumber } from '@shared/format/number';
import { formatFigure, formatValue } from '@shared/format/value';
import { ChartFrame } from '../chart/ChartFrame';
import { DataTable } from '../chart/DataTable';
import { FigureGrid } from '../figure/FigureGrid';
import { useReport } from '../report-context';
import { BillTable } from './BillTable';
import { FabricDrawing } from './FabricDrawing';
import classes from './facility.module.css';

/** What a cluster is built of: its fabric, its racks, and what there is to buy. */
export function FacilityPart({ facility }: { readonly facility: FacilityReport }) {
  const { locale } = useReport();
  const { fabric } = facility;
  const total = formatFigure(facility.billUsd, locale);
  const unpriced = facility.bill.filter(({ totalUsd }) => totalUsd === null).length;
  return (
    <>
      {fabric.kind === 'built' ? (
        <>
          <FabricPart fabric={fabric.fabric} rules={fabric.rules} device={fabric.device.name} />
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
        ]}
      />
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

interface FabricPartProps {
  readonly fabric: Fabric;
  readonly rules: FabricRules;
  readonly device: string;
}

const tierNames = ['no tier', 'one tier', 'two tiers', 'three tiers'] as const;
const layerNames = {
  nodeLeaf: 'Node to leaf',
  leafSpine: 'Leaf to spine',
  spineCore: 'Spine to core',
} as const;

function FabricPart({ fabric, rules, device }: FabricPartProps) {
  const { locale } = useReport();
  const counted = (value: number) => formatNumber(value, 'counted', locale);
  const switches = fabric.leaves + fabric.spines + fabric.cores;
  const ratio = formatNumber(rules.oversubscription, 'measured', locale);
  const blocking = rules.oversubscription === 1 ? 'non-blocking' : `oversubscribed ${ratio} : 1`;
  const where =
    switches === 1 ? 'one switch' : `${counted(switches)} switches in ${tierNames[fabric.tiers]}`;
  const title = `${counted(rules.endpoints)} accelerators on ${where}, ${blocking}`;
  const speed = formatValue(rules.linkGbps, 'Gb/s', locale);
  const plane =
    rules.planes === 1
      ? ''
      : ` One of ${counted(rules.planes)} planes is drawn; the others are alike.`;
  const rails =
    rules.rails === 1 ? '' : ` Rail-optimised: ${counted(rules.rails)} leaves in a scalable unit.`;
  return (
    <ChartFrame
      title={title}
      description={`${device} with ${counted(rules.radix)} ports of ${speed}.${rails}${plane}`}
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
          rows={fabric.layers.map(({ key, links }) => [
            layerNames[key],
            counted(links),
            { nodeLeaf: '—', leafSpine: counted(fabric.leaves), spineCore: counted(fabric.spines) }[
              key
            ],
            counted(
              { nodeLeaf: fabric.leaves, leafSpine: fabric.spines, spineCore: fabric.cores }[key],
            ),
          ])}
        />
      }
    >
      <FabricDrawing fabric={fabric} rules={rules} title={title} />
    </ChartFrame>
  );
}
