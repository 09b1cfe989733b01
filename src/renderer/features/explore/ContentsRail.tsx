import classes from './explore.module.css';
import { exploreChapters } from './explore-chapters';
import { leadTo } from './lead-to';

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
                leadTo(id);
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
