/** The mark: nodes of a cluster on a grid, one of them lit. */
export function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden focusable="false">
      <rect width="20" height="20" rx="4" fill="var(--cw-accent)" />
      <g fill="var(--cw-surface)">
        <rect x="4" y="4" width="5" height="5" rx="1" />
        <rect x="11" y="4" width="5" height="5" rx="1" opacity="0.55" />
        <rect x="4" y="11" width="5" height="5" rx="1" opacity="0.55" />
        <rect x="11" y="11" width="5" height="5" rx="1" opacity="0.55" />
      </g>
    </svg>
  );
}
