import { SegmentedControl } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReadingGroup } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import { groupsWithRounds, roundsOf, type OltCare, type Round } from './care-model.ts'
import { answerPath, pictureOf, roundAt, type RoundPicture } from './round-bars.ts'

/** As many as the picture has room for at its narrowest. */
const shownRounds = 60
const axisWidth = 44
const tookHeight = 54
const answerHeight = 34
const between = 12

type Which = ReadingGroup | 'all'

/** The last rounds: how long each took, how quick its answers were, and whether it was read whole. */
export const CareRounds = ({ care }: { readonly care: OltCare }) => {
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const groups = useMemo(() => groupsWithRounds(care), [care])
  const [chosen, setChosen] = useState<Which>('status')
  const which: Which = chosen === 'all' || groups.includes(chosen) ? chosen : 'all'
  const rounds = useMemo(() => roundsOf(care, which, shownRounds), [care, which])
  return (
    <div className="no-rounds">
      <div className="no-rounds__head">
        <h3>{t('panel.rounds')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('rounds.which')}
          value={which}
          onChange={(next) => setChosen(next as Which)}
          data={[
            ...groups.map((group) => ({ value: group, label: network(`readingGroup.${group}`) })),
            { value: 'all', label: t('rounds.all') },
          ]}
        />
      </div>
      {rounds.length === 0 ? (
        <p className="nc-faint nc-small">{t('rounds.none')}</p>
      ) : (
        <RoundChart rounds={rounds} />
      )}
    </div>
  )
}

const useReadout = (): ((round: Round) => string) => {
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  return (round) =>
    t('rounds.readout', {
      time: format.instant(round.at, 'time'),
      group: network(`readingGroup.${round.group}`),
      took: format.number(round.tookMs / 1000, 1),
      answer: format.number(round.answerMs, 1),
      onus: t('rounds.onus', { count: round.onus }),
      whole: t(round.whole ? 'rounds.whole' : 'rounds.partial'),
    })
}

const RoundChart = ({ rounds }: { readonly rounds: readonly Round[] }) => {
  const { t } = useTranslation('care')
  const { ref, width } = useElementSize<HTMLDivElement>()
  const [at, setAt] = useState<number | undefined>()
  const readout = useReadout()
  const picture = useMemo(() => pictureOf(rounds, Math.max(0, width - axisWidth)), [rounds, width])
  const pointed = at === undefined ? undefined : rounds[at]
  const partial = rounds.filter((round) => !round.whole).length
  const summary = t('rounds.summary', { count: rounds.length, partial })
  return (
    <div ref={ref}>
      {width === 0 ? null : (
        <svg
          className="no-rounds__picture"
          width={width}
          height={tookHeight + between + answerHeight}
          role="img"
          aria-label={summary}
          onPointerMove={(event) => {
            const { left } = event.currentTarget.getBoundingClientRect()
            setAt(roundAt(picture, event.clientX - left - axisWidth))
          }}
          onPointerLeave={() => setAt(undefined)}
        >
          <Axes picture={picture} width={width} />
          <g transform={`translate(${axisWidth} 0)`}>
            <Bars picture={picture} at={at} />
          </g>
        </svg>
      )}
      <p className="no-rounds__readout nc-small nc-soft">
        {pointed === undefined ? (
          <>
            {summary}. <span className="nc-faint">{t('rounds.hint')}</span>
          </>
        ) : (
          readout(pointed)
        )}
      </p>
      <RoundTable rounds={rounds.slice(-12)} />
    </div>
  )
}

const Axes = ({ picture, width }: { readonly picture: RoundPicture; readonly width: number }) => {
  const { t } = useTranslation('care')
  const format = useFormat()
  const seconds = picture.maxTookMs / 1000
  const answerTop = tookHeight + between
  return (
    <g className="no-rounds__axis">
      <line x1={axisWidth} x2={width} y1={tookHeight + 0.5} y2={tookHeight + 0.5} />
      <line
        x1={axisWidth}
        x2={width}
        y1={answerTop + answerHeight - 0.5}
        y2={answerTop + answerHeight - 0.5}
      />
      <text x={axisWidth - 6} y={9}>
        {format.number(seconds, seconds < 1 ? 1 : 0)} s
      </text>
      <text x={axisWidth - 6} y={tookHeight}>
        0
      </text>
      <text x={axisWidth - 6} y={answerTop + 9}>
        {format.number(picture.maxAnswerMs)} ms
      </text>
      <text x={axisWidth - 6} y={answerTop + answerHeight}>
        0
      </text>
      <title>{`${t('rounds.took')}; ${t('rounds.answer')}`}</title>
    </g>
  )
}

const Bars = ({
  picture,
  at,
}: {
  readonly picture: RoundPicture
  readonly at: number | undefined
}) => {
  const hatch = useId()
  const answerTop = tookHeight + between
  return (
    <>
      <defs>
        <pattern id={hatch} width="4" height="4" patternUnits="userSpaceOnUse">
          <path d="M-1 1L1 -1M0 4L4 0M3 5L5 3" className="no-rounds__hatch" />
        </pattern>
      </defs>
      {picture.bars.map((bar, position) => {
        const height = Math.max(2, bar.took * (tookHeight - 8))
        const middle = bar.x + bar.width / 2
        return (
          <g key={`${bar.round.at} ${bar.round.group}`} data-at={position === at ? '' : undefined}>
            <rect
              className="no-rounds__bar"
              data-whole={bar.round.whole ? '' : undefined}
              x={bar.x}
              y={tookHeight - height}
              width={bar.width}
              height={height}
              {...(bar.round.whole ? {} : { style: { fill: `url(#${hatch})` } })}
            />
            {bar.round.whole ? null : (
              <path
                className="no-rounds__cross"
                d={`M${middle - 2.5} ${tookHeight - height - 7}l5 5m0 -5l-5 5`}
              />
            )}
          </g>
        )
      })}
      <g transform={`translate(0 ${answerTop})`}>
        <path className="no-rounds__answer" d={answerPath(picture, answerHeight)} />
        {picture.bars.map((bar, position) =>
          bar.answer === null || (position !== at && picture.bars.length > 30) ? null : (
            <circle
              key={`${bar.round.at} ${bar.round.group}`}
              className="no-rounds__dot"
              cx={bar.x + bar.width / 2}
              cy={answerHeight - bar.answer * answerHeight}
              r={position === at ? 3 : 1.6}
            />
          ),
        )}
      </g>
    </>
  )
}

/** The same for those who do not see the picture. */
const RoundTable = ({ rounds }: { readonly rounds: readonly Round[] }) => {
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  return (
    <table className="nc-hidden">
      <caption>{t('rounds.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rounds.at')}</th>
          <th scope="col">{t('rounds.group')}</th>
          <th scope="col">{t('rounds.took')}</th>
          <th scope="col">{t('rounds.answer')}</th>
          <th scope="col">{t('rounds.whole')}</th>
        </tr>
      </thead>
      <tbody>
        {rounds.map((round) => (
          <tr key={`${round.at} ${round.group}`}>
            <th scope="row">{format.instant(round.at, 'time')}</th>
            <td>{network(`readingGroup.${round.group}`)}</td>
            <td>{format.number(round.tookMs / 1000, 1)}</td>
            <td>{format.number(round.answerMs, 1)}</td>
            <td>{t(round.whole ? 'rounds.whole' : 'rounds.partial')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
