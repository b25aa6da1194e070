import type { SecretText } from '../../src-shared/contract/confirm-text.ts'
import { qrPath } from '../components/qr-path.ts'
import './secret.css'

const svg = 'http://www.w3.org/2000/svg'

/** Dark on light in either theme: many cameras read no other. */
const qrCode = (data: string, label: string): SVGElement => {
  const { size, path } = qrPath(data)
  const picture = document.createElementNS(svg, 'svg')
  picture.setAttribute('viewBox', `0 0 ${size} ${size}`)
  picture.setAttribute('role', 'img')
  picture.setAttribute('aria-label', label)
  picture.setAttribute('shape-rendering', 'crispEdges')
  const modules = document.createElementNS(svg, 'path')
  modules.setAttribute('d', path)
  picture.append(modules)
  return picture
}

const element = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind

/** A secret that a person has to see once: a QR code, lines to keep, and a button to say it is kept. */
export const showSecret = (text: SecretText): void => {
  const { confirmation } = window
  element('secret-title').textContent = text.title
  element('secret-intro').textContent = text.intro
  element('secret-note').textContent = text.note
  if (text.qr !== null) {
    element('secret-qr').append(qrCode(text.qr, text.title))
    element('secret-qr').hidden = false
  }
  for (const line of text.lines) {
    const item = document.createElement('li')
    item.textContent = line
    element('secret-lines').append(item)
  }
  element('secret-lines').classList.toggle('single', text.lines.length === 1)

  const copy = element<HTMLButtonElement>('secret-copy')
  copy.textContent = text.copy
  copy.addEventListener('click', () => {
    // The text stays with main: the page only says that it is wanted.
    void confirmation.copy().then((done) => {
      if (done) element('secret-copied').textContent = text.copied
    })
  })
  const print = element<HTMLButtonElement>('secret-print')
  print.textContent = text.print
  print.hidden = text.print === ''
  print.addEventListener('click', () => window.print())
  const close = element<HTMLButtonElement>('secret-close')
  close.textContent = text.close
  // Only this says that it was seen: whoever closes the window otherwise has nothing.
  close.addEventListener('click', () => confirmation.answer(''))
  element('secret').hidden = false
  // Not on the button: a key that was meant for the page before must not put it away unseen.
  element('secret-lines').focus()
}
