import { SegmentedControl, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { currencyCodes } from '../../../../src-shared/domain/currencies.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'

type PlanHead = Output<'billing.plan'>['plan']

const isCode = (text: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N}._/-]{0,31}$/u.test(text)

/** A plan's own facts; what it costs is in its versions. */
export const PlanDialog = ({
  plan,
  fixed,
  onClose,
  onSaved,
}: {
  /** Null: a new one. */
  readonly plan: PlanHead | null
  /** It has a version: kind, payment and currency stand. */
  readonly fixed: boolean
  readonly onClose: () => void
  readonly onSaved: (planId: string) => void
}) => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const own = useBillingSettings()?.currency ?? 'IDR'
  const [code, setCode] = useState(plan?.code ?? '')
  const [name, setName] = useState(plan?.name ?? '')
  const [note, setNote] = useState(plan?.note ?? '')
  const [kind, setKind] = useState<PlanHead['kind']>(plan?.kind ?? 'main')
  const [payment, setPayment] = useState<PlanHead['payment']>(plan?.payment ?? 'postpaid')
  const [currency, setCurrency] = useState(plan?.currency ?? own)
  const [sold, setSold] = useState(plan?.sold ?? true)
  const ready = isCode(code.trim()) && name.trim() !== ''
  const save = async (): Promise<boolean> => {
    const saved = await act(
      'billing.savePlan',
      {
        planId: plan?.id ?? null,
        baseVersion: plan?.version ?? 0,
        code: code.trim(),
        name: name.trim(),
        note: note.trim(),
        kind,
        payment,
        currency,
        sold,
      },
      () => ({ title: t('plan.saved', { name: name.trim() }) }),
    )
    if (saved === undefined) return false
    onSaved(saved.planId)
    return true
  }
  return (
    <FormDialog
      title={plan === null ? t('plan.newTitle') : t('plan.editTitle', { name: plan.name })}
      button={common('button.save')}
      ready={ready}
      size="lg"
      onClose={onClose}
      onSubmit={save}
    >
      <div className="nbl-fields">
        <TextInput
          label={t('plan.code')}
          description={t('plan.codeHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          classNames={{ input: 'nc-mono' }}
          value={code}
          maxLength={32}
          spellCheck={false}
          onChange={(event) => setCode(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t('plan.name')}
          description={t('plan.nameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={name}
          maxLength={120}
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </div>
      {fixed && <p className="nc-soft nc-small">{t('plan.fixed')}</p>}
      <div className="nbl-fields">
        <div>
          <div className="nc-small">{t('plan.kindLabel')}</div>
          <SegmentedControl
            aria-label={t('plan.kindLabel')}
            disabled={fixed}
            value={kind}
            onChange={(value) => setKind(value)}
            data={(['main', 'extra'] as const).map((value) => ({
              value,
              label: t(`kind.${value}`),
            }))}
          />
          <div className="nc-soft nc-small">{t('plan.kindHint')}</div>
        </div>
        <div>
          <div className="nc-small">{t('plan.paymentLabel')}</div>
          <SegmentedControl
            aria-label={t('plan.paymentLabel')}
            disabled={fixed}
            value={payment}
            onChange={(value) => setPayment(value)}
            data={(['postpaid', 'prepaid'] as const).map((value) => ({
              value,
              label: t(`payment.${value}`),
            }))}
          />
        </div>
        <Select
          label={t('plan.currency')}
          disabled={fixed}
          searchable
          allowDeselect={false}
          data={currencyCodes}
          value={currency}
          onChange={(value) => setCurrency(value ?? currency)}
        />
      </div>
      <Textarea
        label={t('plan.note')}
        value={note}
        maxLength={2000}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Switch
        label={t('plan.sold')}
        checked={sold}
        onChange={(event) => setSold(event.currentTarget.checked)}
      />
    </FormDialog>
  )
}
