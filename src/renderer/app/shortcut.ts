/** What a shortcut needs to know of a key press. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

function isMac(): boolean {
  return /Mac/.test(navigator.userAgent);
}

/** Whether a key press is the shortcut, such as 'mod+shift+Z'; mod is Ctrl, and Cmd on a Mac. */
export function isShortcut(shortcut: string, press: KeyPress, onMac = isMac()): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const wantsMod = parts.includes('mod');
  const wantsShift = parts.includes('shift');
  const mod = onMac ? press.metaKey : press.ctrlKey;
  const otherMod = onMac ? press.ctrlKey : press.metaKey;
  return (
    press.key.toLowerCase() === key.toLowerCase() &&
    mod === wantsMod &&
    !otherMod &&
    press.shiftKey === wantsShift &&
    !press.altKey
  );
}

/** A shortcut as it is printed: 'Ctrl+Shift+Z', or '⇧⌘Z' on a Mac. */
export function shortcutText(shortcut: string, onMac = isMac()): string {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  if (onMac)
    return `${parts.includes('shift') ? '⇧' : ''}${parts.includes('mod') ? '⌘' : ''}${key}`;
  const modifiers = [
    ...(parts.includes('mod') ? ['Ctrl'] : []),
    ...(parts.includes('shift') ? ['Shift'] : []),
  ];
  return [...modifiers, key].join('+');
}
