import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { Section, SectionPart } from '../section/Section';
import { workloadKindName } from '../section/subject';
import { OwnPartsTable } from './OwnPartsTable';
import {
  clusterRows,
  costRows,
  siteRows,
  timelineRows,
  workloadRows,
  type InputRow,
} from './input-rows';

interface InputsChapterProps {
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

/** Every input of the plan with its value, its range, who chose it and the note that came with it. */
export function InputsChapter({ plan, catalogue }: InputsChapterProps) {
  const { locale } = useReport();
  const nameOf = (
    subjects: readonly { readonly id: string; readonly name: string }[],
    id: string,
  ) => subjects.find((subject) => subject.id === id)?.name ?? id;
  const timeline = plan.timeline ? timelineRows(plan.timeline, locale) : [];
  return (
    <Section title="Inputs" catalogue={catalogue}>
      {plan.sites.map((site) => (
        <InputsPart
          key={site.id}
          title={`Site: ${site.name}`}
          rows={siteRows(site, catalogue, locale)}
        />
      ))}
      {plan.clusters.map((cluster) => (
        <InputsPart
          key={cluster.id}
          title={`Cluster: ${cluster.name}`}
          rows={clusterRows(cluster, nameOf(plan.sites, cluster.siteId), catalogue, locale)}
        />
      ))}
      {plan.workloads.map((workload) => (
        <InputsPart
          key={workload.id}
          title={`${workloadKindName(workload)}: ${workload.name}`}
          rows={workloadRows(
            workload,
            nameOf(plan.clusters, workload.clusterId),
            catalogue,
            locale,
          )}
        />
      ))}
      <InputsPart title="Cost assumptions" rows={costRows(plan.costs, locale)} />
      {timeline.length > 0 && <InputsPart title="Timeline" rows={timeline} />}
      <OwnPartsTable plan={plan} />
    </Section>
  );
}

function InputsPart({
  title,
  rows,
}: {
  readonly title: string;
  readonly rows: readonly InputRow[];
}) {
  const hasNotes = rows.some(([, , , note]) => note !== '');
  return (
    <SectionPart title={title}>
      <DataTable
        caption={title}
        isCaptionHidden
        hasFixedWidths
        columns={[
          { key: 'input', title: 'Input', width: hasNotes ? '27%' : '40%' },
          { key: 'value', title: 'Value', width: hasNotes ? '20%' : '40%' },
          { key: 'origin', title: 'Origin', width: hasNotes ? '9%' : '20%' },
          ...(hasNotes ? [{ key: 'note', title: 'Note' }] : []),
        ]}
        rows={rows}
      />
    </SectionPart>
  );
}
