import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { Since } from '../../components/data-age.tsx'

type Sessions = Output<'access.mine'>['sessions']

export const SessionsPanel = ({ sessions }: { readonly sessions: Sessions }) => {
  const { t } = useTranslation('access-own')
  return (
    <section className="nc-panel" aria-label={t('sessions.title')}>
      <header className="nc-panel__head">
        <h2>{t('sessions.title')}</h2>
        <span className="nc-small nc-soft">{t('sessions.hint')}</span>
      </header>
      <table className="nc-table" aria-label={t('sessions.title')}>
        <thead>
          <tr>
            <th scope="col">{t('sessions.device')}</th>
            <th scope="col">{t('sessions.since')}</th>
            <th scope="col">{t('sessions.state')}</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map(({ sessionId, device, signedInAt, locked, isThis }) => (
            <tr key={sessionId}>
              <td className="nc-mono">{device}</td>
              <td>
                <Since at={signedInAt} />
              </td>
              <td>{t(isThis ? 'sessions.this' : locked ? 'sessions.locked' : 'sessions.open')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
