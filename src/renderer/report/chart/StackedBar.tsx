import type { Part } from '@engine/report';
import classes from './breakdown.module.css';
import { chartColour } from './chart-colour';
import { grossOfParts, sumOfParts } from './parts';
import { useTextScale } from './text-scale';

export interface Capacity {
  readonly label: string;
  readonly value: number;
}

interface StackedBarProps {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly capacity: Capacity | null;
  readonly amount: (value: number) => string;
}

const usualThickness = 28;

/** Parts side by side; what is taken off runs back below the end of the bar; a line marks the capacity. */
export function StackedBar({ name, parts, capacity, amount }: StackedBarProps) {
  const gross = grossOfParts(parts);
  const sum = sumOfParts(parts);
  const end = Math.max(gross, (capacity?.value ?? 0) * 1.02) || 1;
  const share = (value: number) => `${(value / end) * 100}%`;
  const over = capacity === null ? 0 : sum - capacity.value;
  const hasNegative = parts.some((part) => part.value < 0);
  const scale = useTextScale();
  const thickness = usualThickness * scale;
  const height = capacity !== null ? 46 * scale : thickness + (hasNegative ? 10 : 0);
  return (
    <svg className={classes.bar} height={height} width="100%" role="img" aria-label={name}>
      <rect
        className={classes.track}
        width={capacity === null ? '100%' : share(capacity.value)}
        height={thickness}
        rx="3"
      />
      {placed(parts).map(({ part, start, index }) => (
        <rect
          key={part.key}
          className={classes.part}
          x={share(start)}
          y={part.value < 0 ? thickness + 3 : 0}
          width={share(Math.abs(part.value))}
          height={part.value < 0 ? 7 : thickness}
          fill={chartColour(index)}
        >
          <title>{`${part.label}: ${amount(part.value)}`}</title>
        </rect>
      ))}
      {capacity !== null && over > 0 && (
        <rect
          className={classes.over}
          x={share(capacity.value)}
          y={thickness + 1}
          width={share(over)}
          height="3"
        />
      )}
      {capacity !== null && (
        <CapacityMark
          at={share(capacity.value)}
          isLeft={capacity.value < end * 0.45}
          isOver={over > 0}
          thickness={thickness}
          text={`${capacity.label} ${amount(capacity.value)}${over > 0 ? `, exceeded by ${amount(over)}` : ''}`}
        />
      )}
    </svg>
  );
}

interface CapacityMarkProps {
  readonly at: string;
  readonly isLeft: boolean;
  readonly isOver: boolean;
  readonly thickness: number;
  readonly text: string;
}

function CapacityMark({ at, isLeft, isOver, thickness, text }: CapacityMarkProps) {
  return (
    <>
      <line className={classes.capacity} x1={at} x2={at} y1="-3" y2={thickness + 6} />
      <text
        className={classes.capacityLabel}
        x={at}
        y={thickness}
        dy="1.45em"
        textAnchor={isLeft ? 'start' : 'end'}
        data-over={isOver || undefined}
      >
        {text}
      </text>
    </>
  );
}

/** Where each part begins: parts above zero follow one another, parts below zero step back from the end. */
function placed(parts: readonly Part[]) {
  let front = 0;
  let back = grossOfParts(parts);
  return parts.map((part, index) => {
    const start = part.value < 0 ? (back += part.value) : front;
    front += Math.max(0, part.value);
    return { part, start, index };
  });
}
