import { Text, Title, UnstyledButton } from '@mantine/core';
import { planTemplates } from '@shared/catalogue/templates';
import { createPlanAndOpen } from '../../app/create-plan';
import classes from './library.module.css';

/** Full plans to start from; each opens as a new plan of one's own. */
export function TemplateRow() {
  return (
    <section aria-labelledby="templates-title" className={classes.templates}>
      <Title order={2} id="templates-title" size="h3">
        Templates
      </Title>
      <Text size="xs" c="dimmed" mb="sm">
        Complete plans with sourced numbers. Opening one makes a copy in the library.
      </Text>
      <ul className={classes.templateGrid}>
        {planTemplates.map((template) => (
          <li key={template.id}>
            <UnstyledButton
              className={classes.template}
              onClick={() => void createPlanAndOpen(template.plan)}
            >
              <Text component="span" size="sm" fw={600}>
                {template.title}
              </Text>
              <Text component="span" size="xs" c="dimmed">
                {template.summary}
              </Text>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
