import { Button, Group, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { OwnPart, PartKind } from '@engine/catalogue/own-parts';
import { partFields } from '@engine/catalogue/part-fields';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { formatValue } from '@shared/format/value';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { rowsOf } from '@engine/catalogue/plan-catalogue';
import { freePartId, putOwnParts, setPartOverrides } from '../../document/commands/parts';
import { planDocument } from '../../document/document';
import { useReport } from '../../report/report-context';
import classes from './catalogue.module.css';
import { setCatalogueView } from './catalogue-store';
import type { Entry } from './entries';
import { firstDraft, readDraft, type PartDraft } from './part-draft';

interface PartEditorProps {
  readonly kind: PartKind;
  readonly mode: 'override' | 'copy' | 'blank';
  /** what the part is copied from, or whose values are replaced; null for a part from nothing */
  readonly base: Entry | null;
  readonly plan: Plan;
  readonly catalogue: Catalogue;
}

const titles = {
  override: 'Replace published values',
  copy: 'A part of your own, based on another',
  blank: 'A part of your own',
} as const;

/** A form for a part of the plan's own, or for values in place of published ones. */
export function PartEditor({ kind, mode, base, plan, catalogue }: PartEditorProps) {
  const { locale } = useReport();
  const [draft, setDraft] = useState<PartDraft>(() => firstDraft(kind, mode, base, plan));
  const [isTried, setIsTried] = useState(false);
  const read = readDraft(kind, draft, mode === 'blank');
  const needsAccelerator = kind === 'system' && mode === 'blank' && draft.acceleratorId === null;
  const close = (): void => setCatalogueView({ editing: null });

  function save() {
    setIsTried(true);
    if (read.problems !== null || draft.name.trim() === '' || needsAccelerator) return;
    if (mode === 'override') {
      if (base === null) return;
      const { id: partId, name: partName } = base;
      planDocument.perform(setPartOverrides, { kind, partId, partName, values: read.values });
      close();
      return;
    }
    const part = partOf(draft, read.values);
    planDocument.perform(putOwnParts, { parts: [part] });
    setCatalogueView({ editing: null, chosenId: part.id, search: '', group: null });
  }

  function partOf({ name, acceleratorId, note }: PartDraft, values: OwnPart['values']): OwnPart {
    const isPublished = (id: string): boolean => rowsOf(bundledCatalogue)[kind].has(id);
    const stem = base?.id ?? (name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') || kind);
    return {
      kind,
      id: freePartId(plan, stem.slice(0, 40), isPublished),
      name: name.trim(),
      basedOn: base?.id ?? null,
      ...(acceleratorId === null ? {} : { acceleratorId }),
      values,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    };
  }

  const setText = (key: string, text: string): void =>
    setDraft({ ...draft, texts: { ...draft.texts, [key]: text } });
  const title = base === null ? titles[mode] : `${titles[mode]}: ${base.name}`;
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close without saving' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <div className={classes.form}>
          {mode !== 'override' && (
            <TextInput
              label="Name"
              value={draft.name}
              data-autofocus
              error={isTried && draft.name.trim() === '' ? 'A part needs a name.' : null}
              onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
            />
          )}
          {kind === 'system' && mode !== 'override' && (
            <Select
              label="Accelerator"
              data={[...catalogue.accelerators.values()].map(({ id, name }) => ({
                value: id,
                label: name,
              }))}
              value={draft.acceleratorId}
              placeholder={mode === 'copy' ? 'As in the part it is based on' : 'Choose…'}
              searchable
              clearable={mode === 'copy'}
              error={isTried && needsAccelerator ? 'A system needs an accelerator.' : null}
              onChange={(acceleratorId) => setDraft({ ...draft, acceleratorId })}
            />
          )}
          {partFields[kind].map(({ key, label, unit }) => {
            const published = base?.facts.find((each) => each.key === key)?.fact ?? null;
            return (
              <TextInput
                key={key}
                label={unit === '1' ? label : `${label} (${unit})`}
                value={draft.texts[key] ?? ''}
                placeholder={
                  published === null
                    ? 'Not published'
                    : formatValue(published.value, published.unit, locale)
                }
                error={isTried ? (read.problems?.[key] ?? null) : null}
                onChange={(event) => setText(key, event.currentTarget.value)}
              />
            );
          })}
          <Textarea
            label="Note"
            description="Why, and from where: shown wherever a value is."
            value={draft.note}
            maxLength={2_000}
            onChange={(event) => setDraft({ ...draft, note: event.currentTarget.value })}
          />
        </div>
        <p className={classes.quiet}>
          {base === null
            ? 'Fields that every such part needs are marked when they are missing.'
            : 'An empty field keeps the value in grey.'}{' '}
          Saved with the plan.
        </p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit">{mode === 'override' ? 'Replace values' : 'Save part'}</Button>
        </Group>
      </form>
    </Modal>
  );
}
