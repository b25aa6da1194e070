import { Button, Checkbox } from '@mantine/core'
import { IconCheck, IconTool } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mismatch } from '../../../src-shared/contract/provisioning-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { PartText } from '../provisioning/differences.tsx'
import { defaultPace } from '../provisioning/pace-fields.tsx'
import { act } from '../provisioning/provisioning-acts.ts'
import { usePlanMaking } from '../provisioning/use-plan-making.tsx'
import { useRights } from '../provisioning/use-rights.ts'

/** Most ONUs that one plan takes. */
const mostAtOnce = 20_000

export interface MismatchTableProps {
  /** A page of them. */
  readonly mismatches: readonly Mismatch[]
  /** As many as fit the filter, on all pages. */
  readonly total: number
  readonly readAll: () => Promise<readonly Mismatch[] | null>
  readonly onPlan: (planId: string) => void
}

export const MismatchTable = (props: MismatchTableProps) => {
  const { mismatches, total, readAll, onPlan } = props
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const rights = useRights()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const making = usePlanMaking()
  /** Not this page alone: all that fit the filter. */
  const [everyPage, setEveryPage] = useState(false)
  const picked = mismatches.filter(({ id }) => chosen.has(id))
  const wholePage = picked.length === mismatches.length
  const all = everyPage || wholePage
  const count = everyPage ? total : picked.length
  const choose = (ids: Iterable<string>): void => {
    setChosen(new Set(ids))
    setEveryPage(false)
  }
  const toggle = (id: string): void => {
    const next = new Set(everyPage ? mismatches.map((one) => one.id) : chosen)
    if (!next.delete(id)) next.add(id)
    choose(next)
  }
  /** What the acts are about, read anew where it is more than the page. */
  const meant = async (): Promise<readonly Mismatch[]> => {
    if (!everyPage) return picked
    try {
      return (await readAll()) ?? []
    } catch (error) {
      showFailure(failureOf(error))
      return []
    }
  }
  const mend = async (): Promise<void> => {
    setBusy(true)
    const list = (await meant()).map(({ oltId, address }) => ({ oltId, address }))
    const made =
      list.length === 0
        ? null
        : await making.make({
            targets: { list },
            change: { kind: 'resync' },
            ...(list.length > 1 ? { pace: defaultPace } : {}),
          })
    setBusy(false)
    if (made !== null) onPlan(made.id)
  }
  const accept = async (): Promise<void> => {
    const yes = await confirm({
      title: t('mismatches.acceptTitle', { count, number: format.number(count) }),
      text: t('mismatches.acceptText'),
      confirmLabel: t('mismatches.accept'),
    })
    if (!yes) return
    setBusy(true)
    const ids = (await meant()).map(({ id }) => id)
    if (ids.length > 0) {
      const done = await act(
        'provisioning.acceptActual',
        { mismatchIds: ids },
        t('mismatches.accepted', { count: ids.length, number: format.number(ids.length) }),
      )
      if (done) choose([])
    }
    setBusy(false)
  }
  return (
    <section className="nc-panel" aria-label={t('mismatches.title')}>
      <header className="nc-panel__head npr-bulk">
        <Checkbox
          label={t('mismatches.chosen', {
            count,
            number: format.number(count),
          })}
          checked={all}
          indeterminate={picked.length > 0 && !all}
          onChange={() => choose(all ? [] : mismatches.map(({ id }) => id))}
        />
        {wholePage && !everyPage && total > mismatches.length && (
          <Button
            size="compact-sm"
            variant="subtle"
            disabled={total > mostAtOnce}
            title={total > mostAtOnce ? t('act.why.tooMany') : undefined}
            onClick={() => setEveryPage(true)}
          >
            {t('mismatches.chooseAll', { count: total, number: format.number(total) })}
          </Button>
        )}
        {rights.make && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={count === 0 || (count > 1 && !rights.batch)}
            loading={busy}
            title={t('mismatches.mendHint')}
            leftSection={<IconTool size={14} stroke={1.7} aria-hidden="true" />}
            onClick={() => void mend()}
          >
            {t('mismatches.mend')}
          </Button>
        )}
        {rights.reconcile && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={count === 0 || busy}
            title={t('mismatches.acceptHint')}
            leftSection={<IconCheck size={14} stroke={1.7} aria-hidden="true" />}
            onClick={() => void accept()}
          >
            {t('mismatches.accept')}
          </Button>
        )}
        {making.node}
      </header>
      <div className="npw-scroll" tabIndex={0} role="group" aria-label={t('mismatches.title')}>
        <table className="nc-table npr-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="nc-hidden">{t('mismatches.choose')}</span>
              </th>
              <th scope="col">{t('target.onu')}</th>
              <th scope="col">{t('target.serial')}</th>
              <th scope="col">{t('mismatches.kinds')}</th>
              <th scope="col">{t('plan.part')}</th>
              <th scope="col">{t('config.record')}</th>
              <th scope="col">{t('config.actual')}</th>
              <th scope="col" className="nc-num">
                {t('mismatches.found')}
              </th>
            </tr>
          </thead>
          <tbody>
            {mismatches.map((one) => (
              <tr key={one.id} data-chosen={everyPage || chosen.has(one.id) || undefined}>
                <td>
                  <Checkbox
                    aria-label={t('mismatches.chooseOne', { serial: one.serial })}
                    checked={everyPage || chosen.has(one.id)}
                    onChange={() => toggle(one.id)}
                  />
                </td>
                <td>
                  <RouteLink to={paths.onu(one.oltId, one.address)}>
                    {one.oltName} <span className="nc-mono">{formatOnu(one.address)}</span>
                  </RouteLink>
                </td>
                <td className="nc-mono">{one.serial}</td>
                <td>{one.kinds.map((kind) => t(`mismatchKind.${kind}`)).join(', ')}</td>
                <td>
                  {one.differences.map(({ part }) => (
                    <div key={part}>{t(`part.${part}`)}</div>
                  ))}
                </td>
                <td className="nc-mono npr-side">
                  {one.differences.map(({ part, before }) => (
                    <div key={part}>
                      <PartText part={part} text={before} />
                    </div>
                  ))}
                </td>
                <td className="nc-mono npr-side">
                  {one.differences.map(({ part, after }) => (
                    <div key={part}>
                      <PartText part={part} text={after} />
                    </div>
                  ))}
                </td>
                <td className="nc-num">
                  <Since at={one.foundAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
