import { MeterNote } from '../features/explore/meter/MeterNote';
import classes from './app.module.css';
import { goToExplore } from './navigation';

/** The foot of the window: the world's meter in small, which leads to the whole one. */
export function StatusBar() {
  return (
    <footer className={classes.status} aria-label="Status">
      <MeterNote onOpen={() => goToExplore('meter')} />
    </footer>
  );
}
