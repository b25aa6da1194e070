import { CloseButton, MultiSelect, Select } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatPon, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { joinScopes, emptyScope, type MaintenanceScope } from './maintenance-model.ts'

export interface ScopePickerProps {
  readonly scope: MaintenanceScope
  readonly error: string | null
  readonly onScope: (scope: MaintenanceScope) => void
}

/** What is worked on: whole OLTs, PON ports, parts of the outside plant, ONUs that were chosen. */
export const ScopePicker = ({ scope, error, onScope }: ScopePickerProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const { value } = useQuery('network.olts', {})
  const olts = value?.olts ?? []
  const nameOf = (oltId: string): string => olts.find((olt) => olt.id === oltId)?.name ?? '…'
  const add = (part: Partial<MaintenanceScope>): void =>
    onScope(joinScopes(scope, { ...emptyScope, ...part }))
  return (
    <fieldset className="nm-scope">
      <legend>{t('maintenance.field.scope')}</legend>
      <MultiSelect
        label={t('maintenance.scope.olts')}
        placeholder={scope.oltIds.length === 0 ? t('maintenance.scope.addOlt') : ''}
        data={olts.map((olt) => ({ value: olt.id, label: olt.name }))}
        value={[...scope.oltIds]}
        searchable
        onChange={(oltIds) => onScope({ ...scope, oltIds })}
      />
      <div className="nm-scope__row">
        <PonAdder olts={olts} onPon={(oltId, pon) => add({ pons: [{ oltId, pon }] })} />
        <NodeAdder onNode={(id) => add({ nodeIds: [id] })} />
      </div>
      <ul className="nm-chips" aria-label={t('maintenance.scope.chosen')}>
        {scope.pons.map((each) => (
          <Chip
            key={`${each.oltId} ${formatPon(each.pon)}`}
            text={`${nameOf(each.oltId)} · PON ${formatPon(each.pon)}`}
            onRemove={() =>
              onScope({ ...scope, pons: scope.pons.filter((other) => other !== each) })
            }
          />
        ))}
        {scope.nodeIds.map((id) => (
          <NodeChip
            key={id}
            id={id}
            onRemove={() =>
              onScope({ ...scope, nodeIds: scope.nodeIds.filter((other) => other !== id) })
            }
          />
        ))}
        {scope.onus.length > 0 && (
          <Chip
            text={t('maintenance.scope.onus', { count: scope.onus.length })}
            onRemove={() => onScope({ ...scope, onus: [] })}
          />
        )}
      </ul>
      {error === null ? null : (
        <p className="nm-error" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}

interface ChipProps {
  readonly text: string
  readonly onRemove: () => void
}

const Chip = ({ text, onRemove }: ChipProps): ReactNode => {
  const { t } = useTranslation('alarms')
  return (
    <li className="nm-chip">
      <span>{text}</span>
      <CloseButton
        size={18}
        aria-label={t('maintenance.scope.remove', { text })}
        onClick={onRemove}
      />
    </li>
  )
}

const NodeChip = ({
  id,
  onRemove,
}: {
  readonly id: string
  readonly onRemove: () => void
}): ReactNode => {
  const { value } = useQuery('plant.node', { id })
  return <Chip text={value?.node.name ?? '…'} onRemove={onRemove} />
}

interface PonAdderProps {
  readonly olts: readonly { readonly id: string; readonly name: string }[]
  readonly onPon: (oltId: string, pon: PonAddress) => void
}

const PonAdder = ({ olts, onPon }: PonAdderProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const [oltId, setOltId] = useState<string | null>(null)
  const { value } = useQuery('network.olt', { oltId: oltId ?? '' }, { skip: oltId === null })
  const ports = oltId === null ? [] : (value?.ponPorts ?? [])
  return (
    <>
      <Select
        label={t('maintenance.scope.ponOlt')}
        placeholder={t('maintenance.scope.chooseOlt')}
        data={olts.map((olt) => ({ value: olt.id, label: olt.name }))}
        value={oltId}
        searchable
        clearable
        onChange={setOltId}
      />
      <Select
        label={t('maintenance.scope.pon')}
        placeholder={t('maintenance.scope.addPon')}
        data={ports.map((port) => ({ value: formatPon(port), label: formatPon(port) }))}
        value={null}
        searchable
        disabled={oltId === null}
        onChange={(chosen) => {
          const port = ports.find((each) => formatPon(each) === chosen)
          if (port === undefined || oltId === null) return
          onPon(oltId, { shelf: port.shelf, slot: port.slot, port: port.port })
        }}
      />
    </>
  )
}

const NodeAdder = ({ onNode }: { readonly onNode: (id: string) => void }): ReactNode => {
  const { t } = useTranslation('alarms')
  const [text, setText] = useState('')
  const { value } = useQuery('plant.nodes', { search: text.slice(0, 200), limit: 30 })
  return (
    <Select
      label={t('maintenance.scope.node')}
      placeholder={t('maintenance.scope.addNode')}
      data={(value?.nodes ?? []).map((node) => ({
        value: node.id,
        label: node.path === '' ? node.name : `${node.path} › ${node.name}`,
      }))}
      value={null}
      searchable
      searchValue={text}
      onSearchChange={setText}
      nothingFoundMessage={t('maintenance.scope.noNode')}
      // The engine has searched already.
      filter={({ options }) => options}
      onChange={(id) => {
        if (id !== null) onNode(id)
      }}
    />
  )
}
