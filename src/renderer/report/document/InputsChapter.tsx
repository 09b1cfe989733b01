import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { withReadableDates } from '@shared/format/date';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { Section, SectionPart } from '../section/Section';
import { workloadKindName } from '../section/subject';
import { OwnPartsTable } from './OwnPartsTable';
import { groupsOf, inputsBeside, type InputSubject } from './inputs-beside';
import {
  clusterRows,
  costRows,
  siteRows,
  timelineRows,
  workloadRows,
  type InputRow,
} from './input-rows';
import classes from './document.module.css';

interface InputsChapterProps {
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

const workloadKinds = [
  { kind: 'training', many: 'Training jobs' },
  { kind: 'inference', many: 'Inference services' },
  { kind: 'task', many: 'Services of images, videos, texts and recordings' },
] as const;

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
      <LikeInputs
        many="Sites"
        subjects={plan.sites.map((site) => ({
          name: site.name,
          title: `Site: ${site.name}`,
          rows: siteRows(site, catalogue, locale),
        }))}
      />
      <LikeInputs
        many="Clusters"
        subjects={plan.clusters.map((cluster) => ({
          name: cluster.name,
          title: `Cluster: ${cluster.name}`,
          rows: clusterRows(cluster, nameOf(plan.sites, cluster.siteId), catalogue, locale),
        }))}
      />
      {workloadKinds.map(({ kind, many }) => (
        <LikeInputs
          key={kind}
          many={many}
          subjects={plan.workloads
            .filter((workload) => workload.kind === kind)
            .map((workload) => ({
              name: workload.name,
              title: `${workloadKindName(workload)}: ${workload.name}`,
              rows: workloadRows(
                workload,
                nameOf(plan.clusters, workload.clusterId),
                catalogue,
                locale,
              ),
            }))}
        />
      ))}
      <InputsPart title="Cost assumptions" rows={costRows(plan.costs, locale)} />
      {timeline.length > 0 && <InputsPart title="Timeline" rows={timeline} />}
      <OwnPartsTable plan={plan} />
    </Section>
  );
}

interface LikeInputsProps {
  readonly many: string;
  readonly subjects: readonly InputSubject[];
}

/** Inputs of everything of a kind: of one as a list, of several beside one another, with their notes below. */
function LikeInputs({ many, subjects }: LikeInputsProps) {
  const [first, second] = subjects;
  if (first === undefined) return null;
  if (second === undefined) {
    return <InputsPart title={first.title} rows={first.rows} />;
  }
  return (
    <SectionPart title={many}>
      {groupsOf(subjects, 4).map((group) => {
        const { rows, notes } = inputsBeside(group);
        const caption = `${many}: ${group.map(({ name }) => name).join(', ')}`;
        return (
          <div key={caption}>
            <DataTable
              caption={caption}
              isCaptionHidden
              hasFixedWidths
              columns={[
                { key: 'input', title: 'Input', width: '28%' },
                ...group.map(({ name }, index) => ({ key: String(index), title: name })),
              ]}
              rows={rows}
            />
            {notes.length > 0 && (
              <ul className={classes.inputNotes}>
                {notes.map((note) => (
                  <li key={note}>{withReadableDates(note)}</li>
                ))}
              </ul>
            )}
          </div>
        );
      })}
    </SectionPart>
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
