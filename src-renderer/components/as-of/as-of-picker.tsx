import { Button, TextInput } from '@mantine/core'
import { useMemo, useState, type CSSProperties, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { backToNow, lookAt, useAsOf } from '../../state/as-of.ts'
import { fromLocalInput, toLocalInput } from '../time-chart/local-time.ts'
import { useFormat } from '../use-format.ts'
import { momentText } from './moment-text.ts'
import { StepButtons } from './step-buttons.tsx'
import { dayMarks, stepped, within, type Span } from './steps.ts'

const hourMs = 3_600_000

/** Date and time, steps, and the whole history as a scale. */
export const AsOfPicker = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('asof')
  const format = useFormat()
  const asOf = useAsOf((state) => state.asOf)
  const [now] = useState(() => Date.now())
  const history = useQuery('history.status', {})
  const oldestAt = history.value?.oldestAt ?? null
  const span: Span = useMemo(() => ({ from: oldestAt, to: now }), [oldestAt, now])
  const [draft, setDraft] = useState(() =>
    asOf.kind === 'now' ? within(now - hourMs, { from: null, to: now }) : asOf.at,
  )
  const [text, setText] = useState(() => toLocalInput(draft))
  const choose = (at: number): void => {
    const next = within(at, span)
    setDraft(next)
    setText(toLocalInput(next))
  }
  const typed = fromLocalInput(text)
  const trouble = Number.isNaN(typed)
    ? t('picker.unreadable')
    : typed > now
      ? t('picker.ahead')
      : oldestAt !== null && typed < oldestAt
        ? t('picker.before', { time: momentText(format, oldestAt) })
        : null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (trouble !== null) return
    lookAt(typed)
    onClose()
  }
  return (
    <form className="nc-asof-form" onSubmit={submit}>
      <h2>{t('title')}</h2>
      <p className="nc-soft nc-small">{t('picker.hint')}</p>
      <TextInput
        type="datetime-local"
        label={t('picker.time')}
        value={text}
        error={trouble}
        max={toLocalInput(now)}
        {...(oldestAt === null ? {} : { min: toLocalInput(oldestAt) })}
        onChange={({ currentTarget: { value } }) => {
          setText(value)
          const at = fromLocalInput(value)
          if (!Number.isNaN(at)) setDraft(at)
        }}
        data-autofocus
      />
      <StepButtons at={draft} span={span} onStep={(step) => choose(stepped(draft, step))} />
      {oldestAt !== null && oldestAt < now && (
        <Scale from={oldestAt} to={now} at={draft} onChange={choose} />
      )}
      <div className="nc-asof-form__foot">
        {asOf.kind !== 'now' && (
          <Button
            variant="default"
            onClick={() => {
              backToNow()
              onClose()
            }}
          >
            {t('backToNow')}
          </Button>
        )}
        <Button type="submit" disabled={trouble !== null}>
          {t('picker.show')}
        </Button>
      </div>
    </form>
  )
}

interface ScaleProps {
  readonly from: number
  readonly to: number
  readonly at: number
  readonly onChange: (at: number) => void
}

const minuteMs = 60_000

/** The history from its begin to now, with a mark for each midnight. */
const Scale = ({ from, to, at, onChange }: ScaleProps) => {
  const { t } = useTranslation('asof')
  const format = useFormat()
  const marks = useMemo(() => dayMarks({ from, to }), [from, to])
  return (
    <div className="nc-asof-scale">
      <div className="nc-asof-scale__marks" aria-hidden="true">
        {marks.map((mark) => (
          <span key={mark} style={{ '--at': mark } as CSSProperties} />
        ))}
      </div>
      <input
        type="range"
        aria-label={t('picker.scale')}
        aria-valuetext={momentText(format, at)}
        min={from}
        max={to}
        step={minuteMs}
        value={Math.min(to, Math.max(from, at))}
        onChange={({ currentTarget: { value } }) => onChange(Number(value))}
      />
      <div className="nc-asof-scale__ends nc-small nc-soft">
        <span>{momentText(format, from)}</span>
        <span>{t('picker.now')}</span>
      </div>
    </div>
  )
}
