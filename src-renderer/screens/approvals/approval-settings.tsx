import { Button, NumberInput, Switch } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Setting } from '../settings/setting.tsx'
import { act } from './approval-acts.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** When a plan needs a second person, and how many could be it. */
export const ApprovalSettings = () => {
  const { t } = useTranslation('approvals')
  const { value, failure, refresh } = useQuery(
    'approvals.rules',
    {},
    { on: ['approvals.changed', 'access.changed'], everyMs: 500 },
  )
  const rule = value?.rules[0]
  return (
    <section className="nc-panel" aria-label={t('rule.title')}>
      <header className="nc-panel__head">
        <h2>{t('rule.title')}</h2>
      </header>
      {rule === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} />
      ) : (
        <Rule key={rule.version} rule={rule} />
      )}
    </section>
  )
}

const Rule = ({ rule }: { readonly rule: Output<'approvals.rules'>['rules'][number] }) => {
  const { t } = useTranslation('approvals')
  const format = useFormat()
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
        <p className="nc-soft">{t('rule.intro')}</p>
      </div>
      <Setting label={t('rule.grave')} hint={t('rule.graveHint')}>
        <Switch
          aria-label={t('rule.grave')}
          checked={grave}
          onChange={(event) => setGrave(event.currentTarget.checked)}
        />
      </Setting>
      <Setting label={t('rule.above')} hint={t('rule.aboveHint')}>
        <div className="nc-setting__group">
          <Switch
            aria-label={t('rule.aboveOn')}
            checked={above !== null}
            onChange={(event) => setAbove(event.currentTarget.checked ? (rule.above ?? 10) : null)}
          />
          <NumberInput
            aria-label={t('rule.aboveCount')}
            value={above ?? ''}
            disabled={above === null}
            onChange={(typed) => {
              if (typeof typed === 'number') setAbove(typed)
            }}
            min={0}
            max={100_000}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="strict"
            w={110}
          />
        </div>
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
            {t('rule.few')}
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
