import { useEffect, useRef, type RefObject } from 'react'
import type { CursorStore } from './chart-cursor.ts'
import { between, panned, spanOf, windowOf, zoomed, type TimeWindow } from './chart-range.ts'
import { msPerPixel, pinched, timeAtX, wheelFactor, type PlotPlace } from './chart-gestures.ts'
import { plotGutter, plotWidthOf } from './plot-place.ts'
import type { RangeState } from './use-chart-range.ts'

/** px: a shorter drag is a click. */
const leastDragPx = 5

type Drag =
  | { readonly kind: 'none' }
  | { readonly kind: 'select'; readonly x: number }
  | { readonly kind: 'pan'; readonly x: number; readonly window: TimeWindow }
  | {
      readonly kind: 'pinch'
      readonly x: readonly [number, number]
      readonly window: TimeWindow
    }

/**
 * Pointer and wheel over a stack of charts. Mouse: drag selects, Shift or the middle button moves;
 * touch: one finger moves, two zoom; wheel: with Ctrl (a pinch of a trackpad) or once the stack has
 * the focus it zooms, sideways it moves, otherwise the page scrolls as everywhere.
 */
export const useChartGestures = (
  stack: RefObject<HTMLElement | null>,
  state: RangeState,
  cursor: CursorStore,
): void => {
  const latest = useRef(state)
  latest.current = state

  useEffect(() => {
    const element = stack.current
    if (element === null) return undefined
    const fingers = new Map<number, number>()
    let drag: Drag = { kind: 'none' }

    const place = (): PlotPlace => {
      const rect = element.getBoundingClientRect()
      return { left: rect.left + plotGutter, width: plotWidthOf(rect.width) }
    }
    const now = (): number => Date.now()
    const shown = (): TimeWindow => windowOf(latest.current.current(), now())
    const inPlot = (event: MouseEvent): boolean => {
      const { left, width } = place()
      const onControl =
        event.target instanceof Element && event.target.closest('button, a') !== null
      return !onControl && event.clientX >= left - 4 && event.clientX <= left + width + 4
    }
    const twoFingers = (): readonly [number, number] => {
      const [one = 0, other = 0] = fingers.values()
      return [one, other]
    }
    const begin = (next: Drag): void => {
      drag = next
    }

    const onDown = (event: PointerEvent): void => {
      if (!inPlot(event)) return
      if (event.pointerType === 'mouse') {
        if (event.button > 1) return
        const pan = event.button === 1 || event.shiftKey
        if (event.button === 1) event.preventDefault()
        begin(
          pan
            ? { kind: 'pan', x: event.clientX, window: shown() }
            : { kind: 'select', x: event.clientX },
        )
      } else {
        fingers.set(event.pointerId, event.clientX)
        begin(
          fingers.size >= 2
            ? { kind: 'pinch', x: twoFingers(), window: shown() }
            : { kind: 'pan', x: event.clientX, window: shown() },
        )
      }
      // A pointer that was made by a script cannot be captured.
      if (event.isTrusted) element.setPointerCapture(event.pointerId)
    }

    const onMove = (event: PointerEvent): void => {
      const plot = place()
      if (fingers.has(event.pointerId)) fingers.set(event.pointerId, event.clientX)
      switch (drag.kind) {
        case 'select': {
          const window = shown()
          const [a, b] = [timeAtX(drag.x, plot, window), timeAtX(event.clientX, plot, window)]
          const far = Math.abs(event.clientX - drag.x) >= leastDragPx
          const selection = far ? { from: Math.min(a, b), to: Math.max(a, b) } : null
          cursor.set({ at: b, selection })
          return
        }
        case 'pan': {
          const moved = drag.x - event.clientX
          if (Math.abs(moved) < leastDragPx) return
          const byMs = moved * msPerPixel(drag.window, plot)
          cursor.set({ at: null })
          latest.current.go(panned(drag.window, byMs, now()), true)
          return
        }
        case 'pinch':
          cursor.set({ at: null })
          latest.current.go(pinched(drag.window, plot, drag.x, twoFingers(), now()), true)
          return
        case 'none':
          cursor.set({ at: inPlot(event) ? timeAtX(event.clientX, plot, shown()) : null })
          return
        default:
          drag satisfies never
      }
    }

    const onUp = (event: PointerEvent): void => {
      fingers.delete(event.pointerId)
      const { selection } = cursor.get()
      const window = shown()
      if (drag.kind === 'select' && selection !== null) {
        const slack = msPerPixel(window, place()) * leastDragPx
        latest.current.go(between(selection.from, selection.to, now(), slack))
      }
      cursor.set({ selection: null })
      const [rest] = fingers.values()
      drag = rest === undefined ? { kind: 'none' } : { kind: 'pan', x: rest, window }
    }
    const onCancel = (event: PointerEvent): void => {
      fingers.delete(event.pointerId)
      cursor.set({ selection: null })
      drag = { kind: 'none' }
    }
    const onLeave = (event: PointerEvent): void => {
      if (event.pointerType === 'mouse' && drag.kind === 'none') cursor.set({ at: null })
    }
    const onWheel = (event: WheelEvent): void => {
      const plot = place()
      const window = shown()
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const pinch = event.ctrlKey || event.metaKey
      const focused = element.contains(document.activeElement)
      if (!inPlot(event) || (!sideways && !pinch && !focused)) return
      event.preventDefault()
      if (sideways && !pinch) {
        const delta = event.deltaX === 0 ? event.deltaY : event.deltaX
        latest.current.go(panned(window, delta * msPerPixel(window, plot), now()), true)
        return
      }
      const factor = wheelFactor(event.deltaY, event.deltaMode, pinch)
      const at = timeAtX(event.clientX, plot, window)
      // At the right edge it stays with now: one who follows means to go on following.
      const live = latest.current.current().kind === 'live'
      const anchor = live && window.to - at < spanOf(window) * 0.04 ? window.to : at
      latest.current.go(zoomed(window, factor, anchor, now()), true)
    }
    const onDouble = (event: MouseEvent): void => {
      if (inPlot(event)) latest.current.back()
    }

    const stop = new AbortController()
    const { signal } = stop
    element.addEventListener('pointerdown', onDown, { signal })
    element.addEventListener('pointermove', onMove, { signal })
    element.addEventListener('pointerup', onUp, { signal })
    element.addEventListener('pointercancel', onCancel, { signal })
    element.addEventListener('pointerleave', onLeave, { signal })
    element.addEventListener('wheel', onWheel, { signal, passive: false })
    element.addEventListener('dblclick', onDouble, { signal })
    return () => stop.abort()
  }, [stack, cursor])
}
