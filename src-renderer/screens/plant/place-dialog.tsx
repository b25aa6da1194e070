import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OnuRow } from '../../../src-shared/contract/network-model.ts'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { NodePicker } from './node-picker.tsx'
import { changePlace, placeOnus } from './plant-acts.ts'
import { PonFields, type ChosenPon } from './pon-fields.tsx'

export interface PlaceDialogProps {
  /** Null: it is chosen here. */
  readonly node: PlantNode | null
  /** One ONU for this port; null: any number, ports not said. */
  readonly port?: number | null
  readonly onClose: () => void
}

const mostShown = 200
const keyOf = (onu: OnuRow): string => `${onu.oltId} ${formatOnu(onu.address)}`

/** Hangs ONUs that hang nowhere on a node: several at once, or one on a port. */
export const PlaceDialog = ({ node, port = null, onClose }: PlaceDialogProps) => {
  const { t } = useTranslation('plant')
  const { t: common } = useTranslation()
  const format = useFormat()
  const fed = useQuery('plant.node', { id: node?.id ?? '' }, { skip: node === null })
  const fedBy = fed.value?.fedBy ?? null
  const [chosen, setChosen] = useState<ChosenPon>()
  // What feeds the node is what its ONUs are on, unless somebody chooses otherwise.
  const pon: ChosenPon = chosen ?? { oltId: fedBy?.oltId ?? null, pon: fedBy?.pon ?? null }
  const [text, setText] = useState('')
  const search = useDeferredValue(text.trim())
  const [picked, setPicked] = useState<ReadonlyMap<string, OnuRow>>(new Map())
  const [target, setTarget] = useState<{ readonly id: string; readonly path: string } | null>(null)
  const [busy, setBusy] = useState(false)
  const { value, failure, refresh, loading } = useQuery(
    'plant.unplaced',
    { ...pon, search, limit: mostShown },
    { on: ['plant.changed'], everyMs: 200, skip: node !== null && fed.value === undefined },
  )
  const onto = node === null ? target : { id: node.id, path: node.name }
  const single = port !== null
  const onus = value?.onus ?? []
  const pick = (onu: OnuRow): void => {
    const next = new Map(single ? [] : picked)
    if (picked.has(keyOf(onu))) next.delete(keyOf(onu))
    else next.set(keyOf(onu), onu)
    setPicked(next)
  }
  const allPicked = onus.length > 0 && onus.every((onu) => picked.has(keyOf(onu)))
  const submit = async (): Promise<void> => {
    const [first] = picked.values()
    if (onto === null || first === undefined || busy) return
    setBusy(true)
    const done = single
      ? await changePlace(first, { nodeId: onto.id, nodePort: port })
      : await placeOnus([...picked.values()], { id: onto.id, name: onto.path })
    setBusy(false)
    if (done) onClose()
  }
  const title =
    node === null
      ? t('pick.title')
      : single
        ? t('pick.onPort', { name: node.name, port })
        : t('pick.on', { name: node.name })

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size="xl"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Stack gap="md">
          {node === null && (
            <NodePicker
              label={t('place.node')}
              value={target}
              none={t('pick.choose')}
              onChange={setTarget}
            />
          )}
          <PonFields
            value={pon}
            onChange={setChosen}
            labels={{ olt: t('field.olt'), pon: t('field.pon'), none: t('pick.any') }}
          />
          <TextInput
            aria-label={t('pick.search')}
            placeholder={t('pick.search')}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            leftSection={<IconSearch size={15} stroke={1.7} aria-hidden="true" />}
            spellCheck={false}
            data-autofocus
          />
          <div className="np-pick" tabIndex={0} role="group" aria-label={t('pick.list')}>
            {value === undefined ? (
              <Awaiting failure={failure} onRetry={refresh} rows={6} />
            ) : onus.length === 0 && !loading ? (
              <EmptyState title={t('pick.none')} text={t('pick.noneText')} />
            ) : (
              <table className="nc-table">
                <thead>
                  <tr>
                    <th>
                      {!single && (
                        <Checkbox
                          aria-label={t('pick.all')}
                          checked={allPicked}
                          onChange={() =>
                            setPicked(
                              allPicked
                                ? new Map()
                                : new Map([
                                    ...picked,
                                    ...onus.map((onu) => [keyOf(onu), onu] as const),
                                  ]),
                            )
                          }
                        />
                      )}
                    </th>
                    <th>{t('field.onu')}</th>
                    <th>{t('field.serial')}</th>
                    <th>{t('field.address')}</th>
                    <th>{t('field.state')}</th>
                  </tr>
                </thead>
                <tbody>
                  {onus.map((onu) => (
                    <tr key={keyOf(onu)} onClick={() => pick(onu)} className="np-pick__row">
                      <td>
                        <Checkbox
                          aria-label={onu.name ?? onu.serial ?? formatOnu(onu.address)}
                          checked={picked.has(keyOf(onu))}
                          onChange={() => pick(onu)}
                          onClick={(event) => event.stopPropagation()}
                        />
                      </td>
                      <td className="np-cell">{onu.name ?? ''}</td>
                      <td className="nc-mono">{onu.serial ?? ''}</td>
                      <td className="np-cell">
                        {onu.oltName} <span className="nc-mono">{formatOnu(onu.address)}</span>
                      </td>
                      <td>
                        <StateBadge
                          state={onu.state}
                          causeClass={onu.causeClass}
                          cause={onu.cause}
                        />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </div>
          <Group justify="flex-end" gap="sm">
            <span className="nc-soft np-pick__count">
              {value === undefined
                ? ''
                : t('pick.shown', {
                    shown: format.number(onus.length),
                    total: format.number(value.total),
                  })}
            </span>
            <Button variant="default" onClick={onClose}>
              {common('button.cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={onto === null || picked.size === 0}>
              {t('pick.button', { count: picked.size, number: format.number(picked.size) })}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
