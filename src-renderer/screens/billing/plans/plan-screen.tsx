import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../../app/page-actions.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { CopyButton } from '../../../components/copy-button.tsx'
import { Day } from '../../../components/day.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useReachesAll } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'
import { useMay } from '../use-may.ts'
import { MoveButton } from './move-dialog.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { standOf } from './plan-model.ts'
import { PlanUsers } from './plan-users.tsx'
import { PriceText } from './price-text.tsx'
import { SpeedMark } from './speed-mark.tsx'
import { VersionDialog } from './version-dialog.tsx'
import { VersionFacts } from './version-facts.tsx'
import '../billing.css'

type Detail = Output<'billing.plan'>
type Window = 'head' | { readonly version: PlanVersion | null; readonly like: PlanVersion | null }

/** A plan with its versions, and who has them. */
export const PlanScreen = ({ planId }: { readonly planId: string }) => {
  const { t } = useTranslation('billing')
  const { value, failure, refresh } = useQuery(
    'billing.plan',
    { planId },
    { on: ['billing.changed', 'provisioning.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  if (failure?.code === 'not-found' || failure?.code === 'invalid-input') {
    return (
      <EmptyState
        title={t('plan.gone')}
        text={t('plan.goneText')}
        action={<RouteLink to={paths.plans()}>{t('plan.toList')}</RouteLink>}
      />
    )
  }
  return (
    <div className="nc-page">
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : (
        <>
          {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
          <Plan detail={value} />
        </>
      )}
    </div>
  )
}

const Plan = ({ detail }: { readonly detail: Detail }) => {
  const { t } = useTranslation('billing')
  const { plan, versions, currentId, today } = detail
  const manages = useMay('billing.plan.manage') && useReachesAll()
  const [window, setWindow] = useState<Window | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const shown =
    versions.find(({ id }) => id === chosen) ??
    versions.find(({ id }) => id === currentId) ??
    versions[0]
  const addVersion = (): void => setWindow({ version: null, like: shown ?? null })
  useOfferedActions(
    manages
      ? [{ id: 'version-add', label: t('version.add'), icon: IconPlus, run: addVersion }]
      : [],
  )
  const sell = async (sold: boolean): Promise<void> => {
    const { id, version, updatedAt: _, ...rest } = plan
    await act('billing.savePlan', { ...rest, planId: id, baseVersion: version, sold }, () => ({
      title: t(sold ? 'plan.soldAgain' : 'plan.withdrawn', { name: plan.name }),
    }))
  }
  return (
    <>
      <nav className="nc-small nc-soft">
        <RouteLink to={paths.plans()}>{t('plans.title')}</RouteLink>
      </nav>
      <header className="nc-page__head">
        <h1>
          {plan.name} <span className="nc-mono nc-soft">{plan.code}</span>{' '}
          <CopyButton text={plan.code} label={t('plan.code')} />
        </h1>
        {manages && (
          <>
            <Button variant="default" onClick={() => void sell(!plan.sold)}>
              {t(plan.sold ? 'plan.withdraw' : 'plan.sellAgain')}
            </Button>
            <Button
              variant="default"
              leftSection={<IconPencil size={14} aria-hidden="true" />}
              onClick={() => setWindow('head')}
            >
              {t('plan.edit')}
            </Button>
            <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={addVersion}>
              {t('version.add')}
            </Button>
          </>
        )}
      </header>
      <p className="nc-soft">
        {t(`kind.${plan.kind}`)} · {t(`payment.${plan.payment}`)} · {plan.currency} ·{' '}
        {t(plan.sold ? 'plans.state.sold' : 'plans.state.withdrawn')}
        {plan.note === '' ? null : ` · ${plan.note}`}
      </p>
      {versions.length === 0 || shown === undefined ? (
        <EmptyState title={t('version.empty')} text={t('version.emptyText')} />
      ) : (
        <>
          <Versions
            detail={detail}
            shownId={shown.id}
            manages={manages}
            onShow={setChosen}
            onEdit={(version) => setWindow({ version, like: null })}
          />
          <section className="nc-panel" aria-label={t('version.word', { number: shown.number })}>
            <header className="nc-panel__head">
              <h2>{t('version.word', { number: shown.number })}</h2>
              {manages && (
                <>
                  <MoveButton plan={plan} versions={versions} to={shown} />
                  <Button
                    variant="default"
                    onClick={() => setWindow({ version: null, like: shown })}
                  >
                    {t('version.addFrom')}
                  </Button>
                </>
              )}
            </header>
            <div className="nc-panel__body">
              <VersionFacts version={shown} prepaid={plan.payment === 'prepaid'} />
            </div>
          </section>
          <PlanUsers plan={plan} version={shown} />
        </>
      )}
      {window === 'head' && (
        <PlanDialog
          plan={plan}
          fixed={versions.length > 0}
          onClose={() => setWindow(null)}
          onSaved={() => undefined}
        />
      )}
      {window !== null && window !== 'head' && (
        <VersionDialog plan={plan} today={today} {...window} onClose={() => setWindow(null)} />
      )}
    </>
  )
}

interface VersionsProps {
  readonly detail: Detail
  readonly shownId: string
  readonly manages: boolean
  readonly onShow: (versionId: string) => void
  readonly onEdit: (version: PlanVersion) => void
}

const Versions = ({ detail, shownId, manages, onShow, onEdit }: VersionsProps) => {
  const { t } = useTranslation('billing')
  const format = useFormat()
  const { plan, versions, currentId, today } = detail
  const remove = ({ id: versionId, number }: PlanVersion): Promise<unknown> =>
    act('billing.removeVersion', { planId: plan.id, versionId, baseVersion: plan.version }, () => ({
      title: t('version.removed', { number }),
    }))
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('version.title')}>
      <table className="nc-table" aria-label={t('version.title')}>
        <thead>
          <tr>
            <th scope="col">{t('version.number')}</th>
            <th scope="col">{t('version.validFrom')}</th>
            <th scope="col" className="nc-num">
              {t('plans.column.price')}
            </th>
            <th scope="col">{t('plans.column.interval')}</th>
            <th scope="col">{t('plans.column.speed')}</th>
            <th scope="col" className="nc-num">
              {t('version.live')}
            </th>
            <th scope="col">{t('plans.column.state')}</th>
            <th scope="col">
              <span className="nc-hidden">{t('version.edit')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => {
            const stand = standOf(version, currentId, today)
            return (
              <tr key={version.id} aria-selected={version.id === shownId}>
                <td>
                  <button
                    type="button"
                    className="nbl-open"
                    aria-pressed={version.id === shownId}
                    onClick={() => onShow(version.id)}
                  >
                    {t('version.word', { number: version.number })}
                  </button>
                </td>
                <td>
                  <Day on={version.validFromOn} />
                </td>
                <td className="nc-num">
                  <PriceText version={version} />
                </td>
                <td className="nc-soft">{t(`interval.${version.interval}`)}</td>
                <td>
                  <SpeedMark speed={version.speed} />
                </td>
                <td className="nc-num">
                  {version.live === null ? '–' : format.number(version.live)}
                </td>
                <td>
                  <span
                    className="nbl-chip"
                    data-tone={stand === 'current' ? 'live' : 'off'}
                    title={t(version.used ? 'version.used' : 'version.unused')}
                  >
                    {t(`version.${stand}`)}
                  </span>
                </td>
                <td className="nc-num">
                  {manages && !version.used && (
                    <>
                      <ActionIcon
                        aria-label={`${t('version.edit')}: ${t('version.word', { number: version.number })}`}
                        onClick={() => onEdit(version)}
                      >
                        <IconPencil size={15} aria-hidden="true" />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={`${t('version.remove')}: ${t('version.word', { number: version.number })}`}
                        onClick={() => void remove(version)}
                      >
                        <IconTrash size={15} aria-hidden="true" />
                      </ActionIcon>
                    </>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
