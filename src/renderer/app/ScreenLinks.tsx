import { UnstyledButton } from '@mantine/core';
import { usePlanName } from '../document/document';
import { performCommand } from './app-commands';
import classes from './app.module.css';
import { useView } from './view-store';

/** The screens beside a plan, and the way back to the plan that is open. */
export function ScreenLinks() {
  const screen = useView((view) => view.screen);
  const planName = usePlanName();
  return (
    <nav className={classes.screens} aria-label="Screens">
      {screen !== 'library' && planName !== null && (
        <UnstyledButton className={classes.screenLink} onClick={() => performCommand('view.plan')}>
          Back to {planName}
        </UnstyledButton>
      )}
      <UnstyledButton
        className={classes.screenLink}
        aria-current={screen === 'library' ? 'page' : undefined}
        onClick={() => performCommand('view.library')}
      >
        Library
      </UnstyledButton>
      <UnstyledButton
        className={classes.screenLink}
        aria-current={screen === 'explore' ? 'page' : undefined}
        onClick={() => performCommand('view.explore')}
      >
        Explore
      </UnstyledButton>
      <UnstyledButton
        className={classes.screenLink}
        aria-current={screen === 'catalogue' ? 'page' : undefined}
        onClick={() => performCommand('view.catalogue')}
      >
        Catalogue
      </UnstyledButton>
    </nav>
  );
}
