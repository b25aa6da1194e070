import english from '../../assets/locales/en/secret.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/secret.json' with { type: 'json' }
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { SecretText } from '../../src-shared/contract/confirm-text.ts'
import type { SecretRequest } from '../engine/secret-window.ts'

const wordsOf = { en: english, id: indonesian } as const satisfies Record<
  Preferences['language'],
  unknown
>

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** A QR code on paper beside a key is one more to lose: what is scanned at once is not printed. */
const isPrinted = (kind: SecretRequest['kind']): boolean =>
  kind !== 'second-factor' && kind !== 'one-time-code'

/** `platform`: where no window can be kept out of pictures of the screen, that is said. */
export const secretText = (
  request: SecretRequest,
  { language, theme }: Pick<Preferences, 'language' | 'theme'>,
  platform: string = process.platform,
): SecretText => {
  const words = wordsOf[language]
  const until =
    request.until === null
      ? []
      : [
          fill(words.until, {
            until: new Intl.DateTimeFormat(language, {
              dateStyle: 'medium',
              timeStyle: 'short',
            }).format(request.until),
          }),
        ]
  return {
    kind: 'secret',
    language,
    theme,
    title: words.title[request.kind],
    intro: fill(words.intro[request.kind], { of: request.of }),
    qr: request.qr,
    lines: request.lines,
    note: [
      words.note[request.kind],
      ...until,
      ...(platform === 'linux' ? [words.screen.linux] : []),
    ].join(' '),
    copy: words.copy,
    copied: words.copied,
    print: isPrinted(request.kind) ? words.print : '',
    close: words.close[request.kind],
  }
}
