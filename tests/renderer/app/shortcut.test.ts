import { describe, expect, it } from 'vitest';
import { isShortcut, shortcutText, type KeyPress } from '../../../src/renderer/app/shortcut';

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers };
}

describe('a shortcut', () => {
  it.each<[string, KeyPress, boolean]>([
    ['mod+Z', press('z', { ctrlKey: true }), true],
    ['mod+Z', press('Z', { ctrlKey: true }), true],
    ['mod+Z', press('z', { ctrlKey: true, shiftKey: true }), false],
    ['mod+shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), true],
    ['mod+Z', press('z'), false],
    ['mod+Z', press('z', { metaKey: true }), false],
    ['mod+Z', press('z', { ctrlKey: true, altKey: true }), false],
    ['mod+Z', press('y', { ctrlKey: true }), false],
    ['mod+/', press('/', { ctrlKey: true }), true],
  ])('%s against %j is %s', (shortcut, key, expected) => {
    expect(isShortcut(shortcut, key, false)).toBe(expected);
  });

  it('uses the command key on a Mac, and not the control key', () => {
    expect(isShortcut('mod+Z', press('z', { metaKey: true }), true)).toBe(true);
    expect(isShortcut('mod+Z', press('z', { ctrlKey: true }), true)).toBe(false);
  });

  it('is printed as the platform prints it', () => {
    expect(shortcutText('mod+shift+S', false)).toBe('Ctrl+Shift+S');
    expect(shortcutText('mod+shift+S', true)).toBe('⇧⌘S');
    expect(shortcutText('mod+K', false)).toBe('Ctrl+K');
  });
});
