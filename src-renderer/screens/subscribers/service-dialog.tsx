import { Button, Select, TextInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type {
  SubscriberRecord,
  SubscriberService,
} from '../../../src-shared/contract/subscribers-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { attempt } from './subscriber-acts.ts'

export interface ServiceDialogProps {
  readonly record: SubscriberRecord
  /** Null: a new one. */
  readonly service: SubscriberService | null
  readonly onClose: () => void
}

/** A service and the ONU that carries it, found by what one knows of it. */
export const ServiceDialog = ({ record, service, onClose }: ServiceDialogProps) => {
  const { t } = useTranslation('subscribers')
  const [name, setName] = useState(service?.name ?? t('service.nameHint'))
  const [addressId, setAddressId] = useState(
    service?.addressId ?? record.addresses.find(({ kind }) => kind === 'service')?.id ?? '',
  )
  const [note, setNote] = useState(service?.note ?? '')
  const [oltId, setOltId] = useState(service?.onu?.oltId ?? '')
  const [serial, setSerial] = useState(service?.onu?.serial ?? '')
  const [failure, setFailure] = useState<Failure | null>(null)
  const named = oltId !== '' && serial.trim() !== ''

  const submit = async (): Promise<boolean> => {
    const answer = await attempt('subscribers.saveService', {
      id: record.id,
      serviceId: service?.id ?? null,
      baseVersion: service?.version ?? 0,
      name,
      addressId: addressId === '' ? null : addressId,
      note,
      onu: named ? { oltId, serial } : null,
    })
    if ('failure' in answer) {
      setFailure(answer.failure)
      return false
    }
    showToast({ kind: 'done', title: t('service.saved', { name: name.trim() }) })
    return true
  }
  return (
    <FormDialog
      title={service === null ? t('service.add') : t('service.editOf', { name: service.name })}
      button={t('save')}
      ready={name.trim() !== '' && named === (oltId !== '' || serial.trim() !== '')}
      size="lg"
      onClose={onClose}
      onSubmit={submit}
    >
      <div className="nsu-grid">
        <TextInput
          label={t('service.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label={t('service.address')}
          value={addressId}
          allowDeselect={false}
          onChange={(next) => setAddressId(next ?? '')}
          data={[
            { value: '', label: t('service.noAddress') },
            ...record.addresses.map((one, at) => ({
              value: one.id,
              label:
                [one.label, one.lines.replaceAll('\n', ', '), one.city]
                  .filter(Boolean)
                  .join(', ') || t('addresses.one', { number: at + 1 }),
            })),
          ]}
        />
      </div>
      <OnuPicker
        oltId={oltId}
        serial={serial}
        onOnu={(olt, picked) => {
          setOltId(olt)
          setSerial(picked)
          setFailure(null)
        }}
      />
      <Textarea
        label={t('field.note')}
        value={note}
        maxLength={500}
        autosize
        minRows={2}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {failure !== null && <FailureState brief failure={failure} />}
    </FormDialog>
  )
}

interface OnuPickerProps {
  readonly oltId: string
  readonly serial: string
  readonly onOnu: (oltId: string, serial: string) => void
}

/** Found among the ONUs that are there, or typed where it is not plugged in yet. */
const OnuPicker = ({ oltId, serial, onOnu }: OnuPickerProps) => {
  const { t } = useTranslation('subscribers')
  const [text, setText] = useState('')
  const sees = useEntrance((state) => state.session?.permissions ?? [])
  const mayFind = sees.includes('network.onu.read')
  const found = useQuery(
    'search.find',
    { text: text.trim(), scopes: ['onus'], limit: 8 },
    { skip: !mayFind || text.trim().length < 2 },
  ).value
  const olts = useQuery('network.olts', {}, { skip: !sees.includes('network.olt.read') }).value
  const hits = text.trim().length < 2 ? [] : (found?.hits ?? [])
  return (
    <div className="nsu-box">
      {mayFind && (
        <TextInput
          label={t('service.onu')}
          placeholder={t('service.onuFind')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      {text.trim().length >= 2 && found !== undefined && hits.length === 0 && (
        <p className="nc-soft" role="status">
          {t('service.onuNothing')}
        </p>
      )}
      <ul className="nsu-list">
        {hits.map((hit) =>
          hit.kind === 'onu' && hit.onu.serial !== null ? (
            <li key={`${hit.onu.oltId} ${formatOnu(hit.onu.address)}`} className="nsu-row">
              <span className="nc-mono">{hit.onu.serial}</span>
              <span>{hit.onu.name}</span>
              <span className="nc-soft">
                {hit.onu.oltName} {formatOnu(hit.onu.address)}
              </span>
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('service.choose', { serial: hit.onu.serial })}
                onClick={() => {
                  onOnu(hit.onu.oltId, hit.onu.serial ?? '')
                  setText('')
                }}
              >
                {t('col.select')}
              </Button>
            </li>
          ) : null,
        )}
      </ul>
      <div className="nsu-grid">
        <Select
          label={t('service.olt')}
          value={oltId}
          allowDeselect={false}
          searchable
          onChange={(next) => onOnu(next ?? '', serial)}
          data={[
            { value: '', label: t('service.onuNone') },
            ...(olts?.olts ?? []).map((one) => ({ value: one.id, label: one.name })),
          ]}
        />
        <TextInput
          label={t('service.serial')}
          description={t('service.serialHint')}
          value={serial}
          maxLength={40}
          onChange={(event) => onOnu(oltId, event.currentTarget.value)}
        />
      </div>
    </div>
  )
}
