import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { useDayText } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'
import { ActPreviewView } from './act-preview.tsx'
import { BoughtFields, boughtOf, type BoughtForm } from './bought-fields.tsx'
import { useSettled } from './use-settled.ts'

export interface ServiceChoice {
  readonly id: string
  readonly name: string
}

/** A plan begins, on a service or beside it; seen with its first bills before. */
export const StartDialog = ({
  subscriberId,
  services,
  today,
  onClose,
}: {
  readonly subscriberId: string
  readonly services: readonly ServiceChoice[]
  readonly today: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const day = useDayText()
  const plans = (useQuery('billing.plans', {}).value?.plans ?? []).filter(
    ({ sold, current }) => sold && current !== null,
  )
  const [form, setForm] = useState<BoughtForm>({
    planId: null,
    quantity: '1',
    ownPrice: '',
    extras: [],
  })
  const [serviceId, setServiceId] = useState(services[0]?.id ?? null)
  const [startOn, setStartOn] = useState(today)
  const [billingDay, setBillingDay] = useState<string | number>('')
  const [reason, setReason] = useState('')
  const bought = boughtOf(form, plans)
  const input =
    bought === null || startOn === ''
      ? null
      : {
          subscriberId,
          serviceId,
          bought,
          startOn,
          billingDay: billingDay === '' ? null : Number(billingDay),
        }
  const settled = useSettled(input)
  const preview = useQuery(
    'billing.previewStart',
    settled ?? { subscriberId, serviceId, bought: { planVersionId: subscriberId }, startOn: today },
    { skip: settled === null },
  )
  const plan = plans.find(({ id }) => id === form.planId)
  const start = async (): Promise<boolean> =>
    input !== null &&
    (await act('billing.startSubscription', { ...input, reason: reason.trim() }, () => ({
      title: t('step.started', { plan: plan?.name ?? '', day: day(startOn) }),
    }))) !== undefined
  return (
    <FormDialog
      title={t('step.startTitle')}
      button={t('step.startButton')}
      ready={input !== null && preview.value?.problem === null}
      size="min(980px, 94vw)"
      onClose={onClose}
      onSubmit={start}
    >
      <div className="nbl-columns">
        <div className="nbl-stack">
          <BoughtFields form={form} plans={plans} onChange={setForm} />
          <div className="nbl-fields">
            <Select
              label={t('step.service')}
              placeholder={t('step.noServiceChoice')}
              clearable={plan?.kind === 'extra'}
              allowDeselect={plan?.kind === 'extra'}
              data={services.map(({ id, name }) => ({ value: id, label: name }))}
              value={serviceId}
              onChange={setServiceId}
            />
            <TextInput
              type="date"
              label={t('step.startOn')}
              value={startOn}
              onChange={(event) => setStartOn(event.currentTarget.value)}
            />
            <NumberInput
              label={t('step.billingDay')}
              description={t('step.billingDayHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={billingDay}
              onChange={setBillingDay}
              min={1}
              max={31}
              allowDecimal={false}
            />
          </div>
          <TextInput
            label={t('step.reasonOptional')}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <div className="nbl-stack">
          {settled === null ? null : preview.value === undefined ? (
            <Awaiting failure={preview.failure} onRetry={preview.refresh} rows={4} brief />
          ) : (
            <ActPreviewView preview={preview.value} final={false} />
          )}
        </div>
      </div>
    </FormDialog>
  )
}
