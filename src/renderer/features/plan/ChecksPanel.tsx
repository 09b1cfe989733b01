import { ActionIcon, Group, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import type { Plan } from '@engine/plan';
import type { Finding, Report } from '@engine/report';
import { goToField, select } from '../../app/navigation';
import { togglePanel } from '../../app/view-store';
import { applyFix } from '../../document/commands/fix';
import { planDocument } from '../../document/document';
import { partName } from '../../document/subject';
import { FindingsList } from '../../report/findings/FindingsList';
import { NotChecked } from '../../report/findings/NotChecked';
import { findingsSummary } from './findings-summary';
import classes from './plan.module.css';

interface ChecksPanelProps {
  readonly plan: Plan;
  readonly report: Report;
}

function goToFinding({ subjectId, field }: Finding) {
  if (field === null || subjectId === null) select(subjectId);
  else goToField(subjectId, field);
}

function fixFinding(finding: Finding) {
  planDocument.perform(applyFix, { finding });
}

/** What is wrong or worth knowing, with the way to the field and, where one click mends it, the click. */
export function ChecksPanel({ plan, report }: ChecksPanelProps) {
  const { findings } = report;
  return (
    <section className={classes.checks} aria-label="Checks">
      <div className={classes.checksHead}>
        <Group gap="sm">
          <Text size="xs" fw={620}>
            Checks
          </Text>
          <Text size="xs" c="dimmed" role="status">
            {findingsSummary(findings)}
          </Text>
        </Group>
        <Tooltip label="Hide checks">
          <ActionIcon size="sm" aria-label="Hide checks" onClick={() => togglePanel('checks')}>
            <IconChevronDown size="0.875rem" stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={classes.checksBody}>
        <FindingsList
          findings={findings}
          subjectName={(id) => partName(plan, id)}
          onGoTo={goToFinding}
          onFix={fixFinding}
        />
        <NotChecked items={report.notChecked} />
      </div>
    </section>
  );
}

/** Stands for the checks while they are hidden. */
export function ChecksBar({ report }: { readonly report: Report }) {
  return (
    <UnstyledButton className={classes.checksBar} onClick={() => togglePanel('checks')}>
      <IconChevronUp size="0.875rem" stroke={1.75} aria-hidden />
      <span>Show checks</span>
      <Text component="span" size="xs" c="dimmed" role="status">
        {findingsSummary(report.findings)}
      </Text>
    </UnstyledButton>
  );
}
