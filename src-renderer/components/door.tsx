import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BrandMark } from '../app/brand-mark.tsx'
import { languageNames, languages } from '../app/locale.ts'
import { DoorWorkspace } from './door-workspace.tsx'
import { previewPreferences, usePreferences } from '../state/preferences.ts'
import './door.css'

export interface DoorProps {
  readonly title: string
  readonly lead?: ReactNode
  readonly children?: ReactNode
  readonly wide?: boolean
  /** Nobody leaves through it for another workspace: a locked screen, a moment's wait. */
  readonly closed?: boolean
}

/** The page before the frame: first start, passphrase, sign-in, lock. */
export const Door = ({ title, lead, children, wide = false, closed = false }: DoorProps) => {
  const { t } = useTranslation()
  const language = usePreferences((state) => state.preferences.language)
  return (
    <main className="nc-door">
      <div className="nc-door__card" data-wide={wide ? '' : undefined}>
        <div className="nc-door__brand">
          <BrandMark size={22} /> {t('appName')}
        </div>
        <h1>{title}</h1>
        {lead !== undefined && <p className="nc-soft">{lead}</p>}
        {children}
        {!closed && <DoorWorkspace />}
      </div>
      <nav className="nc-door__languages" aria-label={t('frame.language')}>
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            aria-pressed={each === language}
            onClick={() => previewPreferences({ language: each })}
          >
            {languageNames[each]}
          </button>
        ))}
      </nav>
    </main>
  )
}
