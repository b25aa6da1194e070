import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eaf5f7',
  '#d5eaee',
  '#a9d6df',
  '#72c3d2',
  '#4fadbe',
  '#3797a9',
  '#268394',
  '#187184',
  '#0f6274',
  '#0a4f5e',
]

/** Mantine reads text from 0, body from 7, borders from 4; the same greys as tokens.css. */
const dark: MantineColorsTuple = [
  '#d6dbe0',
  '#bcc4cb',
  '#a4adb6',
  '#8b959f',
  '#3b434a',
  '#262c32',
  '#1c2126',
  '#15191d',
  '#0f1215',
  '#0b0e10',
]

const noTransition = { duration: 0 }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 8,
  colors: { accent, dark },
  fontFamily: 'var(--nc-font)',
  fontFamilyMonospace: 'var(--nc-font-mono)',
  defaultRadius: 'sm',
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: {
    xs: 'var(--nc-text-tiny)',
    sm: 'var(--nc-text-size)',
    md: 'var(--nc-text-size)',
    lg: '15px',
    xl: '18px',
  },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.4', lg: '1.4', xl: '1.35' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 26, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs', comboboxProps: { transitionProps: noTransition } } },
    MultiSelect: { defaultProps: { size: 'xs', comboboxProps: { transitionProps: noTransition } } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Badge: { defaultProps: { size: 'sm', radius: 'sm', variant: 'default' } },
    Tooltip: {
      defaultProps: { openDelay: 350, transitionProps: noTransition, withArrow: false, fz: 'xs' },
    },
    Modal: { defaultProps: { transitionProps: noTransition, overlayProps: { opacity: 0.5 } } },
    Drawer: { defaultProps: { transitionProps: noTransition } },
    Menu: { defaultProps: { transitionProps: noTransition, shadow: 'md' } },
    Popover: { defaultProps: { transitionProps: noTransition, shadow: 'md' } },
    Tabs: { defaultProps: { variant: 'default' } },
  },
})

/** The interface kit takes its surfaces and texts from tokens.css, so that there is one source. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const variables = {
    '--mantine-color-body': 'var(--nc-surface)',
    '--mantine-color-text': 'var(--nc-text)',
    '--mantine-color-dimmed': 'var(--nc-text-soft)',
    '--mantine-color-placeholder': 'var(--nc-text-faint)',
    '--mantine-color-anchor': 'var(--nc-accent)',
    '--mantine-color-error': 'var(--nc-critical)',
    '--mantine-color-default': 'var(--nc-raised)',
    '--mantine-color-default-hover': 'var(--nc-hover)',
    '--mantine-color-default-color': 'var(--nc-text)',
    '--mantine-color-default-border': 'var(--nc-line)',
    '--input-bd': 'var(--nc-line-strong)',
  }
  return { variables: {}, light: variables, dark: variables }
}
