import { Button } from '@mantine/core';
import type { Plan } from '@engine/plan';
import { removeImportedModel, whoRuns } from '../../document/commands/import-model';
import { planDocument } from '../../document/document';
import classes from './model-import.module.css';

/** The models that the plan brings along; one that nothing runs can be removed, and undone. */
export function ImportedModelList({ plan }: { readonly plan: Plan }) {
  const models = plan.importedModels ?? [];
  if (models.length === 0) return null;
  return (
    <section aria-label="Models imported into this plan">
      <h3 className={classes.title}>Models imported into this plan</h3>
      <ul className={classes.imported}>
        {models.map(({ id, name, importedOn }) => {
          const users = whoRuns(plan, id);
          return (
            <li key={id} className={classes.row}>
              <span>{name}</span>
              <span className={classes.quiet}>
                {users.length === 0 ? `imported on ${importedOn}` : `run by ${users.join(', ')}`}
              </span>
              <Button
                className={classes.remove ?? ''}
                size="compact-xs"
                variant="default"
                disabled={users.length > 0}
                aria-label={`Remove ${name}`}
                title={users.length > 0 ? 'Give its workloads another model first.' : undefined}
                onClick={() => planDocument.perform(removeImportedModel, { modelId: id })}
              >
                Remove
              </Button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
