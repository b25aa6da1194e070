import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { useFormat } from '../../components/use-format.ts'
import { ProblemLine } from './problem-line.tsx'

const mostShown = 200

/** What stands against it, what is worth knowing, and what is left alone. */
export const PlanNotes = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const { obstacles, warnings, stopReason, leftOut } = plan
  const open = plan.state === 'draft'
  return (
    <>
      {stopReason !== null && <ProblemLine problem={stopReason} />}
      {open &&
        obstacles.map((one) => (
          <ProblemLine
            key={JSON.stringify(one)}
            problem={one}
            about={aboutOlt(one.params['olt'])}
          />
        ))}
      {open &&
        warnings.map((one) => (
          <ProblemLine
            key={JSON.stringify(one)}
            problem={one}
            kind="warns"
            about={aboutOlt(one.params['olt'])}
          />
        ))}
      {leftOut.length > 0 && (
        <details className="npv-left">
          <summary>
            {t('plan.leftOut', { count: leftOut.length, number: format.number(leftOut.length) })}
          </summary>
          <ul>
            {leftOut.slice(0, mostShown).map(({ oltId, text, problem }) => (
              <li key={`${oltId} ${text}`}>
                {text}
                {problem !== null && (
                  <span className="nc-soft"> {tError(`${problem.code}.what`, problem.params)}</span>
                )}
              </li>
            ))}
            {leftOut.length > mostShown && (
              <li className="nc-soft">
                {t('plan.leftOutMore', { number: format.number(leftOut.length - mostShown) })}
              </li>
            )}
          </ul>
        </details>
      )}
    </>
  )
}

const aboutOlt = (name: unknown) =>
  typeof name === 'string' && name !== '' ? <strong>{name}: </strong> : null
