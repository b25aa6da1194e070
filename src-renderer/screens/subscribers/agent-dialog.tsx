import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../src-shared/contract/index.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from './subscriber-acts.ts'

export type Chosen = CallInput<'subscribers.setAgent'>['which']

/** Gives many subscribers to one agent: first what would change, then the change, with its undo. */
export const AgentDialog = ({
  which,
  onClose,
  onDone,
}: {
  readonly which: Chosen
  readonly onClose: () => void
  readonly onDone: () => void
}) => {
  const { t } = useTranslation('subscribers')
  const agents = useQuery('subscribers.agents', {}).value?.agents ?? []
  const [agentId, setAgentId] = useState('')
  const to = agentId === '' ? null : agentId
  const { value, failure, refresh } = useQuery('subscribers.previewAgent', { which, agentId: to })
  const name = agents.find(({ id }) => id === to)?.name ?? ''

  const submit = async (): Promise<boolean> => {
    if (value === undefined) return false
    const done = await act('subscribers.setAgent', {
      which,
      agentId: to,
      expected: value.changing,
    })
    if (done === null) {
      refresh()
      return false
    }
    const undo = async (): Promise<void> => {
      for (const { agentId: before, ids } of done.before) {
        for (let at = 0; at < ids.length; at += 5000) {
          const slice = ids.slice(at, at + 5000)
          const back = { which: { ids: slice }, agentId: before, expected: slice.length }
          await act('subscribers.setAgent', back)
        }
      }
    }
    showToast({
      kind: 'done',
      title:
        to === null
          ? t('agent.doneNobody', { count: done.changed })
          : t('agent.done', { count: done.changed, name }),
      undo: () => void undo(),
    })
    onDone()
    return true
  }
  return (
    <FormDialog
      title={t('agent.title')}
      button={
        value === undefined || value.changing === 0
          ? t('agent.nothing')
          : t('agent.apply', { count: value.changing })
      }
      ready={(value?.changing ?? 0) > 0}
      onClose={onClose}
      onSubmit={submit}
    >
      <Select
        label={t('agent.to')}
        value={agentId}
        allowDeselect={false}
        onChange={(next) => setAgentId(next ?? '')}
        data={[
          { value: '', label: t('agent.nobody') },
          ...agents.map((one) => ({ value: one.id, label: one.name })),
        ]}
        data-autofocus
      />
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} />
      ) : (
        <div aria-live="polite">
          <p>{t('agent.preview', { changing: value.changing, chosen: value.chosen })}</p>
          <ul>
            {value.from.map((one) => (
              <li key={one.agentName ?? ''}>
                {one.agentName === null
                  ? t('agent.fromNobody', { count: one.count })
                  : t('agent.from', { count: one.count, name: one.agentName })}
              </li>
            ))}
          </ul>
          <p className="nc-soft">
            {value.sample.map((one) => `${one.code} ${one.name}`).join(' · ')}
          </p>
        </div>
      )}
    </FormDialog>
  )
}
