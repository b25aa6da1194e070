import { Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { attempt } from './subscriber-acts.ts'

const kinds = ['person', 'company'] as const
const treatments = ['standard', 'exempt', 'reverse-charge', 'outside'] as const

/** Everything of a subscriber that is one line: name, code, language, tax, the mark. */
export const EditDialog = ({
  record,
  onClose,
}: {
  readonly record: SubscriberRecord
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('subscribers')
  const [fields, setFields] = useState({
    kind: record.kind,
    name: record.name,
    code: record.code,
    language: record.language,
    timeZone: record.timeZone ?? '',
    currency: record.currency ?? '',
    neverSuspend: record.neverSuspend,
    neverSuspendReason: record.neverSuspendReason,
    taxId: record.taxId,
    taxName: record.taxName,
    taxTreatment: record.taxTreatment,
    taxNote: record.taxNote,
  })
  const [failure, setFailure] = useState<Failure | null>(null)
  const set = (change: Partial<typeof fields>): void => setFields({ ...fields, ...change })
  const languageFits = /^[a-z]{2,3}(?:-[A-Z]{2})?$/u.test(fields.language)
  const currencyFits = /^(?:[A-Z]{3})?$/u.test(fields.currency)

  const line = (
    name: 'name' | 'code' | 'timeZone' | 'neverSuspendReason' | 'taxId' | 'taxName' | 'taxNote',
    max: number,
    hint?: string,
  ) => (
    <TextInput
      label={t(`field.${name}`)}
      description={hint}
      value={fields[name]}
      maxLength={max}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <FormDialog
      title={record.name}
      button={t('save')}
      ready={fields.name.trim() !== '' && fields.code.trim() !== '' && languageFits && currencyFits}
      size="lg"
      onClose={onClose}
      onSubmit={async () => {
        const answer = await attempt('subscribers.change', {
          ...fields,
          id: record.id,
          baseVersion: record.version,
          timeZone: fields.timeZone.trim() === '' ? null : fields.timeZone,
          currency: fields.currency === '' ? null : fields.currency,
        })
        if ('failure' in answer) {
          setFailure(answer.failure)
          return false
        }
        showToast({ kind: 'done', title: t('saved') })
        return true
      }}
    >
      <div className="nsu-grid">
        {line('name', 160)}
        {line('code', 40)}
        <Select
          label={t('field.kind')}
          value={fields.kind}
          allowDeselect={false}
          onChange={(next) => set({ kind: kinds.find((one) => one === next) ?? fields.kind })}
          data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <TextInput
          label={t('field.language')}
          value={fields.language}
          maxLength={6}
          error={languageFits ? null : t('field.languageWrong')}
          onChange={(event) => set({ language: event.currentTarget.value })}
        />
        {line('timeZone', 60, t('field.timeZoneHint'))}
        <TextInput
          label={t('field.currency')}
          description={t('field.currencyHint')}
          value={fields.currency}
          maxLength={3}
          error={currencyFits ? null : t('field.currencyWrong')}
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() })}
        />
        {line('taxId', 40)}
        {line('taxName', 160)}
        <Select
          label={t('field.taxTreatment')}
          value={fields.taxTreatment}
          allowDeselect={false}
          onChange={(next) =>
            set({ taxTreatment: treatments.find((one) => one === next) ?? fields.taxTreatment })
          }
          data={treatments.map((value) => ({ value, label: t(`tax.${value}`) }))}
        />
        {line('taxNote', 200)}
        <Checkbox
          label={t('field.neverSuspend')}
          checked={fields.neverSuspend}
          onChange={(event) => set({ neverSuspend: event.currentTarget.checked })}
        />
        {fields.neverSuspend && line('neverSuspendReason', 200)}
      </div>
      {failure !== null && <FailureState brief failure={failure} />}
      {failure?.code === 'conflict' && <p role="alert">{t('conflict')}</p>}
    </FormDialog>
  )
}
