import { IconKeyOff, IconLockExclamation, IconLockOpen2, IconLockPause } from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import type { CliWarning } from './cli-warnings.ts'

export const warningIcons: Readonly<Record<CliWarning, Icon>> = {
  keyChanged: IconLockExclamation,
  loginsPaused: IconLockPause,
  telnet: IconLockOpen2,
  legacySsh: IconKeyOff,
}
