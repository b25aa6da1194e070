import { Button, Checkbox, Select, Switch } from '@mantine/core'
import { IconBell, IconBellOff, IconVolume } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preferences } from '../../../src-shared/contract/preferences.ts'
import { playAlarm } from '../../app/alarm-sound.ts'
import { isMuted, toggleMute } from '../../app/use-notices.ts'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import { changePreferences, usePreferences } from '../../state/preferences.ts'
import { minuteOf, timeOf } from './quiet-hours.ts'
import { Setting } from './setting.tsx'

type Wishes = Preferences['notifications']

const severities = ['critical', 'major', 'minor', 'warning', 'indeterminate'] as const
const usualQuiet = { fromMinute: 22 * 60, toMinute: 6 * 60, criticalToo: false }

/** What is told outside the window, from which severity on, and when not. */
export const NotifySettings = () => {
  const { t } = useTranslation('notify')
  const wishes = usePreferences((state) => state.preferences.notifications)
  const change = (part: Partial<Wishes>): void =>
    changePreferences({ notifications: { ...wishes, ...part } })
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('settings.heading')}</h2>
      </header>
      <Setting label={t('settings.from')} hint={t('settings.fromHint')}>
        <Select
          aria-label={t('settings.from')}
          value={wishes.from ?? 'never'}
          onChange={(value) =>
            change({ from: severities.find((severity) => severity === value) ?? null })
          }
          allowDeselect={false}
          data={[
            { value: 'never', label: t('settings.never') },
            ...severities.map((severity) => ({
              value: severity,
              label:
                severity === 'critical'
                  ? t('severity.critical')
                  : t('settings.andWorse', { severity: t(`severity.${severity}`) }),
            })),
          ]}
          w={220}
        />
      </Setting>
      <QuietHours wishes={wishes} change={change} />
      <Setting label={t('settings.sound')} hint={t('settings.soundHint')}>
        <div className="nc-setting__group">
          <Switch
            aria-label={t('settings.sound')}
            checked={wishes.sound}
            onChange={(event) => change({ sound: event.currentTarget.checked })}
          />
          <Button
            variant="default"
            leftSection={<IconVolume size={15} aria-hidden="true" />}
            onClick={playAlarm}
          >
            {t('settings.try')}
          </Button>
          {wishes.sound && <Mute mutedUntil={wishes.mutedUntil} />}
        </div>
      </Setting>
    </section>
  )
}

const QuietHours = ({
  wishes,
  change,
}: {
  readonly wishes: Wishes
  readonly change: (part: Partial<Wishes>) => void
}) => {
  const { t } = useTranslation('notify')
  const { quietHours } = wishes
  return (
    <Setting label={t('settings.quiet')} hint={t('settings.quietHint')}>
      <div className="nc-setting__group">
        <Switch
          aria-label={t('settings.quiet')}
          checked={quietHours !== null}
          onChange={(event) =>
            change({ quietHours: event.currentTarget.checked ? usualQuiet : null })
          }
        />
        {quietHours !== null && (
          <>
            {(['fromMinute', 'toMinute'] as const).map((end) => (
              <input
                key={end}
                type="time"
                className="nc-time"
                aria-label={t(end === 'fromMinute' ? 'settings.quietFrom' : 'settings.quietTo')}
                value={timeOf(quietHours[end])}
                onChange={(event) => {
                  const minute = minuteOf(event.currentTarget.value)
                  if (minute !== null) change({ quietHours: { ...quietHours, [end]: minute } })
                }}
              />
            ))}
            <Checkbox
              label={t('settings.criticalToo')}
              checked={quietHours.criticalToo}
              onChange={(event) =>
                change({
                  quietHours: { ...quietHours, criticalToo: event.currentTarget.checked },
                })
              }
            />
          </>
        )}
      </div>
    </Setting>
  )
}

const Mute = ({ mutedUntil }: { readonly mutedUntil: number | null }) => {
  const { t } = useTranslation('notify')
  const format = useFormat()
  const muted = useTicking(
    useCallback((now: number) => (isMuted(mutedUntil, now) ? 'yes' : ''), [mutedUntil]),
  )
  const Icon = muted === 'yes' ? IconBell : IconBellOff
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon size={15} aria-hidden="true" />}
        onClick={toggleMute}
      >
        {t(muted === 'yes' ? 'settings.unmute' : 'settings.mute')}
      </Button>
      {muted === 'yes' && mutedUntil !== null && (
        <span className="nc-small nc-soft">
          {t('settings.muted', { time: format.instant(mutedUntil, 'minute') })}
        </span>
      )}
    </>
  )
}
