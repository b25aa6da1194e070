import { Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { IconCashRegister, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CashTill } from '../../../src-shared/contract/billing-counter-model.ts'
import { isCurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../components/money-field.tsx'
import { Money } from '../../components/money.tsx'
import { useBillingSettings } from '../../state/billing.ts'
import { act } from '../billing/billing-acts.ts'
import { CounterTabs } from './counter-tabs.tsx'
import './counter.css'

/** Drawers and their printers. */
export const TillsScreen = () => {
  const { t } = useTranslation('billing-counter')
  const { value, failure, refresh } = useQuery(
    'billing.tills',
    {},
    { on: ['billing.counterChanged'] },
  )
  const [edited, setEdited] = useState<CashTill | 'new' | undefined>()
  useShortcut('refresh', refresh)
  const add = (
    <Button
      leftSection={<IconPlus size={14} aria-hidden="true" />}
      onClick={() => setEdited('new')}
    >
      {t('tills.add')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {value !== undefined && value.tills.length > 0 && add}
      </header>
      <CounterTabs />
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : value.tills.length === 0 ? (
        <EmptyState
          icon={IconCashRegister}
          title={t('tills.none')}
          text={t('tills.noneText')}
          action={add}
        />
      ) : (
        <TillTable tills={value.tills} onEdit={setEdited} />
      )}
      {edited !== undefined && (
        <TillDialog till={edited === 'new' ? null : edited} onClose={() => setEdited(undefined)} />
      )}
    </div>
  )
}

const TillTable = (props: {
  readonly tills: readonly CashTill[]
  readonly onEdit: (till: CashTill) => void
}) => {
  const { t } = useTranslation('billing-counter')
  return (
    <div className="nc-panel">
      <table className="nc-table" aria-label={t('tills.title')}>
        <thead>
          <tr>
            <th scope="col">{t('tills.name')}</th>
            <th scope="col">{t('tills.currency')}</th>
            <th scope="col" className="nc-num">
              {t('tills.coin')}
            </th>
            <th scope="col">{t('tills.printer')}</th>
            <th scope="col">{t('sessions.state')}</th>
          </tr>
        </thead>
        <tbody>
          {props.tills.map((till) => (
            <tr key={till.id}>
              <th scope="row">
                <button type="button" className="nct-link" onClick={() => props.onEdit(till)}>
                  {till.name}
                </button>
              </th>
              <td>{till.currency}</td>
              <td className="nc-num">
                <Money minor={till.coin === 1 ? null : till.coin} currency={till.currency} />
              </td>
              <td className="nc-mono">
                {till.printer === null
                  ? t('tills.noPrinter')
                  : `${till.printer.host}:${till.printer.port}`}
              </td>
              <td>
                {till.archived
                  ? t('tills.archived')
                  : till.openBy === null
                    ? t('tills.free')
                    : t('tills.openBy', { person: till.openBy })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const widths = [
  ['32', 'tills.width58'],
  ['42', 'tills.width42'],
  ['48', 'tills.width80'],
] as const

const hostPattern = /^[A-Za-z0-9.:_-]+$/u

const TillDialog = (props: { readonly till: CashTill | null; readonly onClose: () => void }) => {
  const { t } = useTranslation('billing-counter')
  const { till } = props
  const own = useBillingSettings()?.currency ?? ''
  const [name, setName] = useState(till?.name ?? '')
  const [currency, setCurrency] = useState(till?.currency ?? own)
  const isKnown = isCurrencyCode(currency)
  const [coin, setCoin] = useState(
    till === null || till.coin === 1 ? '' : typedOf(till.coin, till.currency),
  )
  const [archived, setArchived] = useState(till?.archived ?? false)
  const [prints, setPrints] = useState(till !== null && till.printer !== null)
  const printer = till?.printer ?? null
  const [host, setHost] = useState(printer?.host ?? '')
  const [port, setPort] = useState<number | string>(printer?.port ?? 9100)
  const [columns, setColumns] = useState(String(printer?.columns ?? 32))
  const [page, setPage] = useState<number | string>(
    printer === null ? 16 : (printer.codePage ?? ''),
  )
  const [cuts, setCuts] = useState(printer?.cuts ?? true)
  const [drawer, setDrawer] = useState(printer?.opensDrawer ?? false)
  const isHostWrong = host.trim() !== '' && !hostPattern.test(host.trim())
  const isReady =
    name.trim() !== '' &&
    isKnown &&
    (!prints || (host.trim() !== '' && !isHostWrong && port !== ''))
  return (
    <FormDialog
      title={t(till === null ? 'tills.add' : 'tills.edit')}
      button={t('tills.save')}
      ready={isReady}
      onClose={props.onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.saveTill',
          {
            tillId: till?.id ?? null,
            baseVersion: till?.version ?? 0,
            name,
            currency,
            coin: Math.max(1, minorOf(coin, currency) ?? 1),
            archived,
            printer: prints
              ? {
                  host: host.trim(),
                  port: Number(port),
                  columns: columns === '48' ? 48 : columns === '42' ? 42 : 32,
                  codePage: page === '' ? null : Number(page),
                  cuts,
                  opensDrawer: drawer,
                }
              : null,
          },
          () => ({ title: t('tills.saved') }),
        )
        return out !== undefined
      }}
    >
      <TextInput
        label={t('tills.name')}
        value={name}
        maxLength={60}
        required
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className="nct-fields">
        <TextInput
          label={t('tills.currency')}
          value={currency}
          maxLength={3}
          required
          onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
        />
        {isKnown && (
          <MoneyField
            label={t('tills.coin')}
            description={t('tills.coinHint')}
            currency={currency}
            value={coin}
            onChange={setCoin}
          />
        )}
      </div>
      <Checkbox
        label={t('tills.printer')}
        checked={prints}
        onChange={(event) => setPrints(event.currentTarget.checked)}
      />
      {prints && (
        <>
          <div className="nct-fields">
            <TextInput
              label={t('tills.host')}
              value={host}
              maxLength={253}
              required
              error={isHostWrong}
              onChange={(event) => setHost(event.currentTarget.value)}
            />
            <NumberInput
              label={t('tills.port')}
              value={port}
              min={1}
              max={65_535}
              allowDecimal={false}
              hideControls
              onChange={setPort}
            />
            <Select
              label={t('tills.width')}
              value={columns}
              allowDeselect={false}
              data={widths.map(([value, word]) => ({ value, label: t(word) }))}
              onChange={(value) => setColumns(value ?? '32')}
            />
            <NumberInput
              label={t('tills.codePage')}
              description={t('tills.codePageHint')}
              value={page}
              min={0}
              max={255}
              allowDecimal={false}
              hideControls
              onChange={setPage}
            />
          </div>
          <Checkbox
            label={t('tills.cuts')}
            checked={cuts}
            onChange={(event) => setCuts(event.currentTarget.checked)}
          />
          <Checkbox
            label={t('tills.drawer')}
            checked={drawer}
            onChange={(event) => setDrawer(event.currentTarget.checked)}
          />
        </>
      )}
      {till !== null && (
        <Checkbox
          label={t('tills.archived')}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  )
}
