import {
  IconAlertOctagon,
  IconAlertSquare,
  IconAlertTriangle,
  IconCircleCheck,
  IconHelpHexagon,
  IconInfoCircle,
  type Icon,
} from '@tabler/icons-react'
import type { Severity } from '../../src-shared/domain/severity.ts'

/** Each severity has a shape of its own: colour is never all there is. */
export const severityIcons: Readonly<Record<Severity | 'cleared', Icon>> = {
  critical: IconAlertOctagon,
  major: IconAlertSquare,
  minor: IconAlertTriangle,
  warning: IconInfoCircle,
  indeterminate: IconHelpHexagon,
  cleared: IconCircleCheck,
}
