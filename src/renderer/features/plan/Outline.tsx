import {
  IconBolt,
  IconBuildingFactory2,
  IconCalendarTime,
  IconCoin,
  IconLayoutDashboard,
  IconMessages,
  IconMicrophone,
  IconMovie,
  IconPhoto,
  IconServer2,
  IconVector,
} from '@tabler/icons-react';
import { memo, useRef } from 'react';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { catalogueOf } from '../../document/catalogue';
import { goToField, select } from '../../app/navigation';
import { useView } from '../../app/view-store';
import { planDocument } from '../../document/document';
import { removePart, whyNotRemovable } from '../../document/commands/structure';
import { costsId, timelineId } from '../../document/subject';
import classes from './outline.module.css';
import { nextRow, outlineRows, type OutlineRow, type RowKind } from './outline-rows';
import { OutlineToolbar } from './OutlineToolbar';

interface OutlineProps {
  readonly plan: Plan;
  readonly report: Report;
}

const icons: Record<RowKind, typeof IconBolt> = {
  plan: IconLayoutDashboard,
  site: IconBuildingFactory2,
  cluster: IconServer2,
  training: IconBolt,
  inference: IconMessages,
  image: IconPhoto,
  video: IconMovie,
  embedding: IconVector,
  speech: IconMicrophone,
  costs: IconCoin,
  timeline: IconCalendarTime,
};

const kindNames: Record<RowKind, string> = {
  plan: 'plan',
  site: 'site',
  cluster: 'cluster',
  training: 'training job',
  inference: 'inference service',
  image: 'image service',
  video: 'video service',
  embedding: 'embedding service',
  speech: 'speech service',
  costs: 'cost',
  timeline: 'dates',
};

function rowLabel({ name, detail, kind, worst }: OutlineRow): string {
  return [name, kindNames[kind], detail, worst && `has a ${worst}`].filter(Boolean).join(', ');
}

/** Sites, clusters and workloads as a tree: arrow keys move, F2 renames, Delete removes. */
export function Outline({ plan, report }: OutlineProps) {
  const selectedId = useView((view) => view.selectedId);
  const tree = useRef<HTMLDivElement>(null);
  const rows = outlineRows(plan, report.findings, catalogueOf(plan));
  const selectedIndex = Math.max(
    rows.findIndex((row) => row.id === selectedId),
    0,
  );

  const isPart = selectedId !== costsId && selectedId !== timelineId;
  const partId = isPart ? selectedId : null;
  const whyFixed =
    partId === null
      ? 'Select a site, a cluster or a workload first.'
      : whyNotRemovable(plan, partId);

  function onKeyDown(event: React.KeyboardEvent) {
    const next = nextRow(rows, selectedIndex, event.key);
    if (next !== selectedIndex) {
      event.preventDefault();
      select(rows[next]?.id ?? null);
      tree.current?.querySelectorAll<HTMLElement>('[role=treeitem]')[next]?.focus();
    }
    if (partId === null) return;
    if (event.key === 'F2') goToField(partId, 'name');
    if (event.key === 'Delete') {
      planDocument.perform(removePart, { partId });
      select(rows[selectedIndex - 1]?.id ?? null);
    }
  }

  return (
    <nav className={classes.outline} aria-label="Outline">
      <OutlineToolbar
        selectedId={selectedId}
        partId={partId}
        whyFixed={whyFixed}
        hasCluster={plan.clusters.length > 0}
      />
      <div
        className={classes.tree}
        role="tree"
        aria-label="Sites, clusters and workloads"
        ref={tree}
        onKeyDown={onKeyDown}
      >
        {rows.map((row, index) => (
          <TreeRow key={row.id ?? 'plan'} {...row} isSelected={index === selectedIndex} />
        ))}
      </div>
    </nav>
  );
}

/** One row of the tree: drawn again only where what it says changes. */
const TreeRow = memo(function TreeRow(props: OutlineRow & { readonly isSelected: boolean }) {
  const { id, kind, level, name, detail, worst, isSelected } = props;
  const Icon = icons[kind];
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={isSelected}
      aria-label={rowLabel(props)}
      tabIndex={isSelected ? 0 : -1}
      className={classes.row}
      data-level={level}
      onClick={() => select(id)}
    >
      <Icon className={classes.icon} size="0.9375rem" stroke={1.6} aria-hidden />
      <span className={classes.text}>
        <span className={classes.name}>{name}</span>
        {detail !== '' && <span className={classes.detail}>{detail}</span>}
      </span>
      {worst && <span className={classes.dot} data-level={worst} aria-hidden />}
    </div>
  );
});
