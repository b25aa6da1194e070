import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadingState } from '../../components/loading-state.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { readLicences, type Licences } from './read-licences.ts'

/** The same file lies beside the program: resources/licences/third-party.txt. */
const load = async (): Promise<Licences> =>
  readLicences((await import('../../../assets/licences/third-party.txt?raw')).default)

/** Software of others inside the console, each with the text of its licence. */
export const LicencesDrawer = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('settings')
  const [licences, setLicences] = useState<Licences | 'failed' | null>(null)
  useEffect(() => {
    let isGone = false
    load().then(
      (read) => {
        if (!isGone) setLicences(read)
      },
      () => {
        if (!isGone) setLicences('failed')
      },
    )
    return () => {
      isGone = true
    }
  }, [])
  const count =
    licences === null || licences === 'failed'
      ? undefined
      : new Set(licences.parts.flatMap(({ packages }) => packages)).size
  return (
    <RecordDrawer
      title={t('licences.title')}
      {...(count !== undefined && { subtitle: t('licences.count', { count }) })}
      onClose={onClose}
    >
      {licences === null && <LoadingState rows={8} />}
      {licences === 'failed' && <p role="alert">{t('licences.failed')}</p>}
      {licences !== null && licences !== 'failed' && (
        <>
          <p className="nc-soft">{t('licences.about')}</p>
          {licences.parts.map(({ packages, text }) => (
            <details className="nc-licence" key={packages.join()}>
              <summary>
                {packages.map((name) => (
                  <span key={name}>{name}</span>
                ))}
              </summary>
              <pre>{text}</pre>
            </details>
          ))}
        </>
      )}
    </RecordDrawer>
  )
}
