import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { TicketOriginDialog, useMayOpenTickets } from '../ticket-new/new-ticket-dialog.tsx'
import { useTicketOfNumber } from '../ticket-new/use-ticket-of-number.ts'
import { actOnAlarms, type AlarmAct } from './alarm-acts.ts'
import {
  AcknowledgeFields,
  AssignFields,
  NoteFields,
  ShelveFields,
  TicketFields,
} from './act-fields.tsx'
import { sizeOf, type AlarmTarget } from './alarm-target.ts'
import { placeWord } from './alarm-words.ts'
import { useSpeaker } from './use-speaker.ts'

export type AskedAct = 'acknowledge' | 'note' | 'shelve' | 'assign' | 'ticket'

export interface ActDialogProps {
  readonly ask: AskedAct
  readonly target: AlarmTarget
  readonly onClose: () => void
  /** It was done. */
  readonly onDone: () => void
}

export interface ActFieldsProps {
  readonly target: AlarmTarget
  /** null: not complete yet. */
  readonly onAct: (act: AlarmAct | null) => void
}

const fieldsOf: Readonly<Record<AskedAct, (props: ActFieldsProps) => ReactNode>> = {
  acknowledge: AcknowledgeFields,
  note: NoteFields,
  shelve: ShelveFields,
  assign: AssignFields,
  ticket: TicketFields,
}

/** Asks what an act needs, and says for how many it is, before anything happens. */
export const ActDialog = (props: ActDialogProps): ReactNode =>
  props.ask === 'ticket' ? <TicketOfAlarms {...props} /> : <AskedDialog {...props} />

/** One alarm without a ticket gets one, one that has it leads there; of several the number is typed. */
const TicketOfAlarms = (props: ActDialogProps): ReactNode => {
  const { target, onClose } = props
  const speaker = useSpeaker()
  const mayOpen = useMayOpenTickets()
  const [isTyped, setTyped] = useState(false)
  const alarm = target.kind === 'rows' && target.rows.length === 1 ? target.rows[0] : undefined
  const { id } = useTicketOfNumber(mayOpen ? (alarm?.ticket ?? null) : null)
  useEffect(() => {
    if (id == null) return
    onClose()
    navigate(paths.ticket(id))
  }, [id, onClose])
  if (id !== null) return null
  if (alarm === undefined || alarm.ticket !== null || isTyped || !mayOpen) {
    return <AskedDialog {...props} />
  }
  const place = [alarm.oltName, placeWord(speaker, alarm.resource), alarm.name]
  return (
    <TicketOriginDialog
      origin={{
        source: { kind: 'alarm', id: alarm.id },
        subject: `${speaker.t(`type.${alarm.type}`)}: ${place.filter(Boolean).join(' · ')}`,
      }}
      onClose={onClose}
      onTyped={() => setTyped(true)}
    />
  )
}

const AskedDialog = ({ ask, target, onClose, onDone }: ActDialogProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const [act, setAct] = useState<AlarmAct | null>(null)
  const count = sizeOf(target)
  const Fields = fieldsOf[ask]

  const submit = async (): Promise<boolean> => {
    const done = act !== null && (await actOnAlarms(act, target))
    if (done) onDone()
    return done
  }

  return (
    <FormDialog
      title={t(`act.${ask}.title`)}
      button={t(`act.${ask}.button`, { count })}
      ready={act !== null}
      onClose={onClose}
      onSubmit={submit}
    >
      <TargetPreview target={target} />
      <Fields target={target} onAct={setAct} />
    </FormDialog>
  )
}

const shownLines = 3

/** How many, and which: the first of them by name. */
const TargetPreview = ({ target }: { readonly target: AlarmTarget }): ReactNode => {
  const speaker = useSpeaker()
  const { t } = speaker
  const count = sizeOf(target)
  if (target.kind === 'matching') {
    return <p className="na-preview">{t('act.previewMatching', { count })}</p>
  }
  return (
    <div className="na-preview">
      {count > 1 && <p>{t('act.preview', { count })}</p>}
      <ul>
        {target.rows.slice(0, shownLines).map((row) => (
          <li key={row.id}>
            <SeverityBadge severity={row.clearedAt === null ? row.severity : 'cleared'} short />
            <span className="nc-cut">
              <strong>{t(`type.${row.type}`)}</strong>{' '}
              {[row.oltName, placeWord(speaker, row.resource), row.name]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {count > shownLines && (
        <p className="nc-faint">{t('act.previewMore', { count: count - shownLines })}</p>
      )}
    </div>
  )
}
