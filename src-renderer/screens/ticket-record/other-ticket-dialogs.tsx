import { Select } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TicketRow } from '../../../src-shared/contract/tickets-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from './ticket-acts.ts'

const typedMs = 200
const linkKinds = ['child', 'related', 'duplicate'] as const

/** Another ticket, found by the engine as it is typed. */
const OtherTicket = ({
  than,
  value,
  onChange,
}: {
  readonly than: string
  readonly value: string | null
  readonly onChange: (ticketId: string | null) => void
}) => {
  const { t } = useTranslation('ticket-record')
  const [typed, setTyped] = useState('')
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), typedMs)
    return () => clearTimeout(timer)
  }, [typed])
  const found = useQuery('tickets.list', { filter: { search }, limit: 20 })
  const [chosen, setChosen] = useState<TicketRow | null>(null)
  const labelOf = ({ number, subject }: TicketRow): string => `${number} · ${subject}`
  const rows = (found.value?.tickets ?? []).filter(
    ({ id, state }) => id !== than && id !== chosen?.id && state !== 'merged',
  )
  return (
    <Select
      label={t('other')}
      placeholder={t('otherHint')}
      searchable
      withAsterisk
      nothingFoundMessage={t('otherNone')}
      value={value}
      onChange={(id) => {
        setChosen(rows.find((row) => row.id === id) ?? null)
        onChange(id)
        setTyped('')
      }}
      onSearchChange={(text) => {
        if (chosen === null || text !== labelOf(chosen)) setTyped(text)
      }}
      // The engine has found them already.
      filter={({ options }) => options}
      data={[...(chosen === null ? [] : [chosen]), ...rows].map((row) => ({
        value: row.id,
        label: labelOf(row),
      }))}
      data-autofocus
    />
  )
}

interface DialogProps {
  readonly ticket: TicketRow
  readonly onClose: () => void
}

/** Two reports of one thing: all that was said goes on in the other, and this one is over. */
export const MergeDialog = ({ ticket, onClose }: DialogProps) => {
  const { t } = useTranslation('ticket-record')
  const [intoId, setInto] = useState<string | null>(null)
  return (
    <FormDialog
      title={t('mergeTitle', { number: ticket.number })}
      button={t('mergeDo')}
      ready={intoId !== null}
      onClose={onClose}
      onSubmit={async () => {
        if (intoId === null) return false
        const at = { id: ticket.id, baseVersion: ticket.version }
        if ((await act('tickets.merge', { ...at, intoId })) === null) return false
        showToast({ kind: 'done', title: t('merged', { number: ticket.number }) })
        navigate(paths.ticket(intoId))
        return true
      }}
    >
      <p className="nc-soft">{t('mergeText')}</p>
      <OtherTicket than={ticket.id} value={intoId} onChange={setInto} />
    </FormDialog>
  )
}

export const LinkDialog = ({ ticket, onClose }: DialogProps) => {
  const { t } = useTranslation('ticket-record')
  const [otherId, setOther] = useState<string | null>(null)
  const [kind, setKind] = useState<(typeof linkKinds)[number]>('related')
  return (
    <FormDialog
      title={t('linkTitle', { number: ticket.number })}
      button={t('linkDo')}
      ready={otherId !== null}
      onClose={onClose}
      onSubmit={async () =>
        otherId !== null && (await act('tickets.link', { id: ticket.id, otherId, kind })) !== null
      }
    >
      <Select
        label={t('linkKind')}
        allowDeselect={false}
        value={kind}
        onChange={(value) => setKind(linkKinds.find((one) => one === value) ?? 'related')}
        data={linkKinds.map((value) => ({ value, label: t(`linkOf.${value}`) }))}
      />
      <OtherTicket than={ticket.id} value={otherId} onChange={setOther} />
    </FormDialog>
  )
}
