import {
  IconArrowBarToDown,
  IconBan,
  IconBoltOff,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconPlugConnected,
  IconUnlink,
  type Icon,
} from '@tabler/icons-react'
import type { CounterName } from './counter-model.ts'

/** Each counter has a shape of its own: colour is never all there is. */
export const counterIcons: Readonly<Record<CounterName, Icon>> = {
  online: IconCircleCheck,
  offlineOptical: IconUnlink,
  offlinePower: IconBoltOff,
  offlineOther: IconCircleX,
  unknown: IconHelpCircle,
  disabled: IconBan,
  lowSignal: IconArrowBarToDown,
  unconfigured: IconPlugConnected,
}
