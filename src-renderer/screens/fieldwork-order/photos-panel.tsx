import { ActionIcon, Button } from '@mantine/core'
import { IconCamera, IconTrash } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { callQuery } from '../../client/client.ts'
import { showToast } from '../../components/toast.tsx'
import { useMoment } from '../fieldwork/order-words.tsx'
import { act, type WorkOrderRecord } from './order-acts.ts'
import { Missing } from './checklist-panel.tsx'
import { smallerPicture } from './smaller-picture.ts'

interface PanelProps {
  readonly record: WorkOrderRecord
  readonly mayWork: boolean
}

/** The photos that were asked for, each at its place, and others. */
export const PhotosPanel = ({ record, mayWork }: PanelProps) => {
  const { t, i18n } = useTranslation('fieldwork')
  const language = i18n.language === 'id' ? 'id' : 'en'
  const { paper, photos, missing } = record
  const slots = [
    ...paper.photos.map(({ id, label }) => ({ id, label: label[language] })),
    { id: null, label: t('otherPhotos') },
  ]
  return (
    <section className="nc-panel" aria-label={t('photos')}>
      <header className="nc-panel__head">
        <h2>{t('photos')}</h2>
      </header>
      <ul className="nfo-slots nc-panel__body">
        {slots.map(({ id, label }) => (
          <li key={id ?? ''}>
            <div className="nfo-slots__head">
              <span>{label}</span>
              {missing.some((one) => one.kind === 'photo' && one.id === id) && <Missing />}
              {mayWork && <AddPhoto orderId={record.order.id} slotId={id} label={label} />}
            </div>
            <div className="nfo-photos">
              {photos
                .filter(({ slotId }) => slotId === id)
                .map((photo) => (
                  <Photo
                    key={photo.id}
                    orderId={record.order.id}
                    photo={photo}
                    label={label}
                    mayWork={mayWork}
                  />
                ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const AddPhoto = ({
  orderId,
  slotId,
  label,
}: {
  readonly orderId: string
  readonly slotId: string | null
  readonly label: string
}) => {
  const { t } = useTranslation('fieldwork')
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const add = async (file: File): Promise<void> => {
    setBusy(true)
    const picture = await smallerPicture(file)
    if (picture === null) showToast({ kind: 'failure', title: t('noPicture', { name: file.name }) })
    else await act('fieldwork.addPhoto', { id: orderId, slotId, ...picture })
    setBusy(false)
  }
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={busy}
        aria-label={t('addPhotoTo', { label })}
        leftSection={<IconCamera size={14} aria-hidden="true" />}
        onClick={() => input.current?.click()}
      >
        {t('addPhoto')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png"
        capture="environment"
        hidden
        aria-label={t('addPhotoTo', { label })}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          event.currentTarget.value = ''
          if (file !== undefined) void add(file)
        }}
      />
    </>
  )
}

/** The page's policy lets pictures come from itself and from `data:` alone. */
const dataAddress = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable')))
    reader.readAsDataURL(blob)
  })

const Photo = ({
  orderId,
  photo,
  label,
  mayWork,
}: {
  readonly orderId: string
  readonly photo: WorkOrderRecord['photos'][number]
  readonly label: string
  readonly mayWork: boolean
}) => {
  const { t } = useTranslation('fieldwork')
  const moment = useMoment()
  const [address, setAddress] = useState<string | null>(null)
  const { id, mediaType } = photo
  useEffect(() => {
    let gone = false
    void callQuery('fieldwork.photo', { id: orderId, photoId: id }).then(
      async ({ content }) => {
        const data = await dataAddress(new Blob([new Uint8Array(content)], { type: mediaType }))
        if (!gone) setAddress(data)
      },
      () => undefined,
    )
    return () => {
      gone = true
    }
  }, [orderId, id, mediaType])
  return (
    <figure>
      {address !== null && <img src={address} alt={label} />}
      <figcaption className="nc-soft nc-small">
        {moment(photo.at)}
        {mayWork && (
          <ActionIcon
            size="sm"
            variant="subtle"
            aria-label={t('dropPhoto', { label })}
            onClick={() =>
              void act('fieldwork.note', {
                id: orderId,
                note: { kind: 'photo-dropped', photoId: id },
              })
            }
          >
            <IconTrash size={14} aria-hidden="true" />
          </ActionIcon>
        )}
      </figcaption>
    </figure>
  )
}
