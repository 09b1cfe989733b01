import { Button, EmptyState, Select, Tabs } from '@mantine/core';
import { memo, useEffect, useRef } from 'react';
import type { Plan } from '@engine/plan';
import type { Report } from '@engine/report';
import { goToSection, select } from '../../app/navigation';
import { useView } from '../../app/view-store';
import { catalogueOf } from '../../document/catalogue';
import { partIdsOf, sections, selectionFor, type Section } from '../../document/sections';
import { partName } from '../../document/subject';
import { ClusterSection } from '../../report/section/ClusterSection';
import { CostSection } from '../../report/section/CostSection';
import { EnergySection } from '../../report/section/EnergySection';
import { InferenceSection } from '../../report/section/InferenceSection';
import { OverviewSection } from '../../report/section/OverviewSection';
import { TimelineSection } from '../../report/section/TimelineSection';
import { TrainingSection } from '../../report/section/TrainingSection';
import { addPart } from './add-part';
import { LayoutSearch } from './LayoutSearch';
import { ServiceSimulation } from './ServiceSimulation';
import classes from './plan.module.css';

interface SectionViewProps {
  readonly plan: Plan;
  readonly report: Report;
}

function isSection(value: string | null): value is Section {
  return sections.some(({ id }) => id === value);
}

/** The results of the plan in tabs; each tab shows the part that is selected, or its nearest relative. */
export function SectionView({ plan, report }: SectionViewProps) {
  const section = useView((view) => view.section);
  const selectedId = useView((view) => view.selectedId);
  const shownId = selectionFor(plan, section, selectedId);

  return (
    <Tabs
      className={classes.section}
      value={section}
      onChange={(chosen) => {
        if (isSection(chosen)) goToSection(chosen);
      }}
    >
      <div className={classes.tabBar}>
        <SectionTabs section={section} />
        <PartSwitch plan={plan} section={section} shownId={shownId} />
      </div>
      <Tabs.Panel value={section} className={classes.results} tabIndex={0}>
        <div className={classes.resultsColumn}>
          <SectionResults plan={plan} report={report} section={section} shownId={shownId} />
        </div>
      </Tabs.Panel>
    </Tabs>
  );
}

/** The tabs, the chosen one in sight: an edit changes none of them. */
const SectionTabs = memo(function SectionTabs({ section }: { readonly section: Section }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const chosen = list.current?.querySelector('[role=tab][aria-selected=true]');
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [section]);
  return (
    <Tabs.List ref={list} aria-label="Results">
      {sections.map(({ id, label }) => (
        <Tabs.Tab key={id} value={id}>
          {label}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
});

interface ShownProps {
  readonly plan: Plan;
  readonly section: Section;
  readonly shownId: string | null;
}

/** Where a section could show several parts, the one that it shows. */
function PartSwitch({ plan, section, shownId }: ShownProps) {
  const ids = partIdsOf(plan, section);
  if (ids.length < 2) return null;
  return (
    <Select
      aria-label="Shown part"
      w={220}
      data={ids.map((id) => ({ value: id, label: partName(plan, id) }))}
      value={shownId}
      allowDeselect={false}
      onChange={(id) => {
        if (id !== null) select(id);
      }}
    />
  );
}

function SectionResults({ plan, report, section, shownId }: SectionViewProps & ShownProps) {
  const common = { plan, report, catalogue: catalogueOf(plan) };
  if (section === 'overview') return <OverviewSection {...common} />;
  if (section === 'cost') return <CostSection {...common} />;
  if (section === 'energy') return <EnergySection {...common} />;
  if (section === 'timeline') return <TimelineSection {...common} />;
  if (shownId === null) return <NothingToShow plan={plan} kind={section} />;
  switch (section) {
    case 'cluster':
      return <ClusterSection {...common} clusterId={shownId} />;
    case 'training':
      return (
        <>
          <TrainingSection {...common} workloadId={shownId} />
          <LayoutSearch workloadId={shownId} />
        </>
      );
    case 'inference':
      return (
        <>
          <InferenceSection {...common} workloadId={shownId} />
          <SimulationOf plan={plan} report={report} workloadId={shownId} />
        </>
      );
  }
}

/** The simulation of the shown service, where the service could be evaluated. */
function SimulationOf({ plan, report, workloadId }: SectionViewProps & { workloadId: string }) {
  const workload = plan.workloads.find(({ id }) => id === workloadId);
  const result = report.workloads.find((candidate) => candidate.workloadId === workloadId);
  if (workload?.kind !== 'inference' || result?.kind !== 'inference') return null;
  return <ServiceSimulation plan={plan} workload={workload} result={result} />;
}

const missing: Record<'cluster' | 'training' | 'inference', { title: string; add: string }> = {
  cluster: { title: 'This plan has no cluster yet', add: 'Add a cluster' },
  training: { title: 'This plan has no training job yet', add: 'Add a training job' },
  inference: { title: 'This plan has no inference service yet', add: 'Add an inference service' },
};

interface NothingToShowProps {
  readonly plan: Plan;
  readonly kind: keyof typeof missing;
}

function NothingToShow({ plan, kind }: NothingToShowProps) {
  const needsCluster = kind !== 'cluster' && plan.clusters.length === 0;
  const shown = needsCluster ? 'cluster' : kind;
  return (
    <EmptyState
      py="xl"
      size="sm"
      title={missing[kind].title}
      description={
        needsCluster
          ? 'A workload runs on a cluster, so the cluster comes first.'
          : 'It starts with the catalogue’s defaults; every value can be changed.'
      }
    >
      <EmptyState.Actions>
        <Button onClick={() => addPart(shown, null)}>{missing[shown].add}</Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
