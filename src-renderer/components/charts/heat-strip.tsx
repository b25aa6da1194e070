import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react'
import { createPortal } from 'react-dom'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import {
  type OnuAddress,
  type PonAddress,
  unpackOnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import type { StripData } from './strip-cells.ts'
import {
  cellBox,
  groupByPon,
  hitStrip,
  layoutFlow,
  layoutRows,
  moveInStrip,
  type StripHit,
  type StripLayout,
  type StripMove,
} from './strip-layout.ts'
import { paintStrip } from './strip-paint.ts'
import { readStripPalette } from './strip-palette.ts'
import './heat-strip.css'

export type StripShape =
  | { readonly kind: 'flow'; readonly height: number; readonly maxCell: number }
  | { readonly kind: 'rows'; readonly rowHeight: number; readonly rowGap: number }

export interface HeatStripProps {
  readonly strip: StripData
  readonly shape: StripShape
  /** Says to a screen reader what this strip is and what it holds. */
  readonly label: string
  /** The facts of one ONU: shown beside the pointer and read out at the keyboard's place. */
  readonly describeOnu: (onu: number) => ReactNode
  readonly describePon: (pon: PonAddress, first: number, count: number) => ReactNode
  readonly onOpenOnu: (address: OnuAddress) => void
  readonly onOpenPon: (pon: PonAddress) => void
}

const moveByKey: Readonly<Record<string, StripMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
  PageDown: 'pon-next',
  PageUp: 'pon-previous',
}

interface Place {
  readonly hit: StripHit
  /** Viewport coordinates beside which the facts stand. */
  readonly x: number
  readonly y: number
}

/** One cell per ONU on a canvas; pointer and arrow keys find each, Enter opens it. */
export const HeatStrip = (props: HeatStripProps) => {
  const { strip, shape } = props
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>()
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const theme = useComputedColorScheme('light')
  const [place, setPlace] = useState<Place | undefined>()
  const [current, setCurrent] = useState(-1)
  const [focused, setFocused] = useState(false)

  const { kind } = shape
  const first = shape.kind === 'flow' ? shape.height : shape.rowHeight
  const second = shape.kind === 'flow' ? shape.maxCell : shape.rowGap
  const layout = useMemo<StripLayout>(() => {
    const groups = groupByPon(strip.addresses)
    const room = Math.max(40, Math.floor(width))
    return kind === 'flow'
      ? layoutFlow(groups, { width: room, height: first }, { minCell: 2, maxCell: second })
      : layoutRows(groups, strip.addresses, { width: room, rowHeight: first, rowGap: second })
  }, [strip.addresses, width, kind, first, second])

  useLayoutEffect(() => {
    const canvas = canvasRef.current
    const context = canvas?.getContext('2d')
    if (canvas === null || context === null || context === undefined || width === 0) return
    const scale = window.devicePixelRatio
    const across = Math.max(1, Math.ceil(layout.width))
    const down = Math.max(1, Math.ceil(layout.height))
    canvas.width = Math.ceil(across * scale)
    canvas.height = Math.ceil(down * scale)
    canvas.style.width = `${across}px`
    canvas.style.height = `${down}px`
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.clearRect(0, 0, across, down)
    paintStrip(context, layout, strip, readStripPalette())
  }, [layout, strip, theme, width])

  const pointAt = useCallback(
    (event: PointerEvent<HTMLCanvasElement>): void => {
      const rect = event.currentTarget.getBoundingClientRect()
      const hit = hitStrip(layout, event.clientX - rect.left, event.clientY - rect.top)
      setPlace(hit.kind === 'none' ? undefined : { hit, x: event.clientX, y: event.clientY })
    },
    [layout],
  )

  const open = useCallback(
    (hit: StripHit): void => {
      if (hit.kind === 'none') return
      if (hit.kind === 'onu') {
        props.onOpenOnu(unpackOnuAddress(strip.addresses[hit.onu] ?? 0))
        return
      }
      props.onOpenPon(unpackOnuAddress(layout.blocks[hit.block]?.pon ?? 0))
    },
    [layout, strip, props],
  )

  const moveTo = useCallback(
    (onu: number): void => {
      setCurrent(onu)
      const box = cellBox(layout, onu)
      const rect = canvasRef.current?.getBoundingClientRect()
      if (box === undefined || rect === undefined) return
      setPlace({
        hit: { kind: 'onu', onu, block: layout.blockOf[onu] ?? 0 },
        x: rect.left + box.x + box.width,
        y: rect.top + box.y + box.height,
      })
    },
    [layout],
  )

  const onKeyDown = useCallback(
    (event: KeyboardEvent<HTMLDivElement>): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const move = moveByKey[event.key]
      if (move !== undefined) {
        event.preventDefault()
        event.stopPropagation()
        moveTo(moveInStrip(layout, current, move))
      } else if (event.key === 'Enter' && current >= 0) {
        event.preventDefault()
        open({ kind: 'onu', onu: current, block: layout.blockOf[current] ?? 0 })
      } else if (event.key === 'Escape' && place !== undefined) {
        event.stopPropagation()
        setPlace(undefined)
      }
    },
    [current, layout, moveTo, open, place],
  )

  // ONUs that vanish must not leave the keyboard's place outside the strip.
  useEffect(() => {
    if (current >= strip.rows.length) setCurrent(strip.rows.length - 1)
  }, [current, strip.rows.length])

  const marked = place?.hit.kind === 'onu' ? place.hit.onu : focused ? current : -1
  const box = cellBox(layout, marked)

  return (
    <div
      ref={sizeRef}
      className="heat-strip"
      role="application"
      aria-label={props.label}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => {
        setFocused(true)
        if (current < 0 && strip.rows.length > 0) setCurrent(0)
      }}
      onBlur={() => {
        setFocused(false)
        setPlace(undefined)
      }}
    >
      <canvas
        ref={canvasRef}
        aria-hidden
        onPointerMove={pointAt}
        onPointerLeave={() => setPlace(undefined)}
        onClick={() => place !== undefined && open(place.hit)}
      />
      {box === undefined ? null : (
        <div
          className="heat-strip-mark"
          style={{ left: box.x - 1, top: box.y - 1, width: box.width + 1, height: box.height + 1 }}
        />
      )}
      {place === undefined ? null : (
        <StripFacts x={place.x} y={place.y}>
          {describe(place.hit, layout, props)}
        </StripFacts>
      )}
    </div>
  )
}

const describe = (hit: StripHit, layout: StripLayout, props: HeatStripProps): ReactNode => {
  if (hit.kind === 'onu') return props.describeOnu(hit.onu)
  if (hit.kind === 'none') return null
  const block = layout.blocks[hit.block]
  return block === undefined
    ? null
    : props.describePon(unpackOnuAddress(block.pon), block.first, block.count)
}

/** Stands beside the point, on the side where the window has room; read out politely. */
const StripFacts = ({ x, y, children }: { x: number; y: number; children: ReactNode }) => {
  const toLeft = x > window.innerWidth - 280
  const above = y > window.innerHeight - 140
  return createPortal(
    <div
      className="heat-strip-facts"
      role="status"
      style={{
        ...(toLeft ? { right: window.innerWidth - x + 12 } : { left: x + 12 }),
        ...(above ? { bottom: window.innerHeight - y + 12 } : { top: y + 12 }),
      }}
    >
      {children}
    </div>,
    document.body,
  )
}
