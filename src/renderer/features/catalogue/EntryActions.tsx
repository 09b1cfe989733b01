import { Button, Group, Menu } from '@mantine/core';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { removeOwnPart, setPartOverrides } from '../../document/commands/parts';
import { planDocument, usePlan } from '../../document/document';
import classes from './catalogue.module.css';
import type { CatalogueKind } from './catalogue-kinds';
import { setCatalogueView } from './catalogue-store';
import type { Entry } from './entries';
import { usesOf } from './use-in-plan';

interface EntryActionsProps {
  readonly kind: CatalogueKind;
  readonly entry: Entry;
  readonly catalogue: Catalogue;
}

/** What the open plan can do with an entry; without a plan, why there is nothing. */
export function EntryActions({ kind, entry, catalogue }: EntryActionsProps) {
  const plan = usePlan();
  if (plan === null) {
    return (
      <p className={classes.quiet}>
        Open a plan to use this in it, to replace values or to add parts of your own.
      </p>
    );
  }
  return (
    <Group gap="xs">
      <UseButton kind={kind} entry={entry} plan={plan} catalogue={catalogue} />
      {kind.partKind !== null && (
        <>
          <Button variant="default" onClick={() => setCatalogueView({ editing: 'copy' })}>
            Duplicate and edit…
          </Button>
          <OwnButtons kind={kind} entry={entry} plan={plan} />
        </>
      )}
    </Group>
  );
}

interface PlanEntryProps extends Omit<EntryActionsProps, 'catalogue'> {
  readonly plan: Plan;
}

function UseButton({
  kind,
  entry,
  plan,
  catalogue,
}: PlanEntryProps & Pick<EntryActionsProps, 'catalogue'>) {
  const uses = usesOf(kind.key, entry, plan, catalogue);
  const [first] = uses;
  if (first === undefined) return null;
  if (uses.length === 1) return <Button onClick={first.perform}>{first.label}</Button>;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button>Use in this plan…</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {uses.map(({ label, perform }) => (
          <Menu.Item key={label} onClick={perform}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function OwnButtons({ kind: { partKind }, entry, plan }: PlanEntryProps) {
  const own = plan.ownParts?.find((part) => part.kind === partKind && part.id === entry.id);
  if (own !== undefined) {
    return (
      <Button
        variant="default"
        onClick={() => {
          planDocument.perform(removeOwnPart, { part: own });
          setCatalogueView({ chosenId: null });
        }}
      >
        Remove
      </Button>
    );
  }
  if (partKind === null) return null;
  const isReplaced = plan.partOverrides?.some(
    (override) => override.kind === partKind && override.partId === entry.id,
  );
  return (
    <>
      <Button variant="default" onClick={() => setCatalogueView({ editing: 'override' })}>
        Replace values…
      </Button>
      {isReplaced && (
        <Button
          variant="default"
          onClick={() =>
            planDocument.perform(setPartOverrides, {
              kind: partKind,
              partId: entry.id,
              partName: entry.name,
              values: {},
            })
          }
        >
          Published values
        </Button>
      )}
    </>
  );
}
