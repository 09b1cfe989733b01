import {
  ActionIcon,
  Badge,
  Button,
  createTheme,
  Drawer,
  Input,
  Kbd,
  Menu,
  Modal,
  NumberInput,
  Popover,
  SegmentedControl,
  Select,
  Table,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { dark, slate, teal } from './colours';

const sans =
  "'Inter Variable', 'Inter Symbols', system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
const mono = "'JetBrains Mono Variable', 'Inter Symbols', ui-monospace, Consolas, monospace";

/** Compact by default: the screen is an instrument, and inputs stand close to the numbers that they move. */
export const clusterwrightTheme = createTheme({
  colors: { slate, dark, gray: slate, teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  black: slate[9],
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontFamily: sans,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.1875rem', lineHeight: '1.3' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
      h4: { fontSize: '0.875rem', lineHeight: '1.4' },
      h5: { fontSize: '0.8125rem', lineHeight: '1.4' },
      h6: { fontSize: '0.75rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  shadows: {
    xs: '0 1px 2px rgb(16 24 32 / 8%)',
    sm: '0 1px 3px rgb(16 24 32 / 12%)',
    md: '0 4px 12px rgb(16 24 32 / 14%)',
    lg: '0 8px 24px rgb(16 24 32 / 16%)',
    xl: '0 16px 40px rgb(16 24 32 / 20%)',
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({
      defaultProps: { variant: 'subtle', color: 'gray', size: 'md' },
    }),
    Badge: Badge.extend({ defaultProps: { variant: 'light', radius: 'sm', tt: 'none', fw: 550 } }),
    Button: Button.extend({ defaultProps: { size: 'xs', fw: 550 } }),
    // The page behind a dialog never scrolls as a whole, so nothing has to be locked with an injected style sheet.
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, padding: 'lg' } }),
    Modal: Modal.extend({ defaultProps: { lockScroll: false, padding: 'lg' } }),
    Input: Input.extend({ defaultProps: { size: 'xs' } }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md' } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'xs' } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'lg' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Select: Select.extend({ defaultProps: { size: 'xs', checkIconPosition: 'right' } }),
    Table: Table.extend({ defaultProps: { verticalSpacing: 4, horizontalSpacing: 8 } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        withArrow: true,
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
});
