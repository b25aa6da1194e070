import { Button } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { callQuery, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { DataAge } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'

type Interfaces = Output<'network.oltInterfaces'>

export interface InterfacesPanelProps {
  readonly oltId: string
  /** A problem box above says already that no family fits. */
  readonly explained: boolean
}

/** The generic view of an OLT of no known family: its interfaces, read on demand from the device. */
export const InterfacesPanel = ({ oltId, explained }: InterfacesPanelProps) => {
  const { t } = useTranslation('network')
  const [state, setState] = useState<{
    readonly value?: Interfaces
    readonly failure?: Failure
    readonly busy: boolean
  }>({ busy: false })
  const task = useRef<string | undefined>(undefined)

  const read = useCallback(() => {
    const taskId = makeUuidV7()
    task.current = taskId
    setState((before) => ({
      ...(before.value === undefined ? {} : { value: before.value }),
      busy: true,
    }))
    callQuery('network.oltInterfaces', { oltId, taskId }).then(
      (value) => {
        if (task.current === taskId) setState({ value, busy: false })
      },
      (error: unknown) => {
        if (task.current === taskId) setState({ failure: failureOf(error), busy: false })
      },
    )
  }, [oltId])

  useEffect(() => {
    read()
    return () => {
      const taskId = task.current
      task.current = undefined
      // Leaving the page must not leave a walk running; if it has ended, this changes nothing.
      if (taskId !== undefined) runCommand('workspace.cancel', { taskId }).catch(() => undefined)
    }
  }, [read])

  return (
    <section className="nc-panel" aria-label={t('olts.page.interfaces')}>
      <header className="nc-panel__head">
        <h2>{t('olts.page.interfaces')}</h2>
        {state.value === undefined ? null : (
          <span className="nc-small">
            <DataAge at={state.value.at} intervalS={3600} exact />
          </span>
        )}
        <Button variant="default" onClick={read} loading={state.busy}>
          {t('olts.page.interfacesRead')}
        </Button>
      </header>
      {explained ? null : (
        <p className="nc-panel__body nc-soft">
          <strong>{t('olts.page.unrecognisedTitle')}.</strong> {t('olts.page.unrecognisedText')}
        </p>
      )}
      {state.failure === undefined ? null : <FailureState failure={state.failure} onRetry={read} />}
      {state.value === undefined ? (
        state.busy ? (
          <LoadingState rows={6} />
        ) : null
      ) : state.value.interfaces.length === 0 ? (
        <p className="no-quiet">{t('olts.page.interfacesNone')}</p>
      ) : (
        <InterfaceTable interfaces={state.value.interfaces} />
      )}
    </section>
  )
}

const InterfaceTable = ({ interfaces }: { readonly interfaces: Interfaces['interfaces'] }) => {
  const { t } = useTranslation('network')
  return (
    <div className="no-scroll no-scroll--tall">
      <table className="nc-table">
        <thead>
          <tr>
            <th scope="col" className="nc-num">
              {t('olts.page.ifIndex')}
            </th>
            <th scope="col">{t('olts.page.ifName')}</th>
            <th scope="col">{t('olts.page.ifDescription')}</th>
            <th scope="col" className="nc-num">
              {t('olts.page.ifType')}
            </th>
            <th scope="col">{t('olts.page.ifState')}</th>
          </tr>
        </thead>
        <tbody>
          {interfaces.map((each) => (
            <tr key={each.index}>
              <td className="nc-num nc-mono">{each.index}</td>
              <td className="nc-mono">{each.name ?? '–'}</td>
              <td>{each.description ?? '–'}</td>
              <td className="nc-num">{each.type ?? '–'}</td>
              <td className="no-pon-state" data-state={each.state}>
                {t(`olts.page.ponStates.${each.state}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
