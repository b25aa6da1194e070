import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startEntrance } from '../state/workspace.ts'
import { previewPreferences } from '../state/preferences.ts'
import { Console } from './console.tsx'
import { startKeepingFocus } from './keep-focus.ts'
import { startKeyboard } from './keyboard-hooks.ts'
import { startLocale, systemLanguage } from './locale.ts'
import { Providers } from './providers.tsx'

/** The renderer's start-up, top to bottom. */
export const startConsole = async (root: HTMLElement): Promise<void> => {
  const language = systemLanguage()
  await startLocale(language)
  previewPreferences({ language })
  startEntrance()
  startKeyboard()
  startKeepingFocus()
  createRoot(root).render(
    <StrictMode>
      <Providers>
        <Console />
      </Providers>
    </StrictMode>,
  )
}
