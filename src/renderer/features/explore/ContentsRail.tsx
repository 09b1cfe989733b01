import classes from './explore.module.css';
import { exploreChapters } from './explore-chapters';

/** The chapters, with the one being read marked. */
export function ContentsRail({ current }: { readonly current: string }) {
  return (
    <nav className={classes.rail} aria-label="Contents">
      <ol className={classes.railList}>
        {exploreChapters.map(({ id, title }) => (
          <li key={id}>
            <a
              className={classes.railLink}
              href={`#${id}`}
              aria-current={id === current ? 'location' : undefined}
              onClick={(event) => {
                event.preventDefault();
                const heading = document.getElementById(id);
                heading?.scrollIntoView();
                heading?.focus({ preventScroll: true });
              }}
            >
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
