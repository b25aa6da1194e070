import { ActionIcon, Button, SegmentedControl } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { onuCells, onuHead } from './outage-csv.ts'
import { useLastValue } from './use-outages.ts'

type OutageOnu = Output<'outages.onus'>['onus'][number]

const pageSize = 50
const sliceSize = 500

/** All pages: the call list is of everybody, not of those on the screen. */
const allOnus = async (id: string, stillDown: boolean): Promise<readonly OutageOnu[]> => {
  const found: OutageOnu[] = []
  for (;;) {
    const { onus, total } = await callQuery('outages.onus', {
      id,
      stillDown,
      offset: found.length,
      limit: sliceSize,
    })
    found.push(...onus)
    if (onus.length === 0 || found.length >= total) return found
  }
}

export const OutageOnus = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const [stillDown, setStillDown] = useState(false)
  const [offset, setOffset] = useState(0)
  const [saving, setSaving] = useState(false)
  const answer = useQuery(
    'outages.onus',
    { id: outage.id, stillDown, offset, limit: pageSize },
    { on: ['outages.changed'], everyMs: 2000 },
  )
  const value = useLastValue(answer.value)
  const total = value?.total ?? 0
  const save = async (): Promise<void> => {
    if (saving) return
    setSaving(true)
    try {
      const onus = await allOnus(outage.id, stillDown)
      const day = new Date(outage.beganAt).toISOString().slice(0, 16).replace(':', '')
      exportCsv(
        `${t('page.csvName')}-${day}.csv`,
        onuHead(t),
        onus.map((onu) => onuCells(t, onu)),
      )
    } catch (error) {
      showFailure(failureOf(error))
    } finally {
      setSaving(false)
    }
  }
  useShortcut('exportList', () => void save())
  return (
    <section className="nc-panel nu-onus" aria-label={t('page.onus')}>
      <header className="nc-panel__head nu-filters">
        <h2>
          {t('page.onus')} <span className="nu-note">{format.number(total)}</span>
        </h2>
        <SegmentedControl
          size="xs"
          aria-label={t('page.onus')}
          value={stillDown ? 'down' : 'all'}
          onChange={(next) => {
            setStillDown(next === 'down')
            setOffset(0)
          }}
          data={[
            { value: 'all', label: t('page.all') },
            { value: 'down', label: t('page.stillDown') },
          ]}
        />
        <Button
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
          onClick={() => void save()}
          loading={saving}
        >
          {t('page.csv')}
        </Button>
      </header>
      {value === undefined ? (
        <Awaiting failure={answer.failure} onRetry={answer.refresh} rows={8} />
      ) : value.onus.length === 0 ? (
        <p className="nu-quiet">{t('page.none')}</p>
      ) : (
        <OnuTable onus={value.onus} beganAt={outage.beganAt} />
      )}
      {total > pageSize ? (
        <footer className="nu-pager">
          <ActionIcon
            aria-label={t('page.previous')}
            disabled={offset === 0}
            onClick={() => setOffset(Math.max(0, offset - pageSize))}
          >
            <IconChevronLeft size={16} aria-hidden="true" />
          </ActionIcon>
          <span>
            {t('page.page', {
              from: format.number(offset + 1),
              to: format.number(Math.min(total, offset + pageSize)),
              total: format.number(total),
            })}
          </span>
          <ActionIcon
            aria-label={t('page.next')}
            disabled={offset + pageSize >= total}
            onClick={() => setOffset(offset + pageSize)}
          >
            <IconChevronRight size={16} aria-hidden="true" />
          </ActionIcon>
        </footer>
      ) : null}
    </section>
  )
}

interface OnuTableProps {
  readonly onus: readonly OutageOnu[]
  readonly beganAt: number
}

const OnuTable = ({ onus, beganAt }: OnuTableProps) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  return (
    <div className="nu-scroll" tabIndex={0} role="group" aria-label={t('page.onus')}>
      <table className="nc-table nu-onus__table">
        <thead>
          <tr>
            <th scope="col">{t('page.name')}</th>
            <th scope="col">{t('page.serial')}</th>
            <th scope="col">{t('page.address')}</th>
            <th scope="col" className="nc-num">
              {t('page.downAt')}
            </th>
            <th scope="col">{t('page.gasp')}</th>
            <th scope="col" className="nc-num">
              {t('page.backAt')}
            </th>
            <th scope="col" className="nc-num" title={t('page.lastRx')}>
              dBm
            </th>
            <th scope="col">{t('page.node')}</th>
          </tr>
        </thead>
        <tbody>
          {onus.map((onu) => (
            <tr
              key={`${onu.oltId} ${formatOnu(onu.address)}`}
              data-back={onu.backAt === null ? undefined : ''}
            >
              <td className="nu-onus__name">
                <RouteLink to={paths.onu(onu.oltId, onu.address)}>
                  {onu.name ?? onu.serial ?? formatOnu(onu.address)}
                </RouteLink>
                {onu.place === null || onu.name?.includes(onu.place) === true ? null : (
                  <span className="nc-faint nc-small"> {onu.place}</span>
                )}
              </td>
              <td className="nc-mono">{onu.serial ?? '–'}</td>
              <td className="nc-mono" title={onu.oltName}>
                {formatOnu(onu.address)}
              </td>
              <td className="nc-num" title={format.instant(onu.downAt)}>
                +{format.duration((onu.downAt - beganAt) / 1000)}
              </td>
              <td className={onu.gasp === 'seen' ? undefined : 'nc-soft'}>
                {t(`gaspWord.${onu.gasp}`)}
              </td>
              <td className="nc-num" title={format.instant(onu.backAt)}>
                {onu.backAt === null ? '–' : format.instant(onu.backAt, 'minute')}
              </td>
              <td className="nc-num">{format.number(onu.lastRxDbm, 1)}</td>
              <td className="nc-soft">{onu.nodeName ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
