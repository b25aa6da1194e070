import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { useQuery } from '../../client/hooks.ts'
import { useFormat } from '../../components/use-format.ts'
import { byReason } from './plan-model.ts'
import { ProblemLine } from './problem-line.tsx'

/** Of each reason. */
const mostShown = 100

/** What stands against it, what is worth knowing, and what is left alone. */
export const PlanNotes = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { obstacles, warnings, stopReason, leftOut } = plan
  const open = plan.state === 'draft'
  const olts = useQuery('network.olts', {}, { skip: leftOut.length === 0 }).value?.olts ?? []
  const oltNames = new Map(olts.map(({ id, name }) => [id, name]))
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
      {/* Some come only when it runs: the OLT did not save, its configuration was not kept. */}
      {warnings.map((one) => (
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
          <div
            className="npv-left__list"
            tabIndex={0}
            role="group"
            aria-label={t('plan.leftAlone')}
          >
            {byReason(leftOut).map(({ key, problem, rows }) => (
              <Fragment key={key}>
                {problem !== null && (
                  <ProblemLine
                    problem={problem}
                    kind="tells"
                    about={<strong>{format.number(rows.length)}: </strong>}
                  />
                )}
                <ul>
                  {rows.slice(0, mostShown).map(({ oltId, text }) => (
                    <li key={`${oltId} ${text}`}>
                      {oltNames.get(oltId)} <span className="nc-mono">{text}</span>
                    </li>
                  ))}
                  {rows.length > mostShown && (
                    <li className="nc-soft">
                      {t('plan.leftOutMore', { number: format.number(rows.length - mostShown) })}
                    </li>
                  )}
                </ul>
              </Fragment>
            ))}
          </div>
        </details>
      )}
    </>
  )
}

const aboutOlt = (name: unknown) =>
  typeof name === 'string' && name !== '' ? <strong>{name}: </strong> : null
