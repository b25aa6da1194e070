import { Button } from '@mantine/core'
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconPlayerPlay,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'

type CheckResult = Output<'families.check'>
type Capture = CheckResult['captures'][number]

export interface FamilyCapturesProps {
  readonly id: string
  /** Run without being asked: for the author of a family, who comes for this. */
  readonly atOnce: boolean
}

/** What the family reads from the recordings beside it, against what its author expects. */
export const FamilyCaptures = ({ id, atOnce }: FamilyCapturesProps) => {
  const { t } = useTranslation('families')
  const [wanted, setWanted] = useState(atOnce)
  const { value, failure, refresh } = useQuery('families.check', { id }, { skip: !wanted })
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('page.captures')}</h2>
        {wanted ? null : (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            onClick={() => setWanted(true)}
          >
            {t('page.run')}
          </Button>
        )}
      </header>
      {!wanted ? null : value !== undefined ? (
        <Results result={value} />
      ) : failure === undefined ? (
        <p className="nc-panel__body nc-soft" role="status">
          {t('page.running')}
        </p>
      ) : (
        <FailureState failure={failure} onRetry={refresh} brief />
      )}
    </section>
  )
}

const Results = ({ result: { captures, problem } }: { readonly result: CheckResult }) => {
  const { t } = useTranslation('families')
  if (captures.length === 0 && problem === null) {
    return <p className="nc-panel__body nc-soft">{t('page.noCaptures')}</p>
  }
  return (
    <div className="nc-panel__body fa-captures">
      {problem === null ? null : (
        <div role="alert">
          <strong>{t('page.capturesProblem')}</strong>
          <pre className="fa-code">{problem}</pre>
        </div>
      )}
      {captures.map((capture) => (
        <CaptureLine key={capture.capture} capture={capture} />
      ))}
    </div>
  )
}

const icons: Readonly<Record<Capture['result'], Icon>> = {
  passed: IconCircleCheck,
  failed: IconCircleX,
  skipped: IconCircleDashed,
}

const CaptureLine = ({ capture }: { readonly capture: Capture }) => {
  const { t } = useTranslation('families')
  const ResultIcon = icons[capture.result]
  return (
    <div className="fa-capture" data-result={capture.result}>
      <div className="fa-capture__head">
        <ResultIcon size={15} stroke={1.7} aria-hidden="true" />
        <span className="nc-mono">{capture.capture}</span>
        <strong>{t(`result.${capture.result}`)}</strong>
        {capture.onus === null ? null : (
          <span className="nc-soft">{t('page.onus', { count: capture.onus })}</span>
        )}
      </div>
      {capture.reason === null ? null : <p className="nc-soft nc-small">{capture.reason}</p>}
      {capture.differences.length === 0 ? null : (
        <ul>
          {capture.differences.map((difference, index) => (
            <li key={index} className="nc-small">
              {difference}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
