import '@fontsource-variable/inter'
import '@fontsource/jetbrains-mono'
import '../app/tokens.css'
import './confirm.css'
import type { ConfirmText, SecretText } from '../../src-shared/contract/confirm-text.ts'
import { showSecret } from './secret.ts'

/**
 * The confirmation window (facts/security.md row 31): a page of its own in a window of its own, so
 * that nothing that runs in the console's page can press its button. It shows texts that the engine
 * made; it understands none of them. The same window shows a secret that has to be seen once.
 */

declare global {
  interface Window {
    /** Of shell/confirm-preload.ts. */
    readonly confirmation: {
      readonly question: () => Promise<ConfirmText | SecretText | null>
      readonly answer: (typed: string | null) => void
      readonly copy: () => Promise<boolean>
    }
  }
}

const element = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind

const dress = (text: ConfirmText | SecretText): void => {
  const dark =
    text.theme === 'dark' ||
    (text.theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.lang = text.language
  document.documentElement.dataset['mantineColorScheme'] = dark ? 'dark' : 'light'
  document.title = text.title
}

const show = (text: ConfirmText): void => {
  const { confirmation } = window
  element('title').textContent = text.title
  element('warning').textContent = text.warning
  element('question').classList.toggle('grave', text.grave)
  for (const { label, value } of text.facts) {
    const term = document.createElement('dt')
    term.textContent = label
    const said = document.createElement('dd')
    said.textContent = value
    element('facts').append(term, said)
  }
  element('lines-label').textContent = text.linesLabel
  element('lines').textContent = text.lines.join('\n')
  const hasLines = text.lines.length > 0
  element('lines-label').hidden = !hasLines
  element('lines').hidden = !hasLines

  const typed = element<HTMLInputElement>('typed')
  const confirm = element<HTMLButtonElement>('confirm')
  const cancel = element<HTMLButtonElement>('cancel')
  confirm.textContent = text.confirm
  cancel.textContent = text.cancel
  const isTyped = (): boolean => text.typeLabel === null || typed.value.trim() === text.expected
  const judge = (): void => {
    confirm.disabled = !isTyped()
  }
  if (text.typeLabel !== null) {
    element('type').hidden = false
    element('type-label').textContent = text.typeLabel
    typed.addEventListener('input', judge)
  }
  judge()
  element<HTMLFormElement>('form').addEventListener('submit', (event) => {
    event.preventDefault()
    if (isTyped()) confirmation.answer(text.typeLabel === null ? '' : typed.value)
  })
  cancel.addEventListener('click', () => confirmation.answer(null))
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') confirmation.answer(null)
  })
  element('question').hidden = false
  // Enter alone must not do it by accident: what is harmless has the focus first.
  if (text.typeLabel === null) cancel.focus()
  else typed.focus()
}

void window.confirmation.question().then((text) => {
  if (text === null) return
  dress(text)
  if ('kind' in text) showSecret(text)
  else show(text)
})
