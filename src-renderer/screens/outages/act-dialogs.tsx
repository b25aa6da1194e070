import { Button, Radio, Select, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { verdicts } from '../../../src-shared/domain/outage-verdicts.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { TicketOriginDialog, useMayOpenTickets } from '../ticket-new/new-ticket-dialog.tsx'
import { useTicketOfNumber } from '../ticket-new/use-ticket-of-number.ts'
import { assign, correct, setTicket, writeNote } from './outage-acts.ts'
import { causeText, standingVerdict } from './outage-words.ts'
import { VerdictIcon } from './verdict-mark.tsx'

export type AskedAct = 'note' | 'assign' | 'ticket' | 'correct'

export interface DialogProps {
  readonly outage: OutageRow
  readonly onClose: () => void
}

/** The window of an act that needs more than a key press. */
export const ActDialog = ({ ask, ...props }: DialogProps & { readonly ask: AskedAct }) => {
  switch (ask) {
    case 'note':
      return <NoteDialog {...props} />
    case 'assign':
      return <AssignDialog {...props} />
    case 'ticket':
      return <TicketOfOutage {...props} />
    case 'correct':
      return <CorrectDialog {...props} />
  }
}

const noteMax = 2000

const NoteDialog = ({ outage, onClose }: DialogProps) => {
  const { t } = useTranslation('outages')
  const [note, setNote] = useState('')
  return (
    <FormDialog
      title={t('act.noteTitle')}
      button={t('act.noteSave')}
      ready={note.trim() !== ''}
      onClose={onClose}
      onSubmit={() => writeNote(outage, note.trim())}
    >
      <Textarea
        label={t('act.noteLabel')}
        value={note}
        maxLength={noteMax}
        autosize
        minRows={3}
        maxRows={12}
        onChange={(event) => setNote(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            event.currentTarget.form?.requestSubmit()
          }
        }}
        data-autofocus
      />
    </FormDialog>
  )
}

const nobody = '-'

const AssignDialog = ({ outage, onClose }: DialogProps) => {
  const { t } = useTranslation('outages')
  const me = useEntrance((state) => state.session?.account.id ?? '')
  const people = useQuery('access.people', {}).value?.people ?? []
  const [chosen, setChosen] = useState(outage.owner?.accountId ?? me)
  const options = people
    .toSorted((one, other) => Number(other.accountId === me) - Number(one.accountId === me))
    .map(({ accountId, name }) => ({
      value: accountId,
      label: accountId === me ? t('act.assignMe', { name }) : name,
    }))
  return (
    <FormDialog
      title={t('act.assignTitle')}
      button={t('act.assignSave')}
      ready={chosen === nobody || people.some((person) => person.accountId === chosen)}
      onClose={onClose}
      onSubmit={() => assign(outage, people.find((person) => person.accountId === chosen) ?? null)}
    >
      <Select
        label={t('act.assignLabel')}
        data={[...options, { value: nobody, label: t('act.assignNobody') }]}
        value={chosen}
        onChange={(next) => next !== null && setChosen(next)}
        allowDeselect={false}
        data-autofocus
      />
    </FormDialog>
  )
}

/** Without a ticket it gets one; the one that is there is gone to. */
const TicketOfOutage = (props: DialogProps) => {
  const { outage, onClose } = props
  const { t } = useTranslation('outages')
  const mayOpen = useMayOpenTickets()
  const [isTyped, setTyped] = useState(false)
  const { id } = useTicketOfNumber(mayOpen ? outage.ticket : null)
  useEffect(() => {
    if (id == null) return
    onClose()
    navigate(paths.ticket(id))
  }, [id, onClose])
  if (id !== null) return null
  return outage.ticket !== null || isTyped || !mayOpen ? (
    <TicketDialog {...props} />
  ) : (
    <TicketOriginDialog
      origin={{ source: { kind: 'outage', id: outage.id }, subject: causeText(t, outage) }}
      onClose={onClose}
      onTyped={() => setTyped(true)}
    />
  )
}

const TicketDialog = ({ outage, onClose }: DialogProps) => {
  const { t } = useTranslation('outages')
  const [ticket, setText] = useState(outage.ticket ?? '')
  return (
    <FormDialog
      title={t('act.ticketTitle')}
      button={t('act.ticketSave')}
      ready={ticket.trim() !== '' && ticket.trim() !== outage.ticket}
      onClose={onClose}
      onSubmit={() => setTicket(outage, ticket.trim())}
      other={
        outage.ticket === null ? null : (
          <Button
            variant="subtle"
            onClick={() => void setTicket(outage, null).then((done) => done && onClose())}
          >
            {t('act.ticketRemove')}
          </Button>
        )
      }
    >
      <TextInput
        label={t('act.ticketLabel')}
        value={ticket}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

const CorrectDialog = ({ outage, onClose }: DialogProps) => {
  const { t } = useTranslation('outages')
  const standing = standingVerdict(outage)
  const [chosen, setChosen] = useState(standing)
  const [note, setNote] = useState(outage.corrected?.note ?? '')
  return (
    <FormDialog
      title={t('act.correctTitle')}
      button={t('act.correctSave')}
      ready={chosen !== standing || note.trim() !== (outage.corrected?.note ?? '')}
      onClose={onClose}
      onSubmit={() => correct(outage, chosen, note.trim())}
      other={
        outage.corrected === null ? null : (
          <Button
            variant="subtle"
            onClick={() => void correct(outage, null, '').then((done) => done && onClose())}
          >
            {t('act.correctReset')}
          </Button>
        )
      }
    >
      <p className="nc-soft">{t('act.correctIntro')}</p>
      <Radio.Group
        label={t('act.correctLabel')}
        value={chosen}
        onChange={(next) => setChosen(verdicts.find((verdict) => verdict === next) ?? chosen)}
      >
        <div className="nu-choices">
          {verdicts.map((verdict) => (
            <Radio
              key={verdict}
              value={verdict}
              label={
                <span className="nu-choice">
                  <VerdictIcon verdict={verdict} />
                  {t(`verdict.${verdict}`)}
                  {verdict === outage.verdict ? (
                    <span className="nc-faint nc-small">{t('act.consoleSays')}</span>
                  ) : null}
                </span>
              }
              description={t(`verdictHint.${verdict}`)}
            />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t('act.correctNote')}
        value={note}
        maxLength={noteMax}
        autosize
        minRows={2}
        maxRows={6}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
