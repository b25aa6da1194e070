import { Button } from '@mantine/core'
import { IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { configPartText, onuConfigParts } from '../../../src-shared/domain/onu-config.ts'
import { callQuery } from '../../client/client.ts'
import { useTask } from '../../client/use-task.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { noValue } from '../../components/format.ts'
import { PartText } from '../provisioning/differences.tsx'
import { ProblemLine } from '../provisioning/problem-line.tsx'
import { useHeldOnu } from './onu-acts.tsx'
import { ServiceLine } from './service-line.tsx'

type Held = Output<'provisioning.onu'>

export interface ConfigPanelProps {
  readonly oltId: string
  readonly address: OnuAddress
}

/** How the ONU is set: what the console holds beside what the OLT said last. */
export const ConfigPanel = ({ oltId, address }: ConfigPanelProps) => {
  const { t } = useTranslation('provisioning')
  const { value: held, failure, refresh } = useHeldOnu(oltId, address)
  const task = useTask<Held>()
  const [fresh, setFresh] = useState<Held | null>(null)
  const shown = fresh ?? held
  const read = (): void =>
    task.start(async (taskId) => {
      const answer = await callQuery('provisioning.onu', { oltId, address, fresh: true, taskId })
      setFresh(answer)
      return answer
    })
  return (
    <section className="nc-panel npo-config" aria-label={t('config.title')}>
      <header className="nc-panel__head">
        <h2>{t('config.title')}</h2>
        <PresentOnly>
          {task.state.kind === 'running' ? (
            <Button variant="default" size="compact-sm" onClick={task.cancel}>
              {t('config.reading')}
            </Button>
          ) : (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconDownload size={14} stroke={1.7} aria-hidden="true" />}
              onClick={read}
            >
              {t('config.readNow')}
            </Button>
          )}
        </PresentOnly>
      </header>
      <div className="nc-panel__body npo-config__body">
        {task.state.kind === 'failed' && (
          <FailureState brief failure={task.state.failure} onRetry={read} />
        )}
        {shown === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={5} brief />
        ) : (
          <>
            {shown.problem !== null && <ProblemLine problem={shown.problem} kind="tells" />}
            <ServiceLine oltId={oltId} address={address} held={shown} />
            <Compared held={shown} />
          </>
        )}
      </div>
    </section>
  )
}

const Compared = ({ held }: { readonly held: Held }) => {
  const { t } = useTranslation('provisioning')
  const { record, actual, differences } = held
  if (record === null && actual === null) return <p className="nc-soft">{t('config.neither')}</p>
  const differs = new Set(differences.map(({ part }) => part))
  const parts = onuConfigParts.filter(
    (part) => (record?.[part] ?? null) !== null || (actual?.[part] ?? null) !== null,
  )
  return (
    <>
      {record !== null && actual !== null && differences.length === 0 && (
        <p className="npo-agrees">
          <IconCircleCheck size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
          {t('config.agrees')}
        </p>
      )}
      <table className="nc-table npv-diff">
        <thead>
          <tr>
            <th scope="col">{t('plan.part')}</th>
            <th scope="col">
              {t('config.record')}{' '}
              {record === null ? <span>({t('config.none')})</span> : <Since at={held.recordAt} />}
            </th>
            <th scope="col">
              {t('config.actual')}{' '}
              {actual === null ? (
                <span>({t('config.neverRead')})</span>
              ) : (
                <Since at={held.actualAt} />
              )}
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part} data-differs={differs.has(part) || undefined}>
              <th scope="row">
                {t(`part.${part}`)}
                {differs.has(part) && <span className="npo-differs"> ≠ {t('config.differs')}</span>}
              </th>
              <td className="nc-mono">
                {record === null ? (
                  noValue
                ) : (
                  <PartText part={part} text={configPartText(record, part)} />
                )}
              </td>
              <td className="nc-mono">
                {actual === null ? (
                  noValue
                ) : (
                  <PartText part={part} text={configPartText(actual, part)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
