import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { errorText } from '../../components/error-text.ts'
import { Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import './olt-parts.css'

export interface OltProblemProps {
  readonly olt: OltRow
  /** One line: what happened, and since when. */
  readonly brief?: boolean
}

/** What keeps an OLT from being read, in words. */
export const OltProblem = ({ olt, brief = false }: OltProblemProps) => {
  const { t } = useTranslation('network')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const { problem } = olt
  if (problem === null) {
    return olt.reachability === 'unreachable' ? (
      <div className="no-problem" role="alert">
        <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
        <p className={brief ? 'nc-cut' : undefined}>
          {t('olts.page.unreachableText', { time: format.instant(olt.since) })}
        </p>
      </div>
    ) : null
  }
  const text = errorText(tError, problem)
  return (
    <div
      className="no-problem"
      role={brief ? undefined : 'alert'}
      data-brief={brief ? '' : undefined}
    >
      <IconAlertTriangle size={15} stroke={1.8} aria-hidden="true" className="nc-icon" />
      {brief ? (
        <p className="nc-cut" title={`${text.what} ${text.means} ${text.toDo}`}>
          <strong>{text.what}</strong> <span className="nc-soft">{text.toDo}</span>
        </p>
      ) : (
        <div>
          <p>
            <strong>{text.what}</strong>{' '}
            <span className="nc-faint">
              <Since at={problem.at} />
            </span>
          </p>
          <p className="nc-soft">{text.means}</p>
          <p>{text.toDo}</p>
        </div>
      )}
    </div>
  )
}
