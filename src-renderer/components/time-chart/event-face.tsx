import {
  IconBulb,
  IconBulbOff,
  IconPlugConnected,
  IconPlugConnectedX,
  IconReplace,
  IconRotate,
  IconVersions,
  type Icon,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { causeClassOf, downCauses, onuStates } from '../../../src-shared/domain/onu-state.ts'
import { stateIcon } from '../state-badge.tsx'
import { eventFace, type ChartEvent, type EventFace } from './chart-events.ts'
import { shownStateOf } from './shown-state.ts'

export const faceIcon = (face: EventFace): Icon => {
  switch (face) {
    case 'onu-replaced':
      return IconReplace
    case 'onu-firmware':
      return IconVersions
    case 'olt-unreachable':
      return IconPlugConnectedX
    case 'olt-reachable':
      return IconPlugConnected
    case 'olt-restarted':
      return IconRotate
    case 'pon-dark':
      return IconBulbOff
    case 'pon-lit':
      return IconBulb
    default:
      return stateIcon(face)
  }
}

/** "ONU offline, power: dying gasp". */
export const eventWords = (
  event: ChartEvent,
  t: TFunction<'history'>,
  network: TFunction<'network'>,
): string => {
  const face = eventFace(event)
  if (face === null) return ''
  if (event.kind !== 'onu-state') {
    return event.kind === 'none' ? '' : t(`events.${event.kind}`)
  }
  const cause = downCauses[event.detail] ?? 'unknown'
  const name = onuStates[event.code] ?? 'unknown'
  const state = network(`state.${shownStateOf(name, causeClassOf(cause))}`).toLocaleLowerCase()
  return name !== 'offline' || cause === 'none'
    ? t('events.state', { state })
    : t('events.stateCause', { state, cause: network(`cause.${cause}`) })
}
