import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'
import { evidenceText, standingVerdict } from './outage-words.ts'
import { ConfidenceMark, VerdictIcon } from './verdict-mark.tsx'

type Page = Output<'outages.outage'>
type Evidence = Page['evidence'][number]

/** Absence of a gasp proves nothing: said wherever it is counted as evidence (facts/noc.md E3). */
const gaspKinds: readonly Evidence['kind'][] = ['no-gasps', 'gasp-never-seen-here']

/** The verdict, how sure it is, what speaks for and against it, and what else was weighed. */
export const OutageEvidence = ({ page }: { readonly page: Page }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { outage, evidence } = page
  const verdict = standingVerdict(outage)
  const { corrected, verdictAt } = outage
  const ordered = evidence.toSorted((one, other) => other.weight - one.weight)
  const speaksFor = ordered.filter((each) => each.speaks === 'for')
  const against = ordered.filter((each) => each.speaks === 'against')
  return (
    <section className="nc-panel" aria-label={t('page.verdict')}>
      <header className="nu-verdict-head">
        <VerdictIcon verdict={verdict} size={26} />
        <div>
          <h2>
            {t(`verdict.${verdict}`)}{' '}
            {corrected === null ? <ConfidenceMark confidence={outage.confidence} /> : null}
          </h2>
          <p className="nc-soft nc-small">{t(`verdictHint.${verdict}`)}</p>
          {corrected === null ? null : (
            <p className="nu-corrected">
              <strong>
                {t('page.yourVerdict', {
                  name: corrected.by.name,
                  time: format.instant(corrected.at),
                })}
              </strong>
              {corrected.note === '' ? null : <span>“{corrected.note}”</span>}
              <span className="nc-soft">
                {t('page.originalVerdict', {
                  verdict: t(`verdict.${outage.verdict}`),
                  confidence: t(`confidence.${outage.confidence}`),
                })}
              </span>
            </p>
          )}
        </div>
        <p className="nc-faint nc-small nu-verdict-head__when">
          {verdictAt === null
            ? t('page.noVerdictYet')
            : t('page.verdictAt', {
                seconds: format.duration((verdictAt - outage.beganAt) / 1000),
              })}
        </p>
      </header>
      <div className="nc-panel__body nu-evidence">
        <h3>{t('page.evidenceFor')}</h3>
        <EvidenceList evidence={speaksFor} sign="for" none={t('page.evidenceNone')} />
        <h3>{t('page.evidenceAgainst')}</h3>
        <EvidenceList evidence={against} sign="against" none={t('page.noneAgainst')} />
        {evidence.some((each) => gaspKinds.includes(each.kind)) ? (
          <p className="nc-faint nc-small">{t('page.gaspNote')}</p>
        ) : null}
        <Weighed page={page} />
      </div>
    </section>
  )
}

interface EvidenceListProps {
  readonly evidence: readonly Evidence[]
  readonly sign: 'for' | 'against'
  readonly none: string
}

const EvidenceList = ({ evidence, sign, none }: EvidenceListProps) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const strongest = Math.max(...evidence.map((each) => each.weight))
  if (evidence.length === 0) return <p className="nc-faint">{none}</p>
  const Sign = sign === 'for' ? IconPlus : IconMinus
  return (
    <ul className="nu-evidence__list" data-sign={sign}>
      {evidence.map((each, index) => (
        <li
          key={`${each.kind} ${index}`}
          data-strong={each.weight >= strongest / 2 ? '' : undefined}
        >
          <Sign size={14} stroke={2.2} aria-hidden="true" className="nc-icon" />
          {evidenceText(t, format, each)}
        </li>
      ))}
    </ul>
  )
}

/** Shares sum to one with the verdict's own. */
const Weighed = ({ page }: { readonly page: Page }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { outage, weighed } = page
  if (weighed.length === 0) return null
  const rest = weighed.reduce((sum, { share }) => sum + share, 0)
  const shares = [{ verdict: outage.verdict, share: Math.max(0, 1 - rest) }, ...weighed]
  return (
    <>
      <h3>{t('page.weighed')}</h3>
      <table className="nu-weighed">
        <tbody>
          {shares.map(({ verdict, share }, index) => (
            <tr key={verdict} data-first={index === 0 ? '' : undefined}>
              <th scope="row">{t(`verdict.${verdict}`)}</th>
              <td className="nu-weighed__bar">
                <span style={{ width: `${Math.round(share * 100)}%` }} />
              </td>
              <td className="nc-num">{format.percent(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
