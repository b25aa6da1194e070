import {
  IconCircleCheck,
  IconHelpCircle,
  IconPlayerPause,
  IconPlugConnectedX,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { DataAge } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { CountsBar } from '../network-olts/counts-bar.tsx'
import { sortOlts } from '../network-olts/olt-trouble.ts'
import '../network-olts/olt-parts.css'
import { WallCalm } from './wall-calm.tsx'

type Face = 'answers' | 'silent' | 'unread' | 'quiet' | 'unrecognised'

const faces: Readonly<Record<Face, Icon>> = {
  answers: IconCircleCheck,
  silent: IconPlugConnectedX,
  unread: IconHelpCircle,
  quiet: IconPlayerPause,
  unrecognised: IconHelpCircle,
}

const faceOf = (olt: OltRow): Face => {
  if (olt.quiet !== null) return 'quiet'
  if (olt.reachability === 'unreachable') return 'silent'
  if (olt.reachability === 'unrecognised') return 'unrecognised'
  return olt.reachability === 'never' || olt.ages.status === null ? 'unread' : 'answers'
}

const most = 20
const byTrouble = { column: 'trouble', descending: false } as const

/** Does each answer, how old is what we know, how many of its ONUs are on. */
export const WallOlts = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  if (olts.length === 0) return <WallCalm title={t('notReadYet')} />
  const sorted = sortOlts(olts, byTrouble)
  const shown = sorted.slice(0, sorted.length > most ? most - 1 : most)
  const more = sorted.length - shown.length
  return (
    <ul
      className="nw-olts"
      aria-label={t('olts.list')}
      data-size={shown.length > 12 ? 'many' : shown.length > 4 ? 'some' : 'few'}
    >
      {shown.map((olt) => {
        const face = faceOf(olt)
        const FaceIcon = faces[face]
        return (
          <li key={olt.id} data-face={face}>
            <span className="nw-olts__name">
              <FaceIcon aria-hidden="true" stroke={1.7} />
              <strong className="nc-cut">{olt.name}</strong>
            </span>
            {olt.ages.status === null ? null : <CountsBar counts={olt.counts} />}
            <span className="nw-olts__figure">
              {face === 'silent' || face === 'unread' ? (
                t(`olts.${face}`)
              ) : (
                <>
                  {format.number(olt.counts.online)}
                  <small>/{format.number(olt.counts.total)}</small>
                </>
              )}
            </span>
            <span className="nw-olts__age">
              {face === 'quiet' ? `${t('olts.quiet')} · ` : ''}
              <DataAge at={olt.ages.status} intervalS={olt.intervals.statusS} exact />
            </span>
          </li>
        )
      })}
      {more > 0 ? (
        <li className="nw-olts__more">{t('olts.more', { number: format.number(more) })}</li>
      ) : null}
    </ul>
  )
}
