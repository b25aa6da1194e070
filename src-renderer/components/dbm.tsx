import { useTranslation } from 'react-i18next'
import { classifySignal, marginDb, type ReceiveRange } from '../../src-shared/domain/optics.ts'
import { isValue, type MaybeNumber } from './format.ts'
import { signalColour } from './signal-level.ts'
import { useFormat } from './use-format.ts'
import './dbm.css'

export interface DbmProps {
  readonly value: MaybeNumber
  /** The receiver's range, from which class and margin follow. */
  readonly range?: ReceiveRange
  /** Or the margin alone, as the engine counted it. */
  readonly marginDb?: MaybeNumber
  /** Write the unit behind the number; left out where the head of the column has it. */
  readonly unit?: boolean
}

/** A receive level, always with its margin: "−24.1 +2.9". The mark beside it is the light scale. */
export const Dbm = ({ value, range, marginDb: given, unit = false }: DbmProps) => {
  const { t } = useTranslation()
  const format = useFormat()
  if (!isValue(value)) {
    return (
      <span className="nc-dbm nc-faint" title={t('value.none')}>
        –
      </span>
    )
  }
  const margin = range === undefined ? given : marginDb(value, range)
  const signal = range === undefined ? 'good' : classifySignal(value, range)
  const known = isValue(margin)
  const text = known ? format.number(Math.abs(margin), 1) : ''
  return (
    <span
      className="nc-dbm"
      title={known ? t(margin < 0 ? 'value.below' : 'value.margin', { margin: text }) : undefined}
    >
      <span className="nc-dbm__value">{format.number(value, 1)}</span>
      {unit && <span className="nc-dbm__unit"> {t('unit.dbm')}</span>}
      {known && (
        <span className="nc-dbm__margin" data-below={margin < 0 ? '' : undefined}>
          {margin < 0 ? '\u2212' : '+'}
          {text}
        </span>
      )}
      {known && (
        <span
          className="nc-dbm__mark"
          aria-hidden="true"
          style={{ background: signalColour(signal, margin) }}
        />
      )}
    </span>
  )
}
