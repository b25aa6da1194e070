import { useComputedColorScheme } from '@mantine/core'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format.ts'
import { useCursorAt, type CursorStore } from './chart-cursor.ts'
import type { TimeWindow } from './chart-range.ts'
import { LineMark } from './line-mark.tsx'
import { onlineShare, ribbonBlocks, segmentAt, type RibbonSegment } from './ribbon.ts'
import { paintRibbon, ribbonHeight } from './ribbon-paint.ts'
import { edgeText } from './tick-text.ts'

export interface StateRibbonProps {
  readonly segments: readonly RibbonSegment[]
  readonly window: TimeWindow
  /** CSS pixels of the plot alone. */
  readonly plotWidth: number
  readonly cursor: CursorStore
  /** With two of them: whose it is. */
  readonly name: string | null
  readonly over: boolean
}

/** Online, offline by cause, unknown, not read: in colour and pattern over the charts' time. */
export const StateRibbon = (props: StateRibbonProps): ReactNode => {
  const { segments, window, plotWidth, name, over } = props
  const { t } = useTranslation('history')
  const canvas = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light')
  useLayoutEffect(() => {
    const element = canvas.current
    if (element === null || plotWidth <= 0) return
    paintRibbon(element, ribbonBlocks(segments, window, plotWidth), plotWidth)
  }, [segments, window, plotWidth, scheme])
  return (
    <div className="nc-ribbon">
      <div className="nc-chart__head">
        <h3 className="nc-ribbon__title">{t('state.title')}</h3>
        <div className="nc-readouts">
          {name !== null && (
            <span className="nc-readout">
              <LineMark over={over} />
              <span className="nc-cut nc-readout__name">{name}</span>
            </span>
          )}
          <StateReadout {...props} />
        </div>
      </div>
      <canvas ref={canvas} className="nc-ribbon__canvas" height={ribbonHeight} aria-hidden="true" />
    </div>
  )
}

const StateReadout = ({ segments, cursor }: StateRibbonProps): ReactNode => {
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const at = useCursorAt(cursor)
  const segment = at === null ? undefined : segmentAt(segments, at)
  if (segment === undefined) {
    const share = onlineShare(segments)
    return share === null ? null : (
      <span className="nc-soft">
        {t('state.share', { share: format.percent(share, share < 1 ? 2 : 0) })}
      </span>
    )
  }
  return (
    <span>
      <strong>
        {segment.state === 'unread' ? t('state.unread') : network(`state.${segment.state}`)}
      </strong>
      {segment.cause !== 'none' && <> · {network(`cause.${segment.cause}`)}</>}{' '}
      <span className="nc-faint">
        {t('state.span', {
          from: edgeText(segment.from, format.locale),
          to: edgeText(segment.to, format.locale),
        })}
      </span>
    </span>
  )
}
