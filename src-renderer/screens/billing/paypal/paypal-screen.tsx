import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { IconDownload, IconLink } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PayPalLink } from '../../../../src-shared/contract/billing-paypal.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Since } from '../../../components/data-age.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { FailureState } from '../../../components/failure-state.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { LinkDialog } from './link-dialog.tsx'
import { linkColumns, sortLinks, type LinkColumn } from './link-list.ts'
import { LinkAmount, LinkState } from './link-state.tsx'
import { Matters } from './matters.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import '../../network-olts/olts.css'
import './paypal.css'

const latest = { column: 'made', descending: true } as const
const which = ['open', 'ended', 'all'] as const
const most = 500

/** Links of everybody, what a person has to look at, and how PayPal is reached. */
export const PayPalScreen = () => {
  const { t } = useTranslation('billing-paypal')
  const { t: common } = useTranslation()
  const manages = usePermissions().includes('billing.paypal.manage')
  const [shown, setShown] = useState<(typeof which)[number]>('all')
  const [search, setSearch] = useState('')
  const [sort, setSort] = useTrapSort<LinkColumn>('paypal', linkColumns, latest)
  const [opened, setOpened] = useState<PayPalLink | undefined>()
  const { value, failure, refresh } = useQuery(
    'billing.payPalLinks',
    { which: shown, search, limit: most },
    { on: ['billing.changed'], everyMs: 500 },
  )
  const links = useMemo(() => sortLinks(value?.links ?? [], sort), [value, sort])
  const exportShown = (): void =>
    exportCsv(
      'paypal-links.csv',
      [
        t('column.made'),
        t('column.subscriber'),
        t('column.code'),
        t('column.state'),
        t('column.description'),
        t('column.amount'),
        t('column.currency'),
        t('column.paid'),
        t('column.paidCurrency'),
        t('link.capture'),
        t('column.receipt'),
      ],
      links.map((link) => [
        new Date(link.madeAt).toISOString(),
        link.subscriberName,
        link.subscriberCode,
        t(`state.${link.state}`),
        link.description,
        formatMinor(link.amount, link.currency as CurrencyCode),
        link.currency,
        formatMinor(link.providerAmount, link.providerCurrency as CurrencyCode),
        link.providerCurrency,
        link.captureId,
        link.number,
      ]),
      (value?.total ?? 0) > links.length,
    )
  useShortcut('exportList', exportShown, links.length > 0 && opened === undefined)
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {links.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={exportShown}
          >
            {common('button.export')}
          </Button>
        )}
      </header>
      <BillingTabs />
      <p className="nc-soft">{t('intro')}</p>
      {manages && <SettingsPanel />}
      {value !== undefined && <Matters matters={value.matters} />}
      <div className="npp-bar">
        <SegmentedControl
          aria-label={t('which.label')}
          value={shown}
          onChange={(chosen) => setShown(chosen)}
          data={which.map((one) => ({
            value: one,
            label:
              one === 'open' && value !== undefined
                ? `${t('which.open')} ${value.open}`
                : t(`which.${one}`),
          }))}
        />
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          maxLength={120}
          w={320}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {value !== undefined && value.total > links.length && (
          <span className="nc-soft">{t('more', { count: links.length, total: value.total })}</span>
        )}
      </div>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={5} />
      ) : links.length === 0 ? (
        <EmptyState
          icon={IconLink}
          title={t(search === '' ? 'empty' : 'emptySearch')}
          text={t(value.enabled ? 'emptyText' : 'emptyOff')}
        />
      ) : (
        <LinkTable links={links} sort={sort} onSort={setSort} onOpen={setOpened} />
      )}
      {opened !== undefined && (
        <LinkDialog
          subscriberId={opened.subscriberId}
          linkId={opened.id}
          onClose={() => setOpened(undefined)}
        />
      )}
    </div>
  )
}

interface LinkTableProps {
  readonly links: readonly PayPalLink[]
  readonly sort: { readonly column: LinkColumn; readonly descending: boolean }
  readonly onSort: (column: LinkColumn) => void
  readonly onOpen: (link: PayPalLink) => void
}

const LinkTable = ({ links, sort, onSort, onOpen }: LinkTableProps) => {
  const { t } = useTranslation('billing-paypal')
  const keys = useRowKeys(
    useMemo(() => links.map(({ id }) => id), [links]),
    (id) => {
      const link = links.find((one) => one.id === id)
      if (link !== undefined) onOpen(link)
    },
  )
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('links')}>
      <table className="nc-table" aria-label={t('links')}>
        <thead>
          <tr>
            {linkColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={column === 'amount'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => onSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {links.map((link) => (
            <tr
              key={link.id}
              data-row={link.id}
              tabIndex={keys.isCurrent(link.id) ? 0 : -1}
              onFocus={() => keys.onFocus(link.id)}
            >
              <td>
                <Since at={link.madeAt} />
              </td>
              <td>
                <RouteLink to={`${paths.subscriber(link.subscriberId)}?tab=account`}>
                  {link.subscriberName}
                </RouteLink>
              </td>
              <td>
                <LinkState link={link} />
              </td>
              <td>
                <button type="button" className="nbl-open" onClick={() => onOpen(link)}>
                  {link.description}
                </button>
              </td>
              <td>{link.madeBy ?? '–'}</td>
              <td className="nc-num">
                <LinkAmount link={link} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
