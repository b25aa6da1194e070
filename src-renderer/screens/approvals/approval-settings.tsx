import { Button, NumberInput, Switch } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { MoneyField, minorOf, typedOf } from '../../components/money-field.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Setting } from '../settings/setting.tsx'
import { act } from './approval-acts.ts'
import { sortOf } from './kind-words.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** When an act needs a second person, and how many could be it: a rule for each kind. */
export const ApprovalSettings = () => {
  const { t } = useTranslation('approvals')
  const { value, failure, refresh } = useQuery(
    'approvals.rules',
    {},
    { on: ['approvals.changed', 'access.changed'], everyMs: 500 },
  )
  if (value === undefined) {
    return (
      <section className="nc-panel" aria-label={t('plan.ruleTitle')}>
        <Awaiting failure={failure} onRetry={refresh} rows={3} />
      </section>
    )
  }
  return (
    <>
      {value.rules.map((rule) => (
        <section
          key={rule.kind}
          className="nc-panel"
          aria-label={t(`${sortOf[rule.kind]}.ruleTitle`)}
        >
          <header className="nc-panel__head">
            <h2>{t(`${sortOf[rule.kind]}.ruleTitle`)}</h2>
          </header>
          <Rule key={rule.version} rule={rule} />
        </section>
      ))}
    </>
  )
}

type RuleRow = Output<'approvals.rules'>['rules'][number]

/** As the contract takes it. */
const mostMinor = 1_000_000_000_000

const Rule = ({ rule }: { readonly rule: RuleRow }) => {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const sort = sortOf[rule.kind]
  const [grave, setGrave] = useState(rule.grave)
  const [above, setAbove] = useState<number | null>(rule.above)
  const [saving, setSaving] = useState(false)
  const changed = grave !== rule.grave || above !== rule.above
  const count = rule.approvers.length
  useEffect(() => {
    setGrave(rule.grave)
    setAbove(rule.above)
  }, [rule.grave, rule.above])
  return (
    <>
      <div className="nc-panel__body">
        <p className="nc-soft">{t(`${sort}.ruleIntro`)}</p>
      </div>
      {sort === 'plan' && (
        <Setting label={t('rule.grave')} hint={t('rule.graveHint')}>
          <Switch
            aria-label={t('rule.grave')}
            checked={grave}
            onChange={(event) => setGrave(event.currentTarget.checked)}
          />
        </Setting>
      )}
      <Setting label={t(`${sort}.ruleAbove`)} hint={t(`${sort}.ruleAboveHint`)}>
        <Limit rule={rule} above={above} onAbove={setAbove} />
      </Setting>
      <div className="nc-panel__body">
        <p>
          {count === 0
            ? t('rule.approversNone')
            : t('rule.approvers', {
                count,
                number: format.number(count),
                names: rule.approvers.slice(0, 8).join(', '),
              })}
        </p>
        {count < 2 && (
          <p>
            <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />{' '}
            {t(`${sort}.ruleFew`)}
          </p>
        )}
        {!rule.mayLoosen && <p className="nc-small nc-soft">{t('rule.ownerOnly')}</p>}
        {rule.changedAt !== null && (
          <p className="nc-small nc-soft">
            {t('rule.changed', {
              since: format.instant(rule.changedAt),
              name: rule.changedBy ?? '–',
            })}
          </p>
        )}
        <Button size="xs" disabled={!changed} onClick={() => setSaving(true)}>
          {t('rule.save')}
        </Button>
      </div>
      {saving && (
        <ReasonDialog
          title={t('rule.reasonTitle')}
          label={t('rule.reason')}
          button={t('rule.saveButton')}
          onClose={() => setSaving(false)}
          onReason={(reason) =>
            act(
              'approvals.setRule',
              { kind: rule.kind, baseVersion: rule.version, grave, above, reason },
              t('rule.saved'),
            )
          }
        />
      )}
    </>
  )
}

interface LimitProps {
  readonly rule: RuleRow
  readonly above: number | null
  readonly onAbove: (above: number | null) => void
}

/** Above how much: a number of things, or an amount of the seller's currency. */
const Limit = ({ rule, above, onAbove }: LimitProps) => {
  const { t } = useTranslation('approvals')
  const sort = sortOf[rule.kind]
  const { currency } = rule
  const [typed, setTyped] = useState(currency === null ? '' : typedOf(above, currency))
  return (
    <div className="nc-setting__group">
      <Switch
        aria-label={t(`${sort}.ruleAboveOn`)}
        checked={above !== null}
        onChange={(event) => {
          const next = event.currentTarget.checked ? (rule.above ?? (currency ? 0 : 10)) : null
          onAbove(next)
          if (currency !== null) setTyped(typedOf(next, currency))
        }}
      />
      {currency === null ? (
        <NumberInput
          aria-label={t(`${sort}.ruleAboveCount`)}
          value={above ?? ''}
          disabled={above === null}
          onChange={(value) => {
            if (typeof value === 'number') onAbove(value)
          }}
          min={0}
          max={100_000}
          allowDecimal={false}
          allowNegative={false}
          clampBehavior="strict"
          w={110}
        />
      ) : (
        above !== null && (
          <MoneyField
            label={t(`${sort}.ruleAboveCount`)}
            hideLabel
            currency={currency}
            value={typed}
            onChange={(value) => {
              setTyped(value)
              const minor = minorOf(value, currency)
              if (minor !== null && minor <= mostMinor) onAbove(minor)
            }}
            w={180}
          />
        )
      )}
    </div>
  )
}
