import { SegmentedControl, Select } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { useFormat } from '../../components/use-format.ts'
import {
  changeGroups,
  parseChangeQuery,
  serialiseChangeQuery,
  statesOfGroup,
  type ChangeQuery,
} from './change-query.ts'
import { ListExport } from './list-export.tsx'
import { PlanStateMark, RiskMark } from './marks.tsx'
import { Pager, pageSize } from './pager.tsx'
import { isLive } from './plan-model.ts'
import { usePlanTitle } from './use-plan-title.ts'

const open = (query: string): void => navigate(paths.changes(query), { replace: true })

/** Every change that was planned: what, where, by whom, and what became of it. */
export const ChangesScreen = () => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const address = useSearch()
  const query = useMemo(() => parseChangeQuery(address), [address])
  const [offset, setOffset] = useState(0)
  useEffect(() => setOffset(0), [address])
  const change = (part: Partial<ChangeQuery>): void =>
    open(serialiseChangeQuery({ ...query, ...part }))
  const shown = serialiseChangeQuery(query)
  useDefaultView('changes', shown, open)
  const states = statesOfGroup(query.group)
  const { value, failure, refresh } = useQuery(
    'provisioning.plans',
    { states, oltId: query.oltId, offset, limit: pageSize },
    { on: ['provisioning.changed', 'provisioning.planChanged'], everyMs: 1000 },
  )
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  const titleOf = usePlanTitle()
  useShortcut('refresh', refresh)
  const total = value?.total ?? 0
  return (
    <div className="nc-page nc-page--full npv-changes">
      <header className="nc-page__head">
        <h1>
          {t('changes.title')}{' '}
          {value !== undefined && (
            <span className="npv-note" role="status">
              {format.number(total)}
            </span>
          )}
        </h1>
        <RouteLink to={paths.mismatches()}>{t('mismatches.title')}</RouteLink>
        <RouteLink to={paths.services()}>{t('services.title')}</RouteLink>
        <RouteLink to={paths.presets()}>{t('presets.title')}</RouteLink>
        <SavedViews list="changes" query={shown} onQuery={open} />
        <SegmentedControl
          size="xs"
          aria-label={t('changes.filter')}
          value={query.group}
          onChange={(next) =>
            change({ group: changeGroups.find((each) => each === next) ?? 'all' })
          }
          data={changeGroups.map((group) => ({ value: group, label: t(`changes.group.${group}`) }))}
        />
        <Select
          aria-label={t('changes.olt')}
          searchable
          clearable
          w={170}
          placeholder={t('changes.allOlts')}
          value={query.oltId}
          onChange={(oltId) => change({ oltId })}
          data={olts.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <ListExport<PlanRow>
          name="changes"
          hint={t('changes.exportHint')}
          ask={async (page) => {
            const asked = { states, oltId: query.oltId, ...page }
            const { plans: rows, total: of } = await callQuery('provisioning.plans', asked)
            return { rows, total: of }
          }}
          heads={[
            t('changes.when'),
            t('changes.what'),
            t('changes.state'),
            t('changes.where'),
            t('changes.onus'),
            t('changes.by'),
            t('changes.reason'),
          ]}
          linesOf={(plan) => [
            [
              new Date(plan.createdAt).toISOString(),
              titleOf(plan),
              plan.state,
              plan.olts.map(({ oltName }) => oltName).join(' '),
              plan.counts.total,
              plan.by,
              plan.reason,
            ],
          ]}
        />
      </header>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={14} />
      ) : value.plans.length === 0 ? (
        <EmptyState
          icon={IconHistory}
          title={t(query.group === 'all' ? 'changes.emptyTitle' : 'changes.noneFit')}
          text={t('changes.emptyText')}
          action={<RouteLink to={paths.onus()}>{t('changes.toOnus')}</RouteLink>}
        />
      ) : (
        <ChangeTable plans={value.plans} />
      )}
      <Pager offset={offset} total={total} onOffset={setOffset} />
    </div>
  )
}

const ChangeTable = ({ plans }: { readonly plans: readonly PlanRow[] }) => {
  const { t } = useTranslation('provisioning')
  const body = useRef<HTMLTableSectionElement>(null)
  const rows = (): readonly HTMLTableRowElement[] => [
    ...(body.current?.querySelectorAll<HTMLTableRowElement>('tr[data-row]') ?? []),
  ]
  const moveBy = (step: number): void => {
    const all = rows()
    const at = all.findIndex((row) => row.contains(document.activeElement))
    all[at < 0 ? 0 : Math.max(0, Math.min(all.length - 1, at + step))]?.focus()
  }
  useShortcut('rowDown', () => moveBy(1))
  useShortcut('rowUp', () => moveBy(-1))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLTableRowElement)) return
    const planId = event.target.dataset['row']
    if (event.key === 'Enter' && planId !== undefined) {
      event.preventDefault()
      navigate(paths.change(planId))
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      moveBy(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  return (
    <section className="nc-panel npv-scroll" aria-label={t('changes.title')} tabIndex={-1}>
      <table className="nc-table npv-table">
        <thead>
          <tr>
            <th scope="col">{t('changes.state')}</th>
            <th scope="col">{t('changes.what')}</th>
            <th scope="col">{t('changes.where')}</th>
            <th scope="col">{t('changes.result')}</th>
            <th scope="col">{t('changes.risk')}</th>
            <th scope="col">{t('changes.by')}</th>
            <th scope="col" className="nc-num">
              {t('changes.when')}
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKeyDown}>
          {plans.map((plan, at) => (
            <ChangeRow key={plan.id} plan={plan} tabbed={at === 0} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ChangeRow = ({ plan, tabbed }: { readonly plan: PlanRow; readonly tabbed: boolean }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const titleOf = usePlanTitle()
  const [first, second] = plan.olts
  const faded = plan.state === 'expired' || plan.state === 'discarded'
  return (
    <tr
      data-row={plan.id}
      data-faded={faded || undefined}
      tabIndex={tabbed ? 0 : -1}
      onDoubleClick={() => navigate(paths.change(plan.id))}
    >
      <td>
        <PlanStateMark state={plan.state} />
      </td>
      <td className="npv-table__what">
        <span className="npv-what">
          <RouteLink to={paths.change(plan.id)}>{titleOf(plan)}</RouteLink>
          <span className="nc-soft nc-cut">{plan.reason}</span>
        </span>
      </td>
      <td>
        {first?.oltName}
        {second !== undefined && t('plan.moreOlts', { count: plan.olts.length - 1 })}
      </td>
      <td className="npv-table__result">
        <Result plan={plan} />
      </td>
      <td>
        {plan.risk === 'read' ? (
          <span className="nc-faint">{t('risk.read')}</span>
        ) : (
          <RiskMark risk={plan.risk} />
        )}
      </td>
      <td>{plan.by ?? <span className="nc-soft">{t(`origin.${plan.origin}`)}</span>}</td>
      <td className="nc-num" title={format.instant(plan.createdAt)}>
        <Since at={plan.createdAt} />
      </td>
    </tr>
  )
}

const Result = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { counts } = plan
  const bad = counts.failed + counts.unknown
  if (plan.startedAt === null) return <span className="nc-faint">–</span>
  return (
    <span className="npv-cell">
      {isLive(plan) && (
        <span className="npv-mini" aria-hidden="true">
          <span
            style={{
              width: `${((counts.total - counts.waiting) / Math.max(1, counts.total)) * 100}%`,
            }}
          />
        </span>
      )}
      <span>
        {format.number(counts.done + counts.unchanged)} / {format.number(counts.total)}
      </span>
      {bad > 0 && (
        <span className="npv-count" data-part="failed">
          {t('changes.bad', { count: bad, number: format.number(bad) })}
        </span>
      )}
    </span>
  )
}
