import { ActionIcon, Button, Select, TextInput, Textarea } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type {
  SubscriberAddress,
  SubscriberRecord,
} from '../../../src-shared/contract/subscribers-model.ts'
import { useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { readCoordinates, writeCoordinates } from '../plant/coordinates.ts'
import { attempt } from './subscriber-acts.ts'

const kinds = ['service', 'billing', 'postal'] as const
const texts = ['label', 'city', 'region', 'postcode'] as const
const longest = { label: 80, city: 80, region: 80, postcode: 20 } as const

type Typed = Omit<SubscriberAddress, 'id' | 'coordinates'> & {
  readonly id: string | null
  readonly key: string
  /** As typed. */
  readonly place: string
}

const blank = (country: string): Typed => ({
  id: null,
  key: makeUuidV7(),
  kind: 'service',
  label: '',
  lines: '',
  city: '',
  region: '',
  postcode: '',
  country,
  place: '',
})

/** All addresses at once, in their order: the first one is shown in lists. */
export const AddressesDialog = ({
  record,
  onClose,
}: {
  readonly record: SubscriberRecord
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('subscribers')
  const country = useQuery('subscribers.settings', {}).value?.country ?? ''
  const [addresses, setAddresses] = useState<readonly Typed[]>(
    record.addresses.length === 0
      ? [blank(country)]
      : record.addresses.map(({ coordinates, ...one }) => ({
          ...one,
          key: one.id,
          place: writeCoordinates(coordinates),
        })),
  )
  const [failure, setFailure] = useState<Failure | null>(null)
  const set = (key: string, change: Partial<Typed>): void =>
    setAddresses(addresses.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const isWrong = ({ place }: Typed): boolean => readCoordinates(place) === 'wrong'
  return (
    <FormDialog
      title={t('addresses.title')}
      button={t('save')}
      ready={!addresses.some(isWrong)}
      size="xl"
      onClose={onClose}
      onSubmit={async () => {
        const answer = await attempt('subscribers.setAddresses', {
          id: record.id,
          baseVersion: record.version,
          addresses: addresses
            .filter(({ lines, city, region, postcode, place }) =>
              [lines, city, region, postcode, place].some((text) => text.trim() !== ''),
            )
            .map((typed) => {
              const { key: _, place, ...one } = typed
              const read = readCoordinates(place)
              return {
                ...one,
                country: one.country.toUpperCase(),
                coordinates: read === 'wrong' ? null : read,
              }
            }),
        })
        if ('failure' in answer) {
          setFailure(answer.failure)
          return false
        }
        showToast({ kind: 'done', title: t('saved') })
        return true
      }}
      other={
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          disabled={addresses.length >= 20}
          onClick={() => setAddresses([...addresses, blank(country)])}
        >
          {t('addresses.add')}
        </Button>
      }
    >
      {addresses.map((one, at) => (
        <fieldset key={one.key} className="nsu-box">
          <legend>{t('addresses.one', { number: at + 1 })}</legend>
          <div className="nsu-grid">
            <Select
              label={t('field.kind')}
              value={one.kind}
              allowDeselect={false}
              onChange={(next) =>
                set(one.key, { kind: kinds.find((each) => each === next) ?? one.kind })
              }
              data={kinds.map((value) => ({ value, label: t(`addressKind.${value}`) }))}
            />
            <Textarea
              className="nsu-span"
              label={t('field.street')}
              value={one.lines}
              maxLength={300}
              autosize
              minRows={2}
              onChange={(event) => set(one.key, { lines: event.currentTarget.value })}
            />
            {texts.map((name) => (
              <TextInput
                key={name}
                label={t(`field.${name}`)}
                value={one[name]}
                maxLength={longest[name]}
                onChange={(event) => set(one.key, { [name]: event.currentTarget.value })}
              />
            ))}
            <TextInput
              label={t('field.country')}
              description={t('field.countryHint')}
              value={one.country}
              maxLength={2}
              onChange={(event) => set(one.key, { country: event.currentTarget.value })}
            />
            <TextInput
              label={t('field.coordinates')}
              description={t('field.coordinatesHint')}
              value={one.place}
              error={isWrong(one) ? t('field.coordinatesWrong') : null}
              onChange={(event) => set(one.key, { place: event.currentTarget.value })}
            />
          </div>
          <ActionIcon
            aria-label={t('addresses.remove')}
            onClick={() => setAddresses(addresses.filter(({ key }) => key !== one.key))}
          >
            <IconTrash size={15} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </fieldset>
      ))}
      {failure !== null && <FailureState brief failure={failure} />}
      {failure?.code === 'conflict' && <p role="alert">{t('conflict')}</p>}
    </FormDialog>
  )
}
