import { Button, Checkbox, TextInput } from '@mantine/core';
import type { Plan } from '@engine/plan';
import type { ImportedConfig } from '@shared/model-import/import-config';
import { proposedName } from '@shared/model-import/imported-model';
import { useState } from 'react';
import { useView } from '../../app/view-store';
import { useReport } from '../../report/report-context';
import { DataTable } from '../../report/chart/DataTable';
import { addImportedModel } from './add-imported-model';
import { closeModelImport } from './import-store';
import { factRows } from './fact-rows';
import classes from './model-import.module.css';

interface ImportPreviewProps {
  readonly plan: Plan;
  readonly config: ImportedConfig;
}

/** What a configuration becomes: its facts, what was read, what was not and what was assumed; then its name. */
export function ImportPreview({ plan, config }: ImportPreviewProps) {
  const { locale } = useReport();
  const [name, setName] = useState(() => proposedName(config));
  const [isUsed, setIsUsed] = useState(true);
  const selectedId = useView((view) => view.selectedId);
  const workload = plan.workloads.find(({ id }) => id === selectedId);
  const isNamed = name.trim() !== '';
  const add = (): void => {
    addImportedModel(plan, config, name.trim(), isUsed ? (workload ?? null) : null);
    closeModelImport();
  };
  return (
    <form
      className={classes.dialog}
      onSubmit={(event) => {
        event.preventDefault();
        if (isNamed) add();
      }}
    >
      <DataTable
        caption="What it becomes"
        columns={[
          { key: 'fact', title: 'Fact' },
          { key: 'value', title: 'Value', isNumber: true },
        ]}
        rows={factRows(config, locale)}
      />
      <FieldList title="Read" fields={config.mapped} />
      <FieldList title="Not used" fields={config.unmapped} />
      <div>
        <p className={classes.title}>Assumed</p>
        {config.assumptions.length === 0 ? (
          <p className={classes.quiet}>Nothing: the file says it all.</p>
        ) : (
          <ul className={classes.assumed}>
            {config.assumptions.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </div>
      <TextInput
        label="Name of the model"
        maxLength={200}
        value={name}
        error={isNamed ? null : 'A model needs a name.'}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      {workload !== undefined && (
        <Checkbox
          label={`Use it for ${workload.name}`}
          checked={isUsed}
          onChange={({ currentTarget }) => setIsUsed(currentTarget.checked)}
        />
      )}
      <div className={classes.foot}>
        <Button variant="default" onClick={closeModelImport}>
          Cancel
        </Button>
        <Button type="submit" disabled={!isNamed}>
          Import
        </Button>
      </div>
    </form>
  );
}

function FieldList({
  title,
  fields,
}: {
  readonly title: string;
  readonly fields: readonly string[];
}) {
  return (
    <details className={classes.fields}>
      <summary>{`${title}: ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`}</summary>
      <p>
        {fields.length === 0 ? 'None.' : fields.map((field) => <code key={field}>{field}</code>)}
      </p>
    </details>
  );
}
