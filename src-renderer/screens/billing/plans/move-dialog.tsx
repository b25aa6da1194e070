import { Button, Menu, SegmentedControl, TextInput } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { runCommand } from '../../../client/client.ts'
import { failureOf, useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { useDayText } from '../../../components/day.tsx'
import { errorText } from '../../../components/error-text.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { showFailure, showToast } from '../../../components/toast.tsx'
import { useFormat } from '../../../components/use-format.ts'

type PlanHead = Output<'billing.plan'>['plan']

/** Subscriptions stand under the version they bought until somebody moves them. */
export const MoveButton = ({
  plan,
  versions,
  to,
}: {
  readonly plan: PlanHead
  readonly versions: readonly PlanVersion[]
  readonly to: PlanVersion
}) => {
  const { t } = useTranslation('billing')
  const [from, setFrom] = useState<PlanVersion | null>(null)
  const others = versions.filter(({ id, live }) => id !== to.id && (live ?? 0) > 0)
  if (others.length === 0) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconArrowRight size={14} aria-hidden="true" />}>
            {t('move.open', { number: to.number })}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map((version) => (
            <Menu.Item key={version.id} onClick={() => setFrom(version)}>
              {t('version.word', { number: version.number })}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {from !== null && (
        <MoveDialog plan={plan} from={from} to={to} onClose={() => setFrom(null)} />
      )}
    </>
  )
}

interface MoveProps {
  readonly plan: PlanHead
  readonly from: PlanVersion
  readonly to: PlanVersion
  readonly onClose: () => void
}

const MoveDialog = ({ plan, from, to, onClose }: MoveProps) => {
  const { t } = useTranslation('billing')
  const { t: errors } = useTranslation('error')
  const format = useFormat()
  const day = useDayText()
  const money = useMoneyText()
  const [when, setWhen] = useState<'today' | 'period-end'>('period-end')
  const [reason, setReason] = useState('')
  const [moved, setMoved] = useState<number | null>(null)
  const wanted = { planId: plan.id, fromVersionId: from.id, toVersionId: to.id, when }
  const { value, failure, refresh } = useQuery('billing.previewMove', wanted)
  const count = value?.count ?? 0

  const move = async (): Promise<boolean> => {
    let changed = 0
    let left = 0
    try {
      for (let after: string | null = null; ;) {
        const part: Output<'billing.moveToVersion'> = await runCommand('billing.moveToVersion', {
          ...wanted,
          after,
          reason: reason.trim(),
        })
        changed += part.changed
        left += part.leftOut
        setMoved(changed)
        if (part.next === null) break
        after = part.next
      }
      showToast({
        kind: 'done',
        title: t('move.done', { count: changed }),
        ...(left === 0 ? {} : { text: t('move.left', { count: left }) }),
      })
      return true
    } catch (error) {
      showFailure(failureOf(error))
      return false
    }
  }
  return (
    <FormDialog
      title={t('move.title', { number: to.number })}
      button={t('move.button')}
      ready={count > 0 && reason.trim() !== ''}
      size="lg"
      onClose={onClose}
      onSubmit={move}
    >
      <SegmentedControl
        aria-label={t('move.when')}
        value={when}
        onChange={(value) => setWhen(value)}
        data={(['period-end', 'today'] as const).map((value) => ({
          value,
          label: t(`move.${value}`),
        }))}
      />
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
      ) : (
        <div className="nbl-stack" role="status">
          <p>
            {count === 0
              ? t('move.nobody', { from: from.number })
              : t('move.intro', { count, from: from.number })}{' '}
            {value.firstOn === null || value.lastOn === null
              ? null
              : value.firstOn === value.lastOn
                ? t('move.on', { day: day(value.firstOn) })
                : t('move.between', { from: day(value.firstOn), until: day(value.lastOn) })}
          </p>
          {value.priceBefore !== null && value.priceAfter !== null && (
            <p>
              {t('move.price', {
                before: money(value.priceBefore, value.currency),
                after: money(value.priceAfter, value.currency),
              })}
            </p>
          )}
          {value.leftOut.length > 0 && (
            <div>
              <p>{t('move.leftOut', { count: value.leftOut.length })}</p>
              <ul className="nbl-list">
                {value.leftOut.map(({ subscriptionId, subscriberName, problem }) => (
                  <li key={subscriptionId}>
                    {subscriberName}:{' '}
                    <span className="nc-soft">{errorText(errors, problem).what}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
      <TextInput
        label={t('move.reason')}
        description={t('move.reasonHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {moved !== null && (
        <p className="nc-soft" role="status">
          {t('move.running', { done: format.number(moved) })}
        </p>
      )}
    </FormDialog>
  )
}
