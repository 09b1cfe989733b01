import { useState } from 'react';
import type { RackDevice, RackKind } from '@engine/facility/rack-plan';
import { formatNumber } from '@shared/format/number';
import { formatValue } from '@shared/format/value';
import { ChartFrame } from '../chart/ChartFrame';
import { DataTable } from '../chart/DataTable';
import { useTextScale } from '../chart/text-scale';
import { useReport } from '../report-context';
import classes from './rack.module.css';

interface RackElevationProps {
  readonly clusterName: string;
  readonly racks: readonly RackKind[];
}

/** Height of one rack unit in the drawing; lower on paper, so that the bill begins on the same page. */
const unitHeights = { screen: 7, print: 5 } as const;
const rackWidth = 116;
const rackGap = 40;
const headHeight = 34;

/** The racks of a cluster from the front, one of each kind, every device at its height. */
export function RackElevation({ clusterName, racks }: RackElevationProps) {
  const { locale, mode } = useReport();
  const scale = useTextScale();
  const [shown, setShown] = useState<RackDevice | null>(null);
  const total = racks.reduce((sum, { count }) => sum + count, 0);
  const counted = (value: number) => formatNumber(value, 'counted', locale);
  const tallest = Math.max(0, ...racks.map(({ height }) => height));
  const unitHeight = unitHeights[mode];
  const [width, height] = [
    racks.length * (rackWidth + rackGap),
    headHeight + tallest * unitHeight + 8,
  ];
  const ways = racks.length === 1 ? '' : `, filled in ${counted(racks.length)} ways`;
  const title = `${total === 1 ? 'One rack' : `${counted(total)} racks`} for ${clusterName}${ways}`;
  return (
    <ChartFrame
      title={title}
      description="One rack of each kind from the front. Blank units are free; power distribution and patch panels are not drawn."
      table={<RackTable racks={racks} title={title} />}
    >
      <div className={classes.scroll}>
        <svg
          className={classes.drawing}
          viewBox={`0 0 ${width} ${height}`}
          width={width * scale}
          height={height * scale}
          role="group"
          aria-label={title}
        >
          {racks.map((rack, index) => (
            <Rack
              key={rack.key}
              rack={rack}
              x={index * (rackWidth + rackGap) + 24}
              shown={shown}
              onShow={setShown}
              count={counted(rack.count)}
            />
          ))}
        </svg>
      </div>
      {mode === 'screen' && (
        <p className={classes.reading} role="status">
          {shown === null
            ? 'Point at a device, or move to it with the Tab key, to read what it is.'
            : deviceText(shown, locale)}
        </p>
      )}
    </ChartFrame>
  );
}

interface RackProps {
  readonly rack: RackKind;
  readonly x: number;
  readonly count: string;
  readonly shown: RackDevice | null;
  readonly onShow: (device: RackDevice | null) => void;
}

function Rack({ rack, x, count, shown, onShow }: RackProps) {
  const { locale, mode } = useReport();
  const unitHeight = unitHeights[mode];
  const y = (unit: number) => headHeight + (rack.height - unit + 1) * unitHeight;
  const ticks = [1, 10, 20, 30, 40].filter((unit) => unit <= rack.height);
  return (
    <g>
      <text className={classes.name} x={x} y={12}>
        {rack.name}
      </text>
      <text x={x} y={26}>
        {count} of these
      </text>
      <rect
        className={classes.rack}
        x={x}
        y={headHeight}
        width={rackWidth}
        height={rack.height * unitHeight}
      />
      {ticks.map((unit) => (
        <text key={unit} x={x - 4} y={y(unit)} textAnchor="end">
          {unit}
        </text>
      ))}
      {rack.devices.map((device) => (
        <rect
          key={device.key}
          className={classes.device}
          data-kind={device.kind}
          data-shown={device === shown || undefined}
          x={x + 3}
          y={y(device.from + device.height - 1) - unitHeight + 1}
          width={rackWidth - 6}
          height={device.height * unitHeight - 2}
          rx={2}
          role="img"
          aria-label={deviceText(device, locale)}
          tabIndex={mode === 'screen' ? 0 : undefined}
          onPointerEnter={() => onShow(device)}
          onFocus={() => onShow(device)}
          onBlur={() => onShow(null)}
        />
      ))}
    </g>
  );
}

/** A device in words: what it is, where it stands, what it is rated at. */
function deviceText({ label, from, height, powerKw }: RackDevice, locale: string): string {
  const units = height === 1 ? `unit ${from}` : `units ${from} to ${from + height - 1}`;
  const power =
    powerKw === null ? 'no power is published' : `rated at ${formatValue(powerKw, 'kW', locale)}`;
  return `${label}: ${units}, ${power}.`;
}

function RackTable({
  racks,
  title,
}: {
  readonly racks: readonly RackKind[];
  readonly title: string;
}) {
  const { locale } = useReport();
  return (
    <DataTable
      caption={title}
      isCaptionHidden
      columns={[
        { key: 'kind', title: 'Rack' },
        { key: 'count', title: 'Racks', isNumber: true },
        { key: 'devices', title: 'Devices in one', isNumber: true },
        { key: 'used', title: 'Units filled', isNumber: true },
        { key: 'power', title: 'Rated power', isNumber: true },
      ]}
      rows={racks.map((rack) => [
        rack.name,
        formatNumber(rack.count, 'counted', locale),
        formatNumber(rack.devices.length, 'counted', locale),
        `${rack.devices.reduce((sum, { height }) => sum + height, 0)} of ${rack.height}`,
        rack.unknownPower === rack.devices.length
          ? 'not published'
          : formatValue(rack.powerKw, 'kW', locale),
      ])}
    />
  );
}
