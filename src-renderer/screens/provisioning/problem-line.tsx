import { IconAlertOctagon, IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText, type Told } from '../../components/error-text.ts'

export interface ProblemLineProps {
  readonly problem: Told
  readonly kind?: 'stops' | 'warns' | 'tells'
  /** What it is about, before the words. */
  readonly about?: ReactNode
  /** Without what to do. */
  readonly brief?: boolean
}

const icons = { stops: IconAlertOctagon, warns: IconAlertTriangle, tells: IconInfoCircle }

/** A problem in one or two lines: what it is and what to do. */
export const ProblemLine = ({
  problem,
  kind = 'stops',
  about,
  brief = false,
}: ProblemLineProps) => {
  const { t } = useTranslation('error')
  const text = errorText(t, problem)
  const KindIcon = icons[kind]
  return (
    <div className="npv-problem" data-kind={kind} title={text.means}>
      <KindIcon size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
      <span>
        {about}
        <span>{text.what}</span>
        {!brief && <span className="nc-soft"> {text.toDo}</span>}
      </span>
    </div>
  )
}
