import { Button, Checkbox, NumberInput, TextInput } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChecklistItem } from '../../../src-shared/domain/work-order.ts'
import { useFormat } from '../../components/use-format.ts'
import { useMoment } from '../fieldwork/order-words.tsx'
import { act, type WorkOrderRecord } from './order-acts.ts'

type Value = boolean | number | string

/** What was asked for, and what was answered; what is missing says so at its place. */
export const ChecklistPanel = ({
  record,
  mayWork,
}: {
  readonly record: WorkOrderRecord
  readonly mayWork: boolean
}) => {
  const { t, i18n } = useTranslation('fieldwork')
  const language = i18n.language === 'id' ? 'id' : 'en'
  const format = useFormat()
  const moment = useMoment()
  const { paper, answers, order, missing } = record
  if (paper.items.length === 0) return null
  const done = paper.items.filter(({ id }) => answers.some(({ itemId }) => itemId === id)).length
  return (
    <section className="nc-panel" aria-label={t('checklist')}>
      <header className="nc-panel__head">
        <h2>{t('checklist')}</h2>
        <span className="nc-soft nc-small">
          {t('checklistDone', {
            done: format.number(done),
            all: format.number(paper.items.length),
          })}
        </span>
      </header>
      <ul className="nfo-items nc-panel__body">
        {paper.items.map((item) => {
          const answer = answers.find(({ itemId }) => itemId === item.id)
          const isMissing = missing.some(({ kind, id }) => kind === 'item' && id === item.id)
          return (
            <li key={item.id}>
              <Answer
                item={item}
                label={item.label[language]}
                value={answer?.value ?? null}
                mayWork={mayWork}
                onValue={(value) =>
                  void act('fieldwork.note', {
                    id: order.id,
                    note: { kind: 'answered', itemId: item.id, value },
                  })
                }
              />
              {isMissing ? (
                <Missing />
              ) : answer === undefined ? (
                <span className="nc-faint nc-small">{t('optional')}</span>
              ) : (
                <span className="nc-soft nc-small">
                  {answer.by ?? t('somebody')} · {moment(answer.at)}
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

export const Missing = () => {
  const { t } = useTranslation('fieldwork')
  return (
    <span className="nfo-missing nc-small">
      <IconAlertCircle size={14} aria-hidden="true" />
      {t('required')}
    </span>
  )
}

interface AnswerProps {
  readonly item: ChecklistItem
  readonly label: string
  readonly value: Value | null
  readonly mayWork: boolean
  readonly onValue: (value: Value | null) => void
}

const Answer = ({ item, label, value, mayWork, onValue }: AnswerProps) => {
  if (item.kind === 'tick') {
    return (
      <Checkbox
        label={label}
        checked={value === true}
        disabled={!mayWork}
        onChange={(event) => onValue(event.currentTarget.checked ? true : null)}
      />
    )
  }
  return <TypedAnswer item={item} label={label} value={value} mayWork={mayWork} onValue={onValue} />
}

/** Sent when the field is left or Enter is pressed, and not with each letter. */
const TypedAnswer = ({ item, label, value, mayWork, onValue }: AnswerProps) => {
  const { t } = useTranslation('fieldwork')
  const [typed, setTyped] = useState<string | number>(
    typeof value === 'boolean' ? '' : (value ?? ''),
  )
  useEffect(() => setTyped(typeof value === 'boolean' ? '' : (value ?? '')), [value])
  const send = (): void => {
    const next = typeof typed === 'string' ? typed.trim() : typed
    if (next === (value ?? '')) return
    onValue(next === '' ? null : next)
  }
  const fields = {
    label,
    disabled: !mayWork,
    value: typed,
    onBlur: send,
  }
  return (
    <form
      className="nfo-typed"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {item.kind === 'number' ? (
        <NumberInput
          {...fields}
          suffix={item.unit === '' ? '' : ` ${item.unit}`}
          onChange={(next) => setTyped(next)}
        />
      ) : (
        <TextInput
          {...fields}
          maxLength={2000}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {mayWork && typed !== (value ?? '') && (
        <Button type="submit" size="compact-sm" variant="default">
          {t('save')}
        </Button>
      )}
    </form>
  )
}
