import { Button, TextInput } from '@mantine/core'
import { IconCircleCheck, IconDownload, IconFilterOff, IconSearch } from '@tabler/icons-react'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnconfiguredOnu } from '../../../src-shared/contract/network-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { useQuery } from '../../client/hooks.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataAge, Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { noValue } from '../../components/format.ts'
import { Kbd } from '../../components/kbd.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { emptyFilter, onusRoute } from './onu-query.ts'
import { fitsUnconfigured, ponText } from './unconfigured-rules.ts'
import './onus.css'

export const UnconfiguredScreen = (): ReactNode => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useQuery(
    'network.unconfigured',
    {},
    { on: ['network.changed'], everyMs: 2000 },
  )
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const rows = useMemo(
    () => (value?.onus ?? []).filter((onu) => fitsUnconfigured(onu, text)),
    [value, text],
  )
  const total = value?.onus.length ?? 0

  const exportRows = (): void => {
    if (rows.length === 0) return
    exportCsv(
      `onus-unconfigured-${new Date().toISOString().slice(0, 10)}.csv`,
      [
        t('field.serial'),
        t('field.model'),
        t('field.firmware'),
        t('field.olt'),
        t('field.pon'),
        t('field.firstSeenAt'),
        t('field.seenAt'),
      ],
      rows.map((onu) => [
        onu.serial,
        onu.model,
        onu.firmware,
        onu.oltName,
        ponText(onu),
        onu.firstSeenAt === null ? null : new Date(onu.firstSeenAt).toISOString(),
        onu.seenAt === null ? null : new Date(onu.seenAt).toISOString(),
      ]),
    )
    showToast({ kind: 'done', title: t('onus.unconfigured.exported', { count: rows.length }) })
  }

  useShortcut('exportList', exportRows)
  useShortcut('refresh', refresh)
  useShortcut('focusFilter', () => input.current?.focus())

  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>
          {t('onus.unconfigured.title')}{' '}
          {value !== undefined && (
            <span className="nc-onus__count" role="status">
              {t('onus.unconfigured.count', { count: total })}
            </span>
          )}
        </h1>
        {total > 0 && (
          <>
            <TextInput
              ref={input}
              className="nc-onus__search"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              placeholder={t('onus.unconfigured.filter')}
              aria-label={t('onus.unconfigured.filter')}
              leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
              rightSection={text === '' ? <Kbd keys={shortcuts.focusFilter.keys} /> : null}
            />
            <Button
              variant="default"
              leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
              onClick={exportRows}
            >
              {t('onus.unconfigured.export')}
            </Button>
          </>
        )}
      </header>
      <p className="nc-soft">{t('onus.unconfigured.intro')}</p>
      {failure !== undefined && (
        <FailureState brief={value !== undefined} failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        failure === undefined && <LoadingState rows={8} />
      ) : (
        <Rows rows={rows} total={total} text={text} />
      )}
    </div>
  )
}

interface RowsProps {
  readonly rows: readonly UnconfiguredOnu[]
  readonly total: number
  readonly text: string
}

const Rows = ({ rows, total, text }: RowsProps): ReactNode => {
  const { t } = useTranslation('network')
  const format = useFormat()
  if (total === 0) {
    return (
      <EmptyState
        icon={IconCircleCheck}
        title={t('onus.unconfigured.emptyTitle')}
        text={t('onus.unconfigured.emptyText')}
      />
    )
  }
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={IconFilterOff}
        title={t('onus.empty.filteredTitle')}
        text={t('onus.unconfigured.noneFit', { total: format.number(total), text })}
      />
    )
  }
  return (
    <section className="nc-panel">
      <table className="nc-table">
        <thead>
          <tr>
            <th scope="col">{t('field.serial')}</th>
            <th scope="col">{t('field.model')}</th>
            <th scope="col">{t('field.firmware')}</th>
            <th scope="col">{t('field.olt')}</th>
            <th scope="col">{t('field.pon')}</th>
            <th scope="col">{t('field.firstSeenAt')}</th>
            <th scope="col">{t('field.seenAt')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((onu) => (
            <tr key={`${onu.oltId} ${ponText(onu)} ${onu.serial}`}>
              <td>
                <SerialCell serial={onu.serial} />
              </td>
              <td>{onu.model ?? noValue}</td>
              <td>{onu.firmware ?? noValue}</td>
              <td>
                <RouteLink to={paths.olt(onu.oltId)}>{onu.oltName}</RouteLink>
              </td>
              <td className="nc-mono">{ponText(onu) ?? noValue}</td>
              <td>
                <Since at={onu.firstSeenAt} />
              </td>
              <td>
                <DataAge at={onu.seenAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** The serial number, and the way to a place where it is configured already. */
const SerialCell = ({ serial }: { readonly serial: string | null }): ReactNode => {
  const { t } = useTranslation('network')
  if (serial === null) return <span className="nc-faint">{noValue}</span>
  return (
    <span className="nc-onus__serial">
      <RouteLink
        to={onusRoute({ filter: { ...emptyFilter, search: serial }, sort: null })}
        title={t('onus.unconfigured.elsewhere')}
      >
        <span className="nc-mono">{serial}</span>
      </RouteLink>
      <CopyButton text={serial} label={t('field.serial')} />
    </span>
  )
}
