import english from '../../assets/locales/en/confirm.json' with { type: 'json' }
import indonesian from '../../assets/locales/id/confirm.json' with { type: 'json' }
import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import type { ConfirmText, FileQuestion } from '../../src-shared/contract/confirm-text.ts'
import type { CurrencyCode } from '../../src-shared/domain/currencies.ts'
import { moneyText } from '../../src-shared/domain/money-text.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { ConfirmRequest, WipeFacts } from '../engine/confirm.ts'

const wordsOf = { en: english, id: indonesian } as const satisfies Record<
  Preferences['language'],
  unknown
>

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))

const typeOf = ({ how, wipe }: ConfirmRequest): 'name' | 'count' | 'workspace' => {
  if (wipe !== undefined) return 'workspace'
  return how === 'type-name' ? 'name' : 'count'
}

type Words = (typeof wordsOf)[Preferences['language']]

const wipeFacts = ({ wipe, expected }: ConfirmRequest, words: Words) =>
  wipe === undefined
    ? []
    : [
        { label: words.wipe.workspace, value: expected },
        { label: words.wipe.folder, value: wipe.folder },
      ]

/** What goes, and what stays: also whether what stays can be opened at all. */
const wipeLines = (wipe: WipeFacts, words: Words): readonly string[] => {
  const { backupsFolder: folder, backupsInside, keptFolders } = wipe
  return [
    words.wipe.keys,
    words.wipe.files,
    ...(backupsInside > 0 ? [fill(words.wipe.inside, { count: backupsInside })] : []),
    ...(keptFolders > 0 ? [fill(words.wipe.kept, { count: keptFolders })] : []),
    ...(folder === null
      ? [words.wipe.noneStay]
      : [fill(wipe.opensElsewhere ? words.wipe.stay : words.wipe.stayShut, { folder })]),
  ]
}

/** How a limit reads, by what it is a limit of. */
const limitWords = {
  'provisioning.plan': 'above',
  'billing.credit-note': 'aboveCredit',
  'billing.write-off': 'aboveWriteOff',
} as const satisfies Record<ApprovalKindName, keyof Words['rule']>

/** Whose money, which document, how much and why. */
const moneyFacts = (
  { money }: ConfirmRequest,
  words: Words,
  amount: (minor: number, currency: string) => string,
) =>
  money === undefined
    ? []
    : [
        {
          label: words.label.subscriber,
          value: `${money.subscriberCode} ${money.subscriberName}`,
        },
        ...(money.documentId === null
          ? [{ label: words.label.writtenOff, value: amount(money.total, money.currency) }]
          : [
              { label: words.label.document, value: money.number },
              { label: words.label.total, value: amount(money.total, money.currency) },
              { label: words.label.tax, value: amount(money.tax, money.currency) },
            ]),
        { label: words.label.paperReason, value: money.reason },
        ...(money.billAgain ? [{ label: words.label.billAgain, value: words.billAgain }] : []),
      ]

const linesLabel = ({ wipe, money }: ConfirmRequest, words: Words): string => {
  if (wipe !== undefined) return words.wipe.lines
  if (money === undefined) return words.label.lines
  return money.documentId === null ? words.label.writeOffLines : words.label.moneyLines
}

/** So many of each are shown; the rest is counted. */
const mostShown = 8
const mostLines = 40

export const confirmText = (
  request: ConfirmRequest,
  { language, theme }: Pick<Preferences, 'language' | 'theme'>,
): ConfirmText => {
  const words = wordsOf[language]
  const number = new Intl.NumberFormat(language)
  const warnings: Readonly<Record<string, string>> = words.warning
  const changes: Readonly<Record<string, string>> = words.change
  const change = changes[request.change] ?? request.change
  const list = (all: readonly string[], total = all.length): string =>
    [
      ...all.slice(0, mostShown),
      ...(total > mostShown
        ? [fill(words.more, { count: number.format(total - Math.min(mostShown, all.length)) })]
        : []),
    ].join(', ')
  const amount = (minor: number, currency: string): string =>
    `${currency} ${moneyText(minor, currency as CurrencyCode, language)}`
  const { of: ruled = 'provisioning.plan', currency = null } = request.rules ?? {}
  const limitText = (above: number): string =>
    fill(words.rule[limitWords[ruled]], {
      count: number.format(above),
      amount: currency === null ? '' : amount(above, currency),
    })
  const ruleText = ({ grave, above }: NonNullable<ConfirmRequest['rules']>['before']): string =>
    [...(grave ? [words.rule.grave] : []), ...(above === null ? [] : [limitText(above)])].join(
      '; ',
    ) || words.rule.never
  const acts: Readonly<Record<string, string>> = words.act
  const facts = [
    { label: words.label.change, value: change },
    ...moneyFacts(request, words, amount),
    ...(request.olts.length > 0 ? [{ label: words.label.olts, value: list(request.olts) }] : []),
    ...wipeFacts(request, words),
    ...(request.about?.made === undefined
      ? []
      : [
          {
            label: words.label.backup,
            value: new Intl.DateTimeFormat(language, {
              dateStyle: 'medium',
              timeStyle: 'short',
            }).format(request.about.made.at),
          },
        ]),
    ...(request.about === undefined
      ? []
      : [{ label: words.label.into, value: request.about.into }]),
    ...(request.rules === undefined
      ? []
      : [
          { label: words.label.ruleBefore, value: ruleText(request.rules.before) },
          { label: words.label.ruleAfter, value: ruleText(request.rules.after) },
        ]),
    ...(request.words ?? []).map(({ label, value }) => ({ label: words.label[label], value })),
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
  const { money } = request
  const lines =
    money === undefined
      ? request.lines
      : money.lines.map((line) => `${line.text}: ${amount(line.amount, money.currency)}`)
  const cut = lines.length - mostLines
  return {
    language,
    theme,
    title: words.title[request.action],
    warning: warnings[request.action] ?? words.risk[request.risk],
    grave: request.risk === 'destructive',
    facts,
    linesLabel: linesLabel(request, words),
    lines: [
      ...(request.wipe === undefined ? [] : wipeLines(request.wipe, words)),
      ...lines.slice(0, mostLines),
      ...(cut > 0 ? [fill(words.more, { count: number.format(cut) })] : []),
    ],
    typeLabel:
      request.how === 'confirm'
        ? null
        : fill(words.type[typeOf(request)], {
            expected: request.expected,
          }),
    expected: request.expected,
    confirm: acts[request.action] ?? fill(words.confirm, { change }),
    cancel: words.cancel,
  }
}

/** What the system's dialog says when a backup is chosen. */
export const fileQuestion = ({ language }: Pick<Preferences, 'language'>): FileQuestion => {
  const { title, button, filter } = wordsOf[language].file
  return { kind: 'file', title, button, filter, extensions: ['backup', 'transfer'] }
}
