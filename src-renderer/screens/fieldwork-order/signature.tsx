import { Button } from '@mantine/core'
import { useRef, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'

export interface Stroke {
  readonly points: number[]
}

/** Thousandths of the pad's width; its height. */
const unit = 1000
const padHeight = 400

const pathOf = (strokes: readonly Stroke[]): string =>
  strokes
    .map(({ points }) => {
      const parts: string[] = []
      for (let index = 0; index + 1 < points.length; index += 2) {
        parts.push(`${index === 0 ? 'M' : 'L'}${points[index]} ${points[index + 1]}`)
      }
      return parts.join('')
    })
    .join('')

export const SignaturePicture = ({
  strokes,
  label,
}: {
  readonly strokes: readonly Stroke[]
  readonly label: string
}) => (
  <svg className="nfo-signature" viewBox={`0 0 ${unit} ${padHeight}`} role="img" aria-label={label}>
    <path d={pathOf(strokes)} />
  </svg>
)

/** Drawn with a finger, a pen or the mouse; who cannot draw here signs off with a reason instead. */
export const SignaturePad = ({
  strokes,
  onStrokes,
}: {
  readonly strokes: readonly Stroke[]
  readonly onStrokes: (strokes: readonly Stroke[]) => void
}) => {
  const { t } = useTranslation('fieldwork')
  const drawing = useRef<number[] | null>(null)
  const pointOf = (event: PointerEvent<SVGSVGElement>): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect()
    const scale = unit / box.width
    const within = (value: number, most: number): number =>
      Math.max(0, Math.min(most, Math.round(value)))
    return [
      within((event.clientX - box.left) * scale, unit),
      within((event.clientY - box.top) * scale, padHeight),
    ]
  }
  const end = (): void => {
    drawing.current = null
  }
  return (
    <div className="nfo-pad">
      <svg
        className="nfo-signature"
        viewBox={`0 0 ${unit} ${padHeight}`}
        role="img"
        aria-label={t('pad')}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drawing.current = pointOf(event)
          onStrokes([...strokes, { points: [...drawing.current] }])
        }}
        onPointerMove={(event) => {
          const points = drawing.current
          if (points === null || points.length > 3900) return
          points.push(...pointOf(event))
          onStrokes([...strokes.slice(0, -1), { points: [...points] }])
        }}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <path d={pathOf(strokes)} />
      </svg>
      <Button
        size="compact-sm"
        variant="subtle"
        disabled={strokes.length === 0}
        onClick={() => onStrokes([])}
      >
        {t('padClear')}
      </Button>
    </div>
  )
}
