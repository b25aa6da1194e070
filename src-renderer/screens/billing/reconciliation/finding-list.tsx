import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { useFormat } from '../../../components/use-format.ts'
import { onusWith } from '../../network-olts/onu-links.ts'
import { usePlanMaking } from '../../provisioning/use-plan-making.tsx'
import { act } from '../billing-acts.ts'
import {
  bulkMendOf,
  isWish,
  placedOf,
  type FindingColumn,
  type Mend,
  type WishMend,
} from './finding-model.ts'
import { FindingTable } from './finding-table.tsx'
import { AttachDialog, IgnoreDialog, SellDialog, WishDialog } from './mend-dialogs.tsx'
import { useMendRights } from './use-mend-rights.ts'

type Open =
  | { readonly kind: 'wish'; readonly mend: WishMend; readonly findings: readonly Finding[] }
  | { readonly kind: 'ignore'; readonly findings: readonly Finding[] }
  | { readonly kind: 'attach' | 'sell'; readonly finding: Finding }
  | null

/** Findings of a page, and what is done about one or several of them. */
export const FindingList = ({
  lookId,
  findings,
  today,
  sort,
  onSort,
  onChanged,
}: {
  readonly lookId: string
  readonly findings: readonly Finding[]
  readonly today: string
  readonly sort: { readonly column: FindingColumn; readonly descending: boolean }
  readonly onSort: (column: FindingColumn) => void
  readonly onChanged: () => void
}) => {
  const { t } = useTranslation('billing-reconciliation')
  const may = useMendRights()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<Open>(null)
  const { make, node } = usePlanMaking()
  // What is not shown any more is not mended unseen.
  const chosen = findings.filter(({ key }) => selected.has(key))

  const setSpeed = async (speedId: string, of: readonly Finding[]): Promise<void> => {
    const plan = await make({
      change: { kind: 'set-speed', speedId },
      targets: { list: placedOf(of).map(({ oltId, address }) => ({ oltId, address })) },
    })
    if (plan !== null) navigate(paths.change(plan.id))
  }
  const mend = (finding: Finding, how: Mend): void => {
    const { subscriber, subscription, onu } = finding
    if (isWish(how)) setOpen({ kind: 'wish', mend: how, findings: [finding] })
    else if (how === 'setSpeed') {
      if (subscription?.speedId != null) void setSpeed(subscription.speedId, [finding])
    } else if (how === 'attach' || how === 'sell') setOpen({ kind: how, finding })
    else if (how === 'file' && subscriber !== null) navigate(paths.subscriber(subscriber.id))
    else if (how === 'places' && onu !== null) navigate(onusWith({ search: onu.serial }))
    else if (onu !== null && onu.address !== null) navigate(paths.onu(onu.oltId, onu.address))
  }
  const heed = async (of: readonly Finding[]): Promise<void> => {
    const keys = of.map(({ key }) => key)
    await act('billing.heedFindings', { lookId, keys }, () => ({
      title: t('ignore.heeded', { count: keys.length }),
    }))
    onChanged()
  }
  const close = (): void => setOpen(null)
  return (
    <>
      {chosen.length > 0 && (
        <Bulk
          chosen={chosen}
          onWish={(how) => setOpen({ kind: 'wish', mend: how, findings: chosen })}
          onSpeed={(speedId) => void setSpeed(speedId, chosen)}
          onIgnore={() => setOpen({ kind: 'ignore', findings: chosen })}
          onClear={() => setSelected(new Set())}
        />
      )}
      {node}
      <FindingTable
        findings={findings}
        may={may}
        sort={sort}
        onSort={onSort}
        selected={selected}
        onSelect={(keys, on) => {
          const next = new Set(selected)
          for (const key of keys) {
            if (on) next.add(key)
            else next.delete(key)
          }
          setSelected(next)
        }}
        onMend={mend}
        onIgnore={(of) => setOpen({ kind: 'ignore', findings: of })}
        onHeed={(of) => void heed(of)}
      />
      {open?.kind === 'wish' && (
        <WishDialog mend={open.mend} findings={open.findings} onClose={close} />
      )}
      {open?.kind === 'ignore' && (
        <IgnoreDialog
          lookId={lookId}
          findings={open.findings}
          today={today}
          onClose={close}
          onDone={() => {
            setSelected(new Set())
            onChanged()
          }}
        />
      )}
      {open?.kind === 'attach' && <AttachDialog finding={open.finding} onClose={close} />}
      {open?.kind === 'sell' && <SellDialog finding={open.finding} today={today} onClose={close} />}
    </>
  )
}

const Bulk = ({
  chosen,
  onWish,
  onSpeed,
  onIgnore,
  onClear,
}: {
  readonly chosen: readonly Finding[]
  readonly onWish: (mend: WishMend) => void
  readonly onSpeed: (speedId: string) => void
  readonly onIgnore: () => void
  readonly onClear: () => void
}) => {
  const { t } = useTranslation('billing-reconciliation')
  const format = useFormat()
  const may = useMendRights()
  const bulk = bulkMendOf(chosen, may)
  return (
    <div className="nrc-bulk" role="toolbar" aria-label={t('column.mend')}>
      <strong>
        {t('selected', { count: chosen.length, number: format.number(chosen.length) })}
      </strong>
      {bulk.kind === 'wish' && (
        <Button size="compact-sm" onClick={() => onWish(bulk.mend)}>
          {t(`mend.${bulk.mend}`)}
        </Button>
      )}
      {bulk.kind === 'speed' && (
        <Button size="compact-sm" onClick={() => onSpeed(bulk.speedId)}>
          {t('mend.setSpeed')}
        </Button>
      )}
      {may.manage && (
        <Button size="compact-sm" variant="default" onClick={onIgnore}>
          {t('mend.ignore')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t('unselect')}
      </Button>
      {(bulk.kind === 'mixed' || bulk.kind === 'mixed-speed') && (
        <span className="nc-soft nc-small">
          {t(bulk.kind === 'mixed' ? 'mixed' : 'mixedSpeed')}
        </span>
      )}
    </div>
  )
}
