import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import { act, type WorkOrderRecord } from './order-acts.ts'
import { Missing } from './checklist-panel.tsx'

const begin = { name: '', quantity: 1, unit: '', serial: '' }

/** What was used up or built in, with serials. */
export const MaterialsPanel = ({
  record,
  mayWork,
}: {
  readonly record: WorkOrderRecord
  readonly mayWork: boolean
}) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const { materials, missing, order } = record
  const [typed, setTyped] = useState(begin)
  const isReady = typed.name.trim() !== '' && typed.quantity > 0
  const add = async (): Promise<void> => {
    const done = await act('fieldwork.note', {
      id: order.id,
      note: {
        kind: 'used',
        lineId: crypto.randomUUID(),
        name: typed.name.trim(),
        sku: '',
        quantityMilli: Math.round(typed.quantity * 1000),
        unit: typed.unit.trim(),
        serial: typed.serial.trim() === '' ? null : typed.serial.trim(),
      },
    })
    if (done !== null) setTyped(begin)
  }
  return (
    <section className="nc-panel" aria-label={t('materials')}>
      <header className="nc-panel__head">
        <h2>{t('materials')}</h2>
        {missing.some(({ kind }) => kind === 'material') && <Missing />}
      </header>
      {materials.length === 0 ? (
        <p className="nc-panel__body nc-faint">{t('noMaterials')}</p>
      ) : (
        <table className="nc-table" aria-label={t('materials')}>
          <thead>
            <tr>
              <th scope="col">{t('material')}</th>
              <th scope="col" className="nc-num">
                {t('quantity')}
              </th>
              <th scope="col">{t('serial')}</th>
              {mayWork && <th scope="col" aria-label={t('remove')} />}
            </tr>
          </thead>
          <tbody>
            {materials.map((line) => (
              <tr key={line.lineId}>
                <td>{line.name}</td>
                <td className="nc-num">
                  {format.number(
                    line.quantityMilli / 1000,
                    line.quantityMilli % 1000 === 0 ? 0 : 3,
                  )}{' '}
                  {line.unit}
                </td>
                <td className="nc-mono">{line.serial ?? ''}</td>
                {mayWork && (
                  <td>
                    <ActionIcon
                      size="sm"
                      variant="subtle"
                      aria-label={t('removeOf', { name: line.name })}
                      onClick={() =>
                        void act('fieldwork.note', {
                          id: order.id,
                          note: { kind: 'unused', lineId: line.lineId },
                        })
                      }
                    >
                      <IconTrash size={14} aria-hidden="true" />
                    </ActionIcon>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayWork && (
        <form
          className="nfo-material nc-panel__body"
          onSubmit={(event) => {
            event.preventDefault()
            if (isReady) void add()
          }}
        >
          <TextInput
            size="xs"
            aria-label={t('material')}
            placeholder={t('material')}
            maxLength={120}
            value={typed.name}
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
          />
          <NumberInput
            size="xs"
            w={90}
            aria-label={t('quantity')}
            min={0.001}
            max={1_000_000}
            decimalScale={3}
            value={typed.quantity}
            onChange={(value) =>
              setTyped({ ...typed, quantity: typeof value === 'number' ? value : 0 })
            }
          />
          <TextInput
            size="xs"
            w={70}
            aria-label={t('unit')}
            placeholder={t('unit')}
            maxLength={20}
            value={typed.unit}
            onChange={(event) => setTyped({ ...typed, unit: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={t('serial')}
            placeholder={t('serial')}
            maxLength={80}
            value={typed.serial}
            onChange={(event) => setTyped({ ...typed, serial: event.currentTarget.value })}
          />
          <Button type="submit" size="xs" variant="default" disabled={!isReady}>
            {t('add')}
          </Button>
        </form>
      )}
    </section>
  )
}
