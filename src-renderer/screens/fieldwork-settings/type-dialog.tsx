import { ActionIcon, Button, Checkbox, Group, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { workOrderKinds, type WorkOrderKind } from '../../../src-shared/domain/work-order.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { act } from '../fieldwork-order/order-acts.ts'
import type { Setup } from './setup-screen.tsx'

type Type = Setup['types'][number]
type Item = Type['paper']['items'][number]
type Photo = Type['paper']['photos'][number]

const lights = ['none', 'after', 'both'] as const
const kinds = ['tick', 'text', 'number'] as const

/** A name of its own that stays, whatever its label becomes. */
const newId = (): string => `x-${crypto.randomUUID().slice(0, 8)}`

const isNamed = ({ label }: Pick<Item, 'label'>): boolean =>
  label.en.trim() !== '' && label.id.trim() !== ''

/** What an order of this type asks for. Orders that are there keep what they took along. */
export const TypeDialog = ({
  type,
  onClose,
}: {
  readonly type: Type | null
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('fieldwork')
  const [kind, setKind] = useState<WorkOrderKind>(type?.kind ?? 'repair')
  const [name, setName] = useState(type?.name ?? { en: '', id: '' })
  const [minutes, setMinutes] = useState(type?.minutes ?? 60)
  const [items, setItems] = useState<readonly Item[]>(type?.paper.items ?? [])
  const [photos, setPhotos] = useState<readonly Photo[]>(type?.paper.photos ?? [])
  const [light, setLight] = useState(type?.paper.light ?? 'none')
  const [needsMaterial, setNeedsMaterial] = useState(type?.paper.needsMaterial ?? false)
  const [isActive, setActive] = useState(type?.active ?? true)
  const put = <One,>(list: readonly One[], at: number, next: Partial<One>): One[] =>
    list.map((one, index) => (index === at ? { ...one, ...next } : one))
  const without = <One,>(list: readonly One[], at: number): One[] =>
    list.filter((_, index) => index !== at)
  const submit = async (): Promise<boolean> =>
    (await act('fieldwork.saveType', {
      id: type?.id ?? null,
      baseVersion: type?.version ?? 0,
      kind,
      name: { en: name.en.trim(), id: name.id.trim() },
      minutes,
      paper: { items: [...items], photos: [...photos], light, needsMaterial },
      active: isActive,
    })) !== null
  return (
    <FormDialog
      title={type === null ? t('newType') : type.name.en}
      button={t('save')}
      size="xl"
      ready={isNamed({ label: name }) && items.every(isNamed) && photos.every(isNamed)}
      onClose={onClose}
      onSubmit={submit}
    >
      <Group grow align="flex-start">
        <TextInput
          label={t('nameEn')}
          withAsterisk
          maxLength={120}
          value={name.en}
          onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
          data-autofocus
        />
        <TextInput
          label={t('nameId')}
          withAsterisk
          maxLength={120}
          value={name.id}
          onChange={(event) => setName({ ...name, id: event.currentTarget.value })}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t('col.kind')}
          allowDeselect={false}
          value={kind}
          onChange={(value) => setKind(workOrderKinds.find((one) => one === value) ?? kind)}
          data={workOrderKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
        <NumberInput
          label={t('minutes')}
          min={5}
          max={1440}
          allowDecimal={false}
          value={minutes}
          onChange={(value) => setMinutes(typeof value === 'number' ? value : minutes)}
        />
        <Select
          label={t('light')}
          allowDeselect={false}
          value={light}
          onChange={(value) => setLight(lights.find((one) => one === value) ?? light)}
          data={lights.map((value) => ({ value, label: t(`lightOf.${value}`) }))}
        />
      </Group>
      <fieldset className="nfs-list">
        <legend>{t('checklist')}</legend>
        {items.map((item, at) => (
          <div key={item.id} className="nfs-item">
            <TextInput
              size="xs"
              aria-label={t('nameEn')}
              placeholder={t('nameEn')}
              maxLength={120}
              value={item.label.en}
              onChange={(event) =>
                setItems(
                  put(items, at, { label: { ...item.label, en: event.currentTarget.value } }),
                )
              }
            />
            <TextInput
              size="xs"
              aria-label={t('nameId')}
              placeholder={t('nameId')}
              maxLength={120}
              value={item.label.id}
              onChange={(event) =>
                setItems(
                  put(items, at, { label: { ...item.label, id: event.currentTarget.value } }),
                )
              }
            />
            <Select
              size="xs"
              w={110}
              aria-label={t('answerKind')}
              allowDeselect={false}
              value={item.kind}
              onChange={(value) =>
                setItems(put(items, at, { kind: kinds.find((one) => one === value) ?? item.kind }))
              }
              data={kinds.map((value) => ({ value, label: t(`answerOf.${value}`) }))}
            />
            <Checkbox
              size="xs"
              label={t('required')}
              checked={item.required}
              onChange={(event) =>
                setItems(put(items, at, { required: event.currentTarget.checked }))
              }
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('removeOf', { name: item.label.en })}
              onClick={() => setItems(without(items, at))}
            >
              <IconTrash size={15} aria-hidden="true" />
            </ActionIcon>
          </div>
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() =>
            setItems([
              ...items,
              { id: newId(), label: { en: '', id: '' }, kind: 'tick', unit: '', required: true },
            ])
          }
        >
          {t('addItem')}
        </Button>
      </fieldset>
      <fieldset className="nfs-list">
        <legend>{t('photos')}</legend>
        {photos.map((photo, at) => (
          <div key={photo.id} className="nfs-item">
            <TextInput
              size="xs"
              aria-label={t('nameEn')}
              placeholder={t('nameEn')}
              maxLength={120}
              value={photo.label.en}
              onChange={(event) =>
                setPhotos(
                  put(photos, at, { label: { ...photo.label, en: event.currentTarget.value } }),
                )
              }
            />
            <TextInput
              size="xs"
              aria-label={t('nameId')}
              placeholder={t('nameId')}
              maxLength={120}
              value={photo.label.id}
              onChange={(event) =>
                setPhotos(
                  put(photos, at, { label: { ...photo.label, id: event.currentTarget.value } }),
                )
              }
            />
            <Checkbox
              size="xs"
              label={t('required')}
              checked={photo.required}
              onChange={(event) =>
                setPhotos(put(photos, at, { required: event.currentTarget.checked }))
              }
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('removeOf', { name: photo.label.en })}
              onClick={() => setPhotos(without(photos, at))}
            >
              <IconTrash size={15} aria-hidden="true" />
            </ActionIcon>
          </div>
        ))}
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() =>
            setPhotos([...photos, { id: newId(), label: { en: '', id: '' }, required: true }])
          }
        >
          {t('addSlot')}
        </Button>
      </fieldset>
      <Group>
        <Checkbox
          label={t('needsMaterial')}
          checked={needsMaterial}
          onChange={(event) => setNeedsMaterial(event.currentTarget.checked)}
        />
        <Checkbox
          label={t('isActive')}
          checked={isActive}
          onChange={(event) => setActive(event.currentTarget.checked)}
        />
      </Group>
    </FormDialog>
  )
}
