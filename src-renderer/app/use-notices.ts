import i18next from 'i18next'
import { useEffect } from 'react'
import { onEvent } from '../client/client.ts'
import { showToast } from '../components/toast.tsx'
import { startApprovalNotices } from '../screens/approvals/approval-notices.ts'
import { changePreferences, usePreferences } from '../state/preferences.ts'
import { mayRing, ring } from './alarm-sound.ts'
import { useShortcut } from './keyboard-hooks.ts'
import { navigate } from './location.ts'

const muteMs = 3_600_000

/** Rings for what is critical, and goes where a notification of the desktop leads. */
export const useNotices = (): void => {
  useEffect(() => {
    const stops = [
      startApprovalNotices(),
      onEvent('alarms.notice', ({ severity, why }) => {
        if (severity !== 'critical' || why === 'outage-ended') return
        const now = new Date()
        const { notifications } = usePreferences.getState().preferences
        if (mayRing(notifications, now.getTime(), now.getHours() * 60 + now.getMinutes())) ring()
      }),
      onEvent('workspace.openRoute', ({ route }) => {
        if (isOwnRoute(route)) navigate(route)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  useShortcut('muteSound', toggleMute)
}

/** Addresses inside the console alone: `/outages/…`, never `//elsewhere`. */
export const isOwnRoute = (route: string): boolean => /^\/[a-z][a-z0-9/-]*$/.test(route)

export const isMuted = (mutedUntil: number | null, now: number): boolean => (mutedUntil ?? 0) > now

/** Mutes for an hour, or takes that back. */
export const toggleMute = (): void => {
  const { notifications } = usePreferences.getState().preferences
  const t = i18next.getFixedT(null, 'notify')
  if (!notifications.sound) {
    showToast({ kind: 'info', title: t('settings.off') })
    return
  }
  const muted = isMuted(notifications.mutedUntil, Date.now())
  changePreferences({
    notifications: { ...notifications, mutedUntil: muted ? null : Date.now() + muteMs },
  })
  showToast({
    kind: 'info',
    title: t(muted ? 'settings.unmutedToast' : 'settings.mutedToast'),
    undo: () => changePreferences({ notifications }),
  })
}
