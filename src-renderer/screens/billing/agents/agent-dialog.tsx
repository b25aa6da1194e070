import { SegmentedControl, Select, Switch, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { agentKinds, type AgentKind } from '../../../../src-shared/contract/billing-agents.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { currencyCodes } from '../../../../src-shared/domain/currencies.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'

/** Makes an account an agent, or changes what he is. */
export const AgentDialog = ({
  agent,
  candidates,
  onClose,
  onSaved,
}: {
  /** Null: a new one. */
  readonly agent: Output<'billing.agent'>['agent'] | null
  readonly candidates: Output<'billing.agents'>['candidates']
  readonly onClose: () => void
  readonly onSaved: (accountId: string) => void
}) => {
  const { t } = useTranslation('billing-agents')
  const own = useBillingSettings()?.currency
  const [accountId, setAccountId] = useState(agent?.accountId ?? '')
  const [kind, setKind] = useState<AgentKind>(agent?.kind ?? 'agent')
  const [currency, setCurrency] = useState(agent?.currency ?? own ?? 'IDR')
  const [active, setActive] = useState(agent?.active ?? true)
  const [note, setNote] = useState(agent?.note ?? '')
  const name = agent?.name ?? candidates.find((one) => one.accountId === accountId)?.name ?? ''
  return (
    <FormDialog
      title={agent === null ? t('dialog.title') : t('dialog.editTitle', { name: agent.name })}
      button={t(agent === null ? 'dialog.button' : 'dialog.save')}
      ready={accountId !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const baseVersion = agent?.version ?? 0
        const out = await act(
          'billing.saveAgent',
          { accountId, baseVersion, kind, currency, active, note },
          () => ({ title: t('dialog.done', { name }) }),
        )
        if (out === undefined) return false
        onSaved(accountId)
        return true
      }}
    >
      {agent === null && (
        <Select
          label={t('dialog.account')}
          description={t(candidates.length === 0 ? 'dialog.nobody' : 'dialog.accountHint')}
          placeholder={t('dialog.choose')}
          searchable
          data={candidates.map((one) => ({
            value: one.accountId,
            label:
              one.customers === 0
                ? one.name
                : t('dialog.withCustomers', { name: one.name, count: one.customers }),
          }))}
          value={accountId === '' ? null : accountId}
          onChange={(value) => setAccountId(value ?? '')}
          data-autofocus
        />
      )}
      <div>
        <SegmentedControl
          aria-label={t('col.kind')}
          fullWidth
          value={kind}
          onChange={(value) => setKind(value)}
          data={agentKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <p className="nc-soft nc-small">{t(`kindText.${kind}`)}</p>
      </div>
      <Select
        label={t('dialog.currency')}
        description={t('dialog.currencyHint')}
        searchable
        allowDeselect={false}
        data={currencyCodes}
        value={currency}
        onChange={(code) => setCurrency(code ?? currency)}
      />
      {agent !== null && kind === 'reseller' && (
        <Switch
          label={t('dialog.active')}
          description={t('dialog.activeHint')}
          checked={active}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label={t('dialog.note')}
        value={note}
        maxLength={2000}
        autosize
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
