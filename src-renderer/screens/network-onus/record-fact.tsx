import { createContext, useContext, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { DataAge } from '../../components/data-age.tsx'

/** Which fields this OLT's firmware lacks, and which are not proved for its family. */
export interface FieldTrust {
  readonly notOffered: ReadonlySet<string>
  readonly unproven: ReadonlySet<string>
}

export const FieldTrustContext = createContext<FieldTrust>({
  notOffered: new Set(),
  unproven: new Set(),
})

export interface FactProps {
  readonly label: string
  /** Name of the field as the contract has it: for "not offered" and "unproven". */
  readonly field?: string
  /** When it was read; left out: the fact has no age of its own. */
  readonly at?: number | null
  readonly intervalS?: number
  readonly children: ReactNode
}

/** One fact of a record: name, value, how sure and how old it is. */
export const Fact = ({ label, field, at, intervalS, children }: FactProps): ReactNode => {
  const { t } = useTranslation('network')
  const { notOffered } = useContext(FieldTrustContext)
  const missing = field !== undefined && notOffered.has(field)
  return (
    <>
      <dt>{label}</dt>
      <dd className="nc-fact">
        <span className="nc-fact__value">
          {missing ? <span className="nc-faint">{t('onus.record.notOffered')}</span> : children}
          {field !== undefined && !missing && <Unproven field={field} />}
        </span>
        {at !== undefined && !missing && (
          <span className="nc-fact__age">
            <DataAge at={at} {...(intervalS === undefined ? {} : { intervalS })} exact />
          </span>
        )}
      </dd>
    </>
  )
}

/** A mark beside a field whose meaning is not proved. */
export const Unproven = ({ field }: { readonly field: string }): ReactNode => {
  const { t } = useTranslation('network')
  const { unproven } = useContext(FieldTrustContext)
  if (!unproven.has(field)) return null
  return (
    <abbr className="nc-unproven" title={t('onus.record.unprovenHint')}>
      {t('onus.record.unproven')}
    </abbr>
  )
}
