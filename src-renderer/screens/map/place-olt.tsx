import { Select } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'
import i18next from 'i18next'

interface Olt {
  readonly id: string
  readonly name: string
}

export interface Placing {
  /** That waits for a click on the map. */
  readonly olt: Olt | null
  /** Those that have no place. */
  readonly without: readonly Olt[]
  readonly choose: (oltId: string) => void
  readonly cancel: () => void
  /** True: the click was taken as the place of the OLT. */
  readonly take: (at: { readonly latitude: number; readonly longitude: number }) => boolean
}

const rounded = (degrees: number): number => Math.round(degrees * 1e6) / 1e6

export const usePlacing = (): Placing => {
  const [chosen, setChosen] = useState<string | null>(null)
  const olts = useQuery('network.olts', {}, { on: ['network.changed'], everyMs: 10_000 }).value
    ?.olts
  const places = useQuery('plant.oltPlaces', {}, { on: ['plant.changed'] }).value?.olts
  const without = useMemo(() => {
    const placed = new Set(
      places?.filter(({ coordinates }) => coordinates !== null).map(({ oltId }) => oltId),
    )
    return places === undefined
      ? []
      : (olts ?? []).filter(({ id }) => !placed.has(id)).map(({ id, name }) => ({ id, name }))
  }, [olts, places])
  const olt = without.find(({ id }) => id === chosen) ?? null

  useEffect(() => {
    if (olt === null) return undefined
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      setChosen(null)
    }
    window.addEventListener('keydown', leave, true)
    return () => window.removeEventListener('keydown', leave, true)
  }, [olt])

  return useMemo(
    () => ({
      olt,
      without,
      choose: setChosen,
      cancel: () => setChosen(null),
      take: ({ latitude, longitude }) => {
        if (olt === null) return false
        setChosen(null)
        place(olt, { latitude: rounded(latitude), longitude: rounded(longitude) })
        return true
      },
    }),
    [olt, without],
  )
}

const place = (
  { id, name }: Olt,
  coordinates: { readonly latitude: number; readonly longitude: number },
): void => {
  const set = (next: typeof coordinates | null): Promise<unknown> =>
    runCommand('plant.setOltCoordinates', { oltId: id, coordinates: next })
  set(coordinates).then(
    () => {
      showToast({
        kind: 'done',
        title: i18next.t('place.done', { ns: 'map', name }),
        undo: () => {
          set(null).catch((error: unknown) => showFailure(failureOf(error)))
        },
      })
      return undefined
    },
    (error: unknown) => showFailure(failureOf(error)),
  )
}

export const ChooseOlt = ({ placing }: { readonly placing: Placing }) => {
  const { t } = useTranslation('map')
  if (placing.without.length === 0) return null
  return (
    <Select
      aria-label={t('place.choose')}
      placeholder={t('place.choose')}
      searchable
      value={placing.olt?.id ?? null}
      onChange={(id) => {
        if (id !== null) placing.choose(id)
      }}
      data={placing.without.map(({ id, name }) => ({ value: id, label: name }))}
    />
  )
}

/** OLTs that stand nowhere yet: choose one and click. */
export const PlaceOlt = ({ placing }: { readonly placing: Placing }) => {
  const { t } = useTranslation('map')
  if (placing.without.length === 0) return null
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('place.olts')}</h2>
      </header>
      <div className="nc-panel__body">
        <ChooseOlt placing={placing} />
      </div>
    </section>
  )
}
