import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showToast } from '../../components/toast.tsx'
import { act } from '../fieldwork-order/order-acts.ts'
import { readSpot, spotText } from './spot-text.ts'
import type { Setup } from './setup-screen.tsx'

/** How numbers begin, how fast the way is, and where the day begins. */
export const SettingsPanel = ({ settings }: { readonly settings: Setup['settings'] }) => {
  const { t } = useTranslation('fieldwork')
  const [prefix, setPrefix] = useState(settings.prefix)
  const [kmh, setKmh] = useState(settings.travelKmh)
  const [depot, setDepot] = useState(spotText(settings.depot))
  const spot = readSpot(depot)
  const save = async (): Promise<void> => {
    const done = await act('fieldwork.configure', {
      baseVersion: settings.version,
      prefix: prefix.trim(),
      travelKmh: kmh,
      depot: spot === 'wrong' ? null : spot,
    })
    if (done !== null) showToast({ kind: 'done', title: t('saved') })
  }
  return (
    <section className="nc-panel" aria-label={t('general')}>
      <header className="nc-panel__head">
        <h2>{t('general')}</h2>
      </header>
      <form
        className="nfs-fields nc-panel__body"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextInput
          label={t('prefix')}
          maxLength={12}
          value={prefix}
          onChange={(event) => setPrefix(event.currentTarget.value)}
        />
        <NumberInput
          label={t('kmh')}
          description={t('kmhHint')}
          min={1}
          max={200}
          allowDecimal={false}
          value={kmh}
          onChange={(value) => setKmh(typeof value === 'number' ? value : settings.travelKmh)}
        />
        <TextInput
          label={t('depot')}
          description={t('spotHint')}
          error={spot === 'wrong' ? t('spotWrong') : undefined}
          value={depot}
          onChange={(event) => setDepot(event.currentTarget.value)}
        />
        <Button type="submit" size="xs" disabled={prefix.trim() === '' || spot === 'wrong'}>
          {t('save')}
        </Button>
      </form>
    </section>
  )
}
