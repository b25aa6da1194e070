import { Button, Group, NumberInput, TextInput } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { CatalogueLists } from './catalogue-model.ts'
import { MappingRow } from './mapping-row.tsx'
import { mappedParts, suggested, unmapped, type Speed, type SpeedOnOlt } from './speed-model.ts'

export interface SpeedDialogProps {
  /** undefined: a new one. */
  readonly speed: Speed | undefined
  readonly olts: readonly OltRow[]
  readonly onClose: () => void
  readonly onSaved: () => void
}

const isRate = (value: number | string): boolean =>
  value !== '' && Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= 1e8

/** A speed by name and rates, and on each OLT the profiles that give it. */
export const SpeedDialog = ({ speed, olts, onClose, onSaved }: SpeedDialogProps) => {
  const { t } = useTranslation('catalogue')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [name, setName] = useState(speed?.name ?? '')
  const [down, setDown] = useState<number | string>(speed?.downKbps ?? '')
  const [up, setUp] = useState<number | string>(speed?.upKbps ?? '')
  const [on, setOn] = useState<readonly SpeedOnOlt[]>(() =>
    olts.map(({ id }) => speed?.onOlts.find(({ oltId }) => oltId === id) ?? unmapped(id)),
  )
  const lists = useRef(new Map<string, CatalogueLists>())
  const learn = useCallback((oltId: string, of: CatalogueLists) => {
    lists.current.set(oltId, of)
  }, [])
  const ready = name.trim() !== '' && isRate(down) && isRate(up)
  const suggest = (): void => {
    const wanted = { name, downKbps: Number(down), upKbps: Number(up) }
    setOn((before) =>
      before.map((each) => suggested(wanted, each, lists.current.get(each.oltId) ?? {})),
    )
  }
  const save = async (): Promise<boolean> => {
    // An OLT that is not in the list now keeps what stood for it.
    const others = (speed?.onOlts ?? []).filter(({ oltId }) => olts.every(({ id }) => id !== oltId))
    const chosen = on.filter((each) => mappedParts.some(([part]) => each[part] !== null))
    try {
      await runCommand('provisioning.saveSpeed', {
        speedId: speed?.id ?? null,
        baseVersion: speed?.version ?? 0,
        name: name.trim(),
        downKbps: Number(down),
        upKbps: Number(up),
        onOlts: [...others, ...chosen],
      })
      showToast({ kind: 'done', title: t('speeds.saved', { name: name.trim() }) })
      onSaved()
      return true
    } catch (error) {
      showFailure(failureOf(error))
      return false
    }
  }
  const rate = (label: string, value: number | string, set: (value: number | string) => void) => (
    <NumberInput
      w={170}
      label={label}
      description={isRate(value) ? format.rate(Number(value)) : t('speeds.kbps')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      value={value}
      onChange={set}
      min={1}
      max={100_000_000}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      hideControls
    />
  )
  return (
    <FormDialog
      title={speed === undefined ? t('speeds.add') : t('speeds.edit', { name: speed.name })}
      button={common('button.save')}
      ready={ready}
      size="min(1200px, 94vw)"
      onClose={onClose}
      onSubmit={save}
      other={
        <Button
          variant="default"
          mr="auto"
          disabled={!ready}
          leftSection={<IconWand size={14} aria-hidden="true" />}
          onClick={suggest}
        >
          {t('speeds.suggest')}
        </Button>
      }
    >
      <Group gap="md" align="flex-start">
        <TextInput
          className="ncat-grow"
          label={t('speeds.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {rate(t('speeds.down'), down, setDown)}
        {rate(t('speeds.up'), up, setUp)}
      </Group>
      <p className="nc-soft nc-small">{t('speeds.mapHint')}</p>
      <div className="ncat-map">
        <table className="nc-table" aria-label={t('speeds.onOlts')}>
          <thead>
            <tr>
              <th scope="col">OLT</th>
              {mappedParts.map(([part]) => (
                <th key={part} scope="col">
                  {t(`part.${part}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {olts.map((olt) => (
              <MappingRow
                key={olt.id}
                olt={olt}
                on={on.find(({ oltId }) => oltId === olt.id) ?? unmapped(olt.id)}
                onLists={learn}
                onChange={(next) =>
                  setOn((before) => before.map((each) => (each.oltId === olt.id ? next : each)))
                }
              />
            ))}
          </tbody>
        </table>
      </div>
    </FormDialog>
  )
}
