const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** A day as it is read everywhere: "2026-11-30" is "30 Nov 2026". A month or a year alone stay what they are, and so do words. */
export function dayText(iso: string): string {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(iso) ?? [];
  const name = monthNames[Number(month) - 1];
  if (name === undefined) return iso;
  return day === '' ? `${name} ${year}` : `${String(Number(day))} ${name} ${year}`;
}
