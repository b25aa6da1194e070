import { Button, Progress } from '@mantine/core'
import { IconScan, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import { useRights } from '../provisioning/use-rights.ts'
import type { Scan } from './never-scanned.ts'
import { cancelScan, startScan, useScanRun } from './scan-run.ts'

/** When each OLT was compared last, and the button that does it now. */
export const ScanPanel = ({ scans }: { readonly scans: readonly Scan[] }) => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const rights = useRights()
  const { run, failure } = useScanRun()
  const scan = (oltIds: readonly string[]): void => void startScan(oltIds)
  return (
    <section className="nc-panel" aria-label={t('scan.title')}>
      <header className="nc-panel__head">
        <h2>{t('scan.title')}</h2>
        {run !== null ? (
          <>
            <Progress
              className="npr-progress"
              aria-label={t('scan.running')}
              value={(run.done / Math.max(1, run.total)) * 100}
            />
            <span className="nc-soft nc-small" role="status">
              {t('plan.progressOf', {
                done: format.number(run.done),
                total: format.number(run.total),
              })}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              rightSection={<IconX size={13} aria-hidden="true" />}
              onClick={cancelScan}
            >
              {t('scan.cancel')}
            </Button>
          </>
        ) : (
          rights.reconcile &&
          scans.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconScan size={14} stroke={1.7} aria-hidden="true" />}
              onClick={() => scan(scans.map(({ oltId }) => oltId))}
            >
              {t('scan.all')}
            </Button>
          )
        )}
      </header>
      {failure !== null && <ProblemLine problem={failure} />}
      <div className="npr-scans" tabIndex={0} role="group" aria-label={t('scan.title')}>
        <table className="nc-table">
          <thead>
            <tr>
              <th scope="col">{t('target.olt')}</th>
              <th scope="col" className="nc-num">
                {t('scan.at')}
              </th>
              <th scope="col" className="nc-num">
                {t('scan.compared')}
              </th>
              <th scope="col" className="nc-num">
                {t('scan.mismatches')}
              </th>
              <th scope="col" className="nc-num">
                {t('scan.unrecorded')}
              </th>
              <th scope="col">{t('waiting.note')}</th>
              <th scope="col">
                <span className="nc-hidden">{t('waiting.acts')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {scans.map((one) => (
              <tr key={one.oltId}>
                <td>
                  <RouteLink to={paths.olt(one.oltId)}>{one.oltName}</RouteLink>
                </td>
                <td className="nc-num">
                  {one.at === null ? (
                    <span className="nc-faint">{t('scan.never')}</span>
                  ) : (
                    <Since at={one.at} />
                  )}
                </td>
                <td className="nc-num">{format.number(one.at === null ? null : one.compared)}</td>
                <td className="nc-num">
                  {one.mismatches > 0 ? (
                    <RouteLink to={paths.mismatches(`olt=${one.oltId}`)}>
                      {format.number(one.mismatches)}
                    </RouteLink>
                  ) : (
                    format.number(one.at === null ? null : 0)
                  )}
                </td>
                <td className="nc-num">
                  {one.unrecorded > 0 ? (
                    <RouteLink to={paths.adoption(one.oltId)}>
                      {t('scan.adopt', { number: format.number(one.unrecorded) })}
                    </RouteLink>
                  ) : (
                    format.number(one.at === null ? null : 0)
                  )}
                </td>
                <td className="npr-note">
                  {one.running
                    ? t('scan.running')
                    : one.problem !== null && (
                        <span title={tError(`${one.problem.code}.do`, one.problem.params)}>
                          {tError(`${one.problem.code}.what`, one.problem.params)}
                        </span>
                      )}
                </td>
                <td className="npw-acts">
                  {rights.reconcile && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      disabled={run !== null || one.running}
                      aria-label={t('scan.one', { name: one.oltName })}
                      onClick={() => scan([one.oltId])}
                    >
                      {t('scan.button')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
