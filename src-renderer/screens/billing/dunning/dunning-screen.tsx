import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconDownload, IconPlayerPlay, IconScissors } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { dunningSorts } from '../../../../src-shared/contract/billing-dunning.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { SortHead } from '../../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../../network-traps/use-trap-table.ts'
import { act } from '../billing-acts.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { CaseDrawer } from './case-drawer.tsx'
import { LaterDialog, SuspendDialog } from './case-dialogs.tsx'
import { CaseState, NextStep, useStageWord } from './dunning-words.tsx'
import { NoticesDialog } from './notices-dialog.tsx'
import { PolicyDialog } from './policy-dialog.tsx'
import { PreviewDialog } from './preview-rows.tsx'
import '../../network-olts/olts.css'
import './dunning.css'

type Board = Output<'billing.dunningBoard'>
type Column = (typeof dunningSorts)[number]
type Doing = 'policy' | 'preview' | 'notices' | 'suspend' | 'resume' | 'move'

const largest = { column: 'debt', descending: true } as const
const page = 100

/** Who has not paid: at which stage, since when, and what comes next. */
export const DunningScreen = ({ caseId }: { readonly caseId: string | null }) => {
  const { t } = useTranslation('billing-dunning')
  const { t: common } = useTranslation()
  const [, go] = useLocation()
  const may = usePermissions()
  const runs = may.includes('billing.dunning.run')
  const manages = may.includes('billing.dunning.manage')
  const [stageKey, setStage] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const [limit, setLimit] = useState(page)
  const [sort, setSort] = useTrapSort<Column>('dunning', dunningSorts, largest)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [doing, setDoing] = useState<Doing | null>(null)
  const [running, setRunning] = useState(false)
  const on = ['billing.changed', 'billing.documentsChanged'] as const
  const board = useQuery(
    'billing.dunningBoard',
    { stageKey, search, sort: sort.column, descending: sort.descending, limit },
    { on, everyMs: 60_000 },
  )
  const policy = useQuery('billing.dunningPolicy', {}, { on })
  const rules = useQuery('billing.serviceRules', {}, { on })
  const wordOf = useStageWord(policy.value?.policy.stages)
  const { value, failure, refresh } = board
  const cases = useMemo(() => value?.cases ?? [], [value])
  const ids = cases.filter(({ id }) => chosen.has(id)).map(({ id }) => id)
  const run = async (): Promise<void> => {
    setRunning(true)
    await act('billing.runDunning', {}, ({ moved, failed }) => ({
      title: [t('ran', { count: moved }), failed > 0 ? t('failed', { count: failed }) : '']
        .filter(Boolean)
        .join(' '),
    }))
    setRunning(false)
    refresh()
  }
  const exportShown = (): void =>
    exportCsv(
      'dunning.csv',
      [
        t('column.name'),
        t('phone'),
        t('column.debt'),
        'ISO 4217',
        t('column.oldest'),
        t('column.stage'),
        t('column.state'),
        t('column.next'),
      ],
      cases.map((one) => [
        `${one.subscriberCode} ${one.subscriberName}`,
        one.phone,
        formatMinor(one.debt, one.currency as CurrencyCode),
        one.currency,
        one.oldestOn,
        wordOf(one.stageKey ?? ''),
        t(`state.${one.state}`),
        one.nextOn,
      ]),
      false,
    )
  useShortcut('exportList', exportShown, cases.length > 0 && doing === null)
  useShortcut('refresh', refresh)
  const close = (): void => {
    setDoing(null)
    setChosen(new Set())
    refresh()
  }
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {manages && (
          <Button variant="default" onClick={() => setDoing('policy')}>
            {t('policy')}
          </Button>
        )}
        <Button variant="default" onClick={() => setDoing('notices')}>
          {t('notices', { count: value?.noticesToDo ?? 0 })}
        </Button>
        <Button
          variant="default"
          leftSection={<IconScissors size={14} aria-hidden="true" />}
          onClick={() => setDoing('preview')}
        >
          {t('preview')}
        </Button>
        {cases.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={exportShown}
          >
            {common('button.export')}
          </Button>
        )}
        {runs && (
          <Button
            loading={running}
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            onClick={() => void run()}
          >
            {t('run')}
          </Button>
        )}
      </header>
      <BillingTabs />
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : (
        <>
          {!value.enabled && (
            <p role="status">
              <b>{t('offTitle')}</b> <span className="nc-soft">{t('off')}</span>
            </p>
          )}
          <Picture board={value} wordOf={wordOf} chosen={stageKey} onChoose={setStage} />
          <div className="ndu-tools">
            <TextInput
              type="search"
              aria-label={t('search')}
              placeholder={t('search')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            {runs && ids.length > 0 && (
              <>
                <span>{t('chosen', { count: ids.length })}</span>
                {(['move', 'suspend', 'resume'] as const).map((what) => (
                  <Button key={what} size="xs" variant="default" onClick={() => setDoing(what)}>
                    {t(what === 'move' ? 'move' : `${what}Now`)}
                  </Button>
                ))}
              </>
            )}
          </div>
          {cases.length === 0 ? (
            <EmptyState
              icon={IconScissors}
              title={t('emptyTitle')}
              text={t(search === '' && stageKey === null ? 'empty' : 'emptyFilter')}
            />
          ) : (
            <CaseTable
              cases={cases}
              wordOf={wordOf}
              sort={sort}
              chosen={chosen}
              canChoose={runs}
              openId={caseId}
              onSort={setSort}
              onChoose={setChosen}
              onOpen={(id) => go(paths.dunningCase(id))}
            />
          )}
          {value.total > cases.length && limit < 500 && (
            <Button variant="default" onClick={() => setLimit(Math.min(500, limit + page))}>
              {t('more')}
            </Button>
          )}
        </>
      )}
      {caseId !== null && (
        <CaseDrawer key={caseId} caseId={caseId} onClose={() => go(paths.dunning())} />
      )}
      {doing === 'policy' && policy.value !== undefined && rules.value !== undefined && (
        <PolicyDialog of={policy.value} rules={rules.value} onClose={close} />
      )}
      {doing === 'preview' && <PreviewDialog today={value?.today ?? ''} onClose={close} />}
      {doing === 'notices' && <NoticesDialog onClose={close} />}
      {doing === 'suspend' && <SuspendDialog caseIds={ids} onClose={close} />}
      {(doing === 'resume' || doing === 'move') && (
        <LaterDialog caseIds={ids} resume={doing === 'resume'} onClose={close} />
      )}
    </div>
  )
}

/** How many at each stage, and what they owe; one is chosen by it. */
const Picture = ({
  board,
  wordOf,
  chosen,
  onChoose,
}: {
  readonly board: Board
  readonly wordOf: (key: string) => string
  readonly chosen: string | null
  readonly onChoose: (key: string | null) => void
}) => {
  const { t } = useTranslation('billing-dunning')
  const money = useMoneyText()
  const most = Math.max(1, ...board.stages.map(({ count }) => count))
  if (board.stages.length === 0) return null
  return (
    <div className="ndu-picture" role="group" aria-label={t('picture')}>
      {board.stages.map(({ key, currency, count, debt, cut }) => (
        <button
          key={`${key} ${currency}`}
          type="button"
          className="ndu-stage"
          aria-pressed={chosen === key}
          onClick={() => onChoose(chosen === key ? null : key)}
        >
          <span>{wordOf(key)}</span>
          <b>{money(debt, currency)}</b>
          <span className="nc-soft">
            {t('cases', { count })}
            {cut > 0 && ` · ${t('linesOff', { count: cut })}`}
          </span>
          <span
            className="ndu-bar"
            aria-hidden="true"
            style={{ width: `${Math.max(4, (count / most) * 100)}%` }}
          />
        </button>
      ))}
    </div>
  )
}

interface TableProps {
  readonly cases: Board['cases']
  readonly wordOf: (key: string) => string
  readonly sort: { readonly column: Column; readonly descending: boolean }
  readonly chosen: ReadonlySet<string>
  readonly canChoose: boolean
  readonly openId: string | null
  readonly onSort: (column: Column) => void
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  readonly onOpen: (id: string) => void
}

const CaseTable = (props: TableProps) => {
  const { cases, wordOf, sort, chosen, onChoose } = props
  const { t } = useTranslation('billing-dunning')
  const keys = useRowKeys(
    useMemo(() => cases.map(({ id }) => id), [cases]),
    props.onOpen,
  )
  const head = (column: Column, number = false) => (
    <SortHead
      label={t(`column.${column}`)}
      number={number}
      direction={sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'}
      onSort={() => props.onSort(column)}
    />
  )
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    onChoose(next)
  }
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('title')}>
      <table className="nc-table" aria-label={t('title')}>
        <thead>
          <tr>
            {props.canChoose && <td />}
            {head('name')}
            {head('debt', true)}
            {head('oldest')}
            <th scope="col">{t('column.stage')}</th>
            <th scope="col">{t('column.state')}</th>
            {head('next')}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {cases.map((one) => (
            <tr
              key={one.id}
              data-row={one.id}
              data-open={one.id === props.openId || undefined}
              tabIndex={keys.isCurrent(one.id) ? 0 : -1}
              onFocus={() => keys.onFocus(one.id)}
            >
              {props.canChoose && (
                <td>
                  <Checkbox
                    size="xs"
                    aria-label={t('choose', { name: one.subscriberName })}
                    checked={chosen.has(one.id)}
                    onChange={() => toggle(one.id)}
                  />
                </td>
              )}
              <td>
                <button type="button" className="nbl-open" onClick={() => props.onOpen(one.id)}>
                  {one.subscriberName}
                </button>{' '}
                <span className="nc-soft">{one.subscriberCode}</span>
              </td>
              <td className="nc-num">
                <Money minor={one.debt} currency={one.currency} />
              </td>
              <td>{one.oldestOn !== null && <Day on={one.oldestOn} />}</td>
              <td>{wordOf(one.stageKey ?? '')}</td>
              <td>
                <CaseState of={one} />
              </td>
              <td>
                <NextStep of={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
