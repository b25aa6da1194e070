import type { SignalClass } from '../../../src-shared/domain/optics.ts'

/**
 * One perceptual scale for light, from good to limit. Steps are cut by margin (dB above the weakest
 * level the receiver is specified for) and differ in lightness first, so that they stay apart for
 * every kind of colour vision and in print; saturation comes only where one must act.
 */

/** Lower edge of each step, dB of margin; the last step is everything below the limit. */
export const lightStepFloorsDb = [10, 8, 6, 4, 2, 1, 0, -Infinity] as const

/** Step of a margin: 0 is the best, `lightStepFloorsDb.length - 1` is below the limit. */
export const lightStepOf = (marginDb: number): number => {
  const step = lightStepFloorsDb.findIndex((floor) => marginDb >= floor)
  return step < 0 ? lightStepFloorsDb.length - 1 : step
}

export type Theme = 'light' | 'dark'

/** OKLCH: lightness 0..1, chroma, hue in degrees. */
interface Oklch {
  readonly l: number
  readonly c: number
  readonly h: number
}

// On light ground good light is pale and the limit is dark; on dark ground the other way round:
// in both, what asks for action stands out most from the ground.
const lightSteps: Readonly<Record<Theme, readonly Oklch[]>> = {
  light: [
    { l: 0.905, c: 0.035, h: 190 },
    { l: 0.865, c: 0.05, h: 188 },
    { l: 0.82, c: 0.062, h: 185 },
    { l: 0.77, c: 0.074, h: 182 },
    { l: 0.715, c: 0.082, h: 178 },
    { l: 0.66, c: 0.15, h: 70 },
    { l: 0.59, c: 0.17, h: 50 },
    { l: 0.5, c: 0.2, h: 27 },
  ],
  dark: [
    { l: 0.33, c: 0.03, h: 215 },
    { l: 0.38, c: 0.04, h: 205 },
    { l: 0.43, c: 0.052, h: 198 },
    { l: 0.49, c: 0.064, h: 192 },
    { l: 0.55, c: 0.075, h: 186 },
    { l: 0.64, c: 0.135, h: 75 },
    { l: 0.71, c: 0.165, h: 55 },
    { l: 0.77, c: 0.19, h: 25 },
  ],
}

const linearToSrgb = (value: number): number => {
  const clipped = Math.min(1, Math.max(0, value))
  return clipped <= 0.003_130_8 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055
}

/** OKLCH to `#rrggbb`, out-of-gamut parts clipped. Matrices: Ottosson, "A perceptual color space". */
export const oklchToHex = ({ l, c, h }: Oklch): string => {
  const a = c * Math.cos((h * Math.PI) / 180)
  const b = c * Math.sin((h * Math.PI) / 180)
  const long = (l + 0.396_337_777_4 * a + 0.215_803_757_3 * b) ** 3
  const medium = (l - 0.105_561_345_8 * a - 0.063_854_172_8 * b) ** 3
  const short = (l - 0.089_484_177_5 * a - 1.291_485_548 * b) ** 3
  const channels = [
    4.076_741_662_1 * long - 3.307_711_591_3 * medium + 0.230_969_929_2 * short,
    -1.268_438_004_6 * long + 2.609_757_401_1 * medium - 0.341_319_396_5 * short,
    -0.004_196_086_3 * long - 0.703_418_614_7 * medium + 1.707_614_701 * short,
  ]
  return `#${channels
    .map((channel) =>
      Math.round(linearToSrgb(channel) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

/** The scale's colours, best first. */
export const lightColours: Readonly<Record<Theme, readonly string[]>> = {
  light: lightSteps.light.map(oklchToHex),
  dark: lightSteps.dark.map(oklchToHex),
}

/** What a cell of light shows: a step of the scale, or that there is no usable value. */
export type LightCell =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'too-strong' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'none' }

export const lightCellOf = (signal: SignalClass, marginDb: number): LightCell => {
  if (signal === 'none') return { kind: 'none' }
  if (signal === 'invalid') return { kind: 'invalid' }
  if (signal === 'too-strong') return { kind: 'too-strong' }
  return Number.isNaN(marginDb) ? { kind: 'none' } : { kind: 'step', step: lightStepOf(marginDb) }
}
