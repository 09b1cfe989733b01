import { ActionIcon, Tooltip } from '@mantine/core';
import { IconMinus, IconPlus, IconZoomReset } from '@tabler/icons-react';
import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { formatNumber } from '@shared/format/number';
import { useTextScale } from '../chart/text-scale';
import { useReport } from '../report-context';
import {
  clampView,
  panned,
  viewAfterKey,
  wholeView,
  zoomedAt,
  type Extent,
  type View,
} from './view';
import classes from './zoom.module.css';

interface ZoomPaneProps extends Extent {
  /** what is drawn, for those who cannot see it */
  readonly label: string;
  /** what the drawing leaves out in a view */
  readonly note: (view: View) => string;
  readonly children: (view: View) => ReactNode;
}

/** A drawing that is zoomed with wheel, buttons and keys and moved by dragging; in print the whole of it. */
export function ZoomPane({ label, note, children, ...extent }: ZoomPaneProps) {
  const { mode, locale } = useReport();
  const scale = useTextScale();
  const [kept, setKept] = useState(wholeView);
  const pane = useRef<HTMLDivElement>(null);
  const held = useRef<{ readonly x: number; readonly y: number } | null>(null);
  const view = clampView(kept, extent);
  const current = useRef({ extent, view, scale });
  useEffect(() => {
    current.current = { extent, view, scale };
  });
  useEffect(() => {
    const element = pane.current;
    if (element === null) return;
    // A listener of React's may not keep the page from scrolling.
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== element) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      const perUnit = current.current.scale;
      const point = {
        x: (event.clientX - left) / perUnit,
        y: (event.clientY - top) / perUnit,
      };
      const factor = Math.exp(-event.deltaY / 400);
      setKept((before) => zoomedAt(before, factor, point, current.current.extent));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [mode]);

  if (mode === 'print') {
    return (
      <>
        {children(wholeView)}
        <p className={classes.note}>{note(wholeView)}</p>
      </>
    );
  }
  const press = (key: string): void => {
    const after = viewAfterKey(view, key, extent);
    if (after !== null) setKept(after);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const after = viewAfterKey(view, event.key, extent);
    if (after === null) return;
    event.preventDefault();
    setKept(after);
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent): void => {
    const from = held.current;
    if (from === null) return;
    held.current = { x: clientX, y: clientY };
    setKept(panned(view, (from.x - clientX) / scale, (from.y - clientY) / scale, extent));
  };
  const percent = formatNumber(Math.round(view.zoom * 100), 'counted', locale);
  return (
    <div>
      <div className={classes.bar}>
        <span className={classes.hint}>
          Zoom in to see more: click and scroll, or hold Ctrl and scroll. Drag to move.
        </span>
        <span role="status" aria-label="Zoom" className={classes.percent}>
          {percent} %
        </span>
        <PaneButton label="Zoom out" isOff={view.zoom <= 1} onClick={() => press('-')}>
          <IconMinus size="0.875rem" />
        </PaneButton>
        <PaneButton label="Zoom in" isOff={view.zoom >= extent.furthest} onClick={() => press('+')}>
          <IconPlus size="0.875rem" />
        </PaneButton>
        <PaneButton label="Show all" isOff={view.zoom === 1} onClick={() => press('0')}>
          <IconZoomReset size="0.875rem" />
        </PaneButton>
      </div>
      <div
        ref={pane}
        className={classes.pane}
        style={{ width: extent.width * scale, height: extent.height * scale }}
        role="group"
        aria-label={`${label}. Plus and minus zoom, arrow keys move, 0 shows all.`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          held.current = { x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          held.current = null;
        }}
        onPointerCancel={() => {
          held.current = null;
        }}
      >
        {children(view)}
      </div>
      <p className={classes.note}>{note(view)}</p>
    </div>
  );
}

interface PaneButtonProps {
  readonly label: string;
  readonly isOff: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function PaneButton({ label, isOff, onClick, children }: PaneButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="default" aria-label={label} disabled={isOff} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
