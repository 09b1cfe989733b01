/** The project's own page, opened from the Help menu. */
export const homepage = 'https://github.com/clusterwright/clusterwright';

/** The hosts of a list of addresses; what is not an https address contributes none. */
export function hostsOf(urls: Iterable<string | null>): Set<string> {
  const hosts = new Set<string>();
  for (const url of urls) {
    const parsed = url === null ? null : parsedHttps(url);
    if (parsed !== null) hosts.add(parsed.host);
  }
  return hosts;
}

/** Whether an address may go to the user's browser: https, no credentials, and exactly one of the known hosts. */
export function isAllowedLink(url: string, hosts: ReadonlySet<string>): boolean {
  const parsed = parsedHttps(url);
  return (
    parsed !== null && parsed.username === '' && parsed.password === '' && hosts.has(parsed.host)
  );
}

function parsedHttps(url: string): URL | null {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === 'https:' ? parsed : null;
}
