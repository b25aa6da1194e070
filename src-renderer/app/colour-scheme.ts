import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

let current: MantineColorScheme | undefined

/** The theme is kept by the engine as a preference; the page's own storage stays empty. */
export const memoryColourScheme: MantineColorSchemeManager = {
  get: (fallback) => current ?? fallback,
  set: (value) => {
    current = value
  },
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => {
    current = undefined
  },
}
