import { Button } from '@mantine/core'
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SignIn } from '../../../src-shared/contract/access.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { exportCsv } from '../../components/export-csv.ts'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useSuspicionWords } from './notice-words.ts'

/** Each sign-in, and what made one stand out. */
export const SignInsPanel = ({ signIns }: { readonly signIns: readonly SignIn[] }) => {
  const { t } = useTranslation('access-own')
  const format = useFormat()
  const wordsOf = useSuspicionWords()
  const exportAll = (): void => {
    exportCsv(
      `sign-ins-${new Date().toISOString().slice(0, 10)}.csv`,
      [
        t('signIns.at'),
        t('signIns.account'),
        t('signIns.result'),
        t('signIns.means'),
        t('signIns.device'),
        t('signIns.addresses'),
        t('signIns.stoodOut'),
      ],
      signIns.map((one) => [
        new Date(one.at).toISOString(),
        one.accountName,
        t(`result.${one.result}`),
        t(`means.${one.means}`),
        one.device,
        one.addresses.join(' '),
        wordsOf(one.suspicions),
      ]),
      false,
    )
    showToast({ kind: 'done', title: t('signIns.exported', { count: signIns.length }) })
  }
  useShortcut('exportList', exportAll, signIns.length > 0)
  return (
    <section className="nc-panel" aria-label={t('signIns.title')}>
      <header className="nc-panel__head">
        <h2>{t('signIns.title')}</h2>
        {signIns.length > 0 && (
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={exportAll}
          >
            {t('signIns.export')}
          </Button>
        )}
      </header>
      {signIns.length === 0 ? (
        <div className="nc-panel__body nc-soft">{t('signIns.empty')}</div>
      ) : (
        <div className="nco-scroll" tabIndex={0} role="region" aria-label={t('signIns.title')}>
          <table className="nc-table" aria-label={t('signIns.title')}>
            <thead>
              <tr>
                <th scope="col">{t('signIns.at')}</th>
                <th scope="col">{t('signIns.result')}</th>
                <th scope="col">{t('signIns.means')}</th>
                <th scope="col">{t('signIns.device')}</th>
                <th scope="col">{t('signIns.addresses')}</th>
                <th scope="col">{t('signIns.stoodOut')}</th>
              </tr>
            </thead>
            <tbody>
              {signIns.map((one) => (
                <tr key={one.id}>
                  <td>{format.instant(one.at)}</td>
                  <td>{t(`result.${one.result}`)}</td>
                  <td className="nc-soft">{t(`means.${one.means}`)}</td>
                  <td className="nc-mono">{one.device}</td>
                  <td className="nc-mono">{one.addresses.join(', ')}</td>
                  <td>
                    {one.suspicions.length === 0 ? (
                      <span className="nc-faint">{t('signIns.nothing')}</span>
                    ) : (
                      <span className="nco-stood">
                        <IconAlertTriangle
                          size={14}
                          stroke={1.8}
                          aria-hidden="true"
                          className="nc-icon"
                        />
                        {wordsOf(one.suspicions)}
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
