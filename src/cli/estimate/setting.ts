/** What a field of a case may hold: a word, a number or a switch. */
export type Setting = string | number | boolean | null | undefined;

/** A field as lower-case text; '' where it says nothing. */
export function settingText(given: Setting): string {
  return String(given ?? '').toLowerCase();
}

/** Whether a field switches something on. */
export function isOn(given: Setting): boolean {
  return /^(true|1|yes|on|async|cpu|host)/.test(settingText(given));
}

/** Whether a field says nothing, or switches something off. */
export function isOff(given: Setting): boolean {
  return /^(?:|false|0|no|none|off|disabled)$/.test(settingText(given).trim());
}
