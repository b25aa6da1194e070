import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPon, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { defaultPace } from '../provisioning/pace-fields.tsx'
import { makePlan } from '../provisioning/provisioning-acts.ts'
import { parsePon } from '../provisioning-form/parse-pon.ts'
import { WhatIf } from './what-if.tsx'
import '../provisioning-form/form.css'

export interface MoveDialogProps {
  readonly oltId: string
  readonly addresses: readonly OnuAddress[]
  readonly title: string
  readonly onPlan: (planId: string) => void
  readonly onClose: () => void
}

const nobody = '00000000-0000-4000-8000-000000000000'

/** Where ONUs shall go, and what that would do: asked of history and topology, not of any OLT. */
export const MoveDialog = ({ oltId, addresses, title, onPlan, onClose }: MoveDialogProps) => {
  const { t } = useTranslation('provisioning')
  const olts = useQuery('network.olts', {}).value?.olts ?? []
  const [toOlt, setToOlt] = useState<string | null>(oltId)
  const [ponWords, setPonWords] = useState('')
  const [onuId, setOnuId] = useState<number | null>(null)
  const [reason, setReason] = useState('')
  const ports = useQuery('network.olt', { oltId: toOlt ?? nobody }, { skip: toOlt === null })
  const pon = parsePon(ponWords)
  const [from] = addresses
  const same =
    pon !== null && from !== undefined && toOlt === oltId && formatPon(pon) === formatPon(from)
  const many = addresses.length > 1
  return (
    <FormDialog
      title={title}
      button={t('form.makePlan')}
      size="xl"
      ready={pon !== null && toOlt !== null && !same}
      onClose={onClose}
      onSubmit={async () => {
        if (pon === null || toOlt === null) return false
        const made = await makePlan({
          targets: { list: addresses.map((address) => ({ oltId, address })) },
          change: { kind: 'move', to: { oltId: toOlt, pon, onuId: many ? null : onuId } },
          reason: reason.trim(),
          ...(many ? { pace: defaultPace } : {}),
        })
        if (made !== null) onPlan(made.id)
        return made !== null
      }}
    >
      <div className="npv-grid">
        <Select
          label={t('move.olt')}
          searchable
          allowDeselect={false}
          value={toOlt}
          onChange={(next) => {
            setToOlt(next)
            setPonWords('')
          }}
          data={olts.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Select
          label={t('move.pon')}
          searchable
          data-autofocus
          placeholder={t('form.speedChoose')}
          value={ponWords === '' ? null : ponWords}
          onChange={(next) => setPonWords(next ?? '')}
          error={same ? t('move.same') : undefined}
          data={(ports.value?.ponPorts ?? []).map((port) => ({
            value: formatPon(port),
            label: t('move.ponChoice', { pon: formatPon(port), count: port.counts.total }),
          }))}
        />
        {!many && (
          <NumberInput
            label={t('form.onuId')}
            placeholder={t('move.onuIdSame')}
            min={0}
            max={1023}
            value={onuId ?? ''}
            onChange={(value) => setOnuId(typeof value === 'number' ? value : null)}
          />
        )}
      </div>
      {pon !== null && toOlt !== null && !same && (
        <WhatIf oltId={oltId} addresses={addresses} to={{ oltId: toOlt, pon }} />
      )}
      <TextInput
        label={t('act.reason')}
        placeholder={t('act.reasonHint')}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
