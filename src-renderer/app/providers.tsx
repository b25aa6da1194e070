import { MantineProvider, useMantineColorScheme } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { Router } from 'wouter'
import { usePreferences } from '../state/preferences.ts'
import { memoryColourScheme } from './colour-scheme.ts'
import { changeLanguage } from './locale.ts'
import { useHashLocation } from './location.ts'
import { styleNonce } from './nonce.ts'
import { cssVariablesResolver, theme } from './theme.ts'

/** Theme, language and density follow the preferences; routes live in the hash. */
export const Providers = ({ children }: { readonly children: ReactNode }) => (
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariablesResolver}
    getStyleNonce={styleNonce}
    colorSchemeManager={memoryColourScheme}
    defaultColorScheme="auto"
  >
    <FollowPreferences />
    <Router hook={useHashLocation}>{children}</Router>
  </MantineProvider>
)

const FollowPreferences = () => {
  const { theme: wanted, language, density } = usePreferences((state) => state.preferences)
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => setColorScheme(wanted === 'system' ? 'auto' : wanted), [wanted, setColorScheme])
  useEffect(() => void changeLanguage(language), [language])
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
  return null
}
