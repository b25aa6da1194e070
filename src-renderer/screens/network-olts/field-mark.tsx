import { useTranslation } from 'react-i18next'
import './olt-parts.css'

export interface FieldMarkProps {
  /** Name of the field as the contract has it. */
  readonly field: string
  readonly notOffered: readonly string[]
  readonly unproven: readonly string[]
}

/** In the head of a column: this firmware does not offer it, or nobody has proved what it means. */
export const FieldMark = ({ field, notOffered, unproven }: FieldMarkProps) => {
  const { t } = useTranslation('care')
  const trust = notOffered.includes(field)
    ? 'notOffered'
    : unproven.includes(field)
      ? 'unproven'
      : undefined
  if (trust === undefined) return null
  return (
    <abbr className="no-field-mark" data-trust={trust} title={t(`trust.${trust}Hint`)}>
      {t(`trust.${trust}`)}
    </abbr>
  )
}
