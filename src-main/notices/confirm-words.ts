import english from '../../assets/locales/en/confirm.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/confirm.json' with { type: 'json' }
import type { ConfirmText } from '../../src-shared/contract/confirm-text.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { ConfirmRequest } from '../engine/confirm.ts'

const wordsOf = { en: english, id: indonesian } as const satisfies Record<
  Preferences['language'],
  unknown
>

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

/** So many of each are shown; the rest is counted. */
const mostShown = 8
const mostLines = 40

export const confirmText = (
  request: ConfirmRequest,
  { language, theme }: Pick<Preferences, 'language' | 'theme'>,
): ConfirmText => {
  const words = wordsOf[language]
  const number = new Intl.NumberFormat(language)
  const changes: Readonly<Record<string, string>> = words.change
  const change = changes[request.change] ?? request.change
  const list = (all: readonly string[], total = all.length): string =>
    [
      ...all.slice(0, mostShown),
      ...(total > mostShown
        ? [fill(words.more, { count: number.format(total - Math.min(mostShown, all.length)) })]
        : []),
    ].join(', ')
  const facts = [
    { label: words.label.change, value: change },
    { label: words.label.olts, value: list(request.olts) },
    ...(request.onus > 0
      ? [
          {
            label: words.label.onus,
            value: `${number.format(request.onus)}: ${list(request.samples, request.onus)}`,
          },
        ]
      : []),
    ...(request.serviceLossS === null
      ? []
      : [
          {
            label: words.label.loss,
            value: fill(words.seconds, { count: number.format(request.serviceLossS) }),
          },
        ]),
    { label: words.label.by, value: request.by },
  ]
  const cut = request.lines.length - mostLines
  return {
    language,
    theme,
    title: words.title[request.action],
    warning: words.risk[request.risk],
    grave: request.risk === 'destructive',
    facts,
    linesLabel: words.label.lines,
    lines: [
      ...request.lines.slice(0, mostLines),
      ...(cut > 0 ? [fill(words.more, { count: number.format(cut) })] : []),
    ],
    typeLabel:
      request.how === 'confirm'
        ? null
        : fill(words.type[request.how === 'type-name' ? 'name' : 'count'], {
            expected: request.expected,
          }),
    expected: request.expected,
    confirm: fill(words.confirm, { change }),
    cancel: words.cancel,
  }
}
