import type { StripPalette } from './strip-paint.ts'
import { readTokens } from './theme-colour.ts'

/**
 * A strip's colours in the theme that is on. Grey cells are off, red ones are cut off from light,
 * hollow ones we cannot see; only light itself uses the scale.
 */
export const readStripPalette = (): StripPalette => {
  const token = readTokens({
    level0: '--nc-level-0',
    level1: '--nc-level-1',
    level2: '--nc-level-2',
    level3: '--nc-level-3',
    level4: '--nc-level-4',
    level5: '--nc-level-5',
    none: '--nc-level-none',
    unknown: '--nc-level-unknown',
    off: '--nc-level-off',
    tooStrong: '--nc-level-too-strong',
    surface: '--nc-surface',
    sunken: '--nc-sunken',
    line: '--nc-line',
    lineStrong: '--nc-line-strong',
    text: '--nc-text',
    faint: '--nc-text-faint',
    critical: '--nc-critical',
    warning: '--nc-warning',
    warningSoft: '--nc-warning-soft',
    indeterminate: '--nc-indeterminate',
    indeterminateSoft: '--nc-indeterminate-soft',
    font: '--nc-font',
  })
  return {
    steps: [token.level0, token.level1, token.level2, token.level3, token.level4, token.level5],
    free: token.line,
    tinyUnknown: token.unknown,
    fills: {
      'too-strong': token.tooStrong,
      invalid: token.none,
      none: token.none,
      'offline-power': token.off,
      'offline-optical': token.critical,
      'offline-other': token.off,
      unknown: token.surface,
      disabled: token.sunken,
      starting: token.warningSoft,
      'auth-failed': token.indeterminateSoft,
    },
    inks: {
      'too-strong': token.surface,
      invalid: token.text,
      none: token.lineStrong,
      'offline-power': token.text,
      'offline-optical': token.surface,
      'offline-other': token.surface,
      unknown: token.lineStrong,
      disabled: token.faint,
      starting: token.warning,
      'auth-failed': token.indeterminate,
    },
    font: token.font,
  }
}
