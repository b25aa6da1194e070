import type { CliFaultAct } from './cli-faults.ts'
import type { CliKey, CliKeys } from './cli-keys.ts'
import { type CliTerminal, SessionEnded } from './cli-terminal.ts'

/** How a family stops long answers. */
export interface PagerStyle {
  readonly more: string
  /** What takes the words of `more` away again; the next text follows at once. */
  readonly erase: string
}

export interface CliIoOptions {
  readonly terminal: CliTerminal
  readonly keys: CliKeys
  readonly pager: PagerStyle
  /** Lines of a page; 0: the pager is off. */
  readonly pageLines: number
  readonly schedule: (run: () => void, delayMs: number) => () => void
  /** A line that nobody asked for. */
  readonly noise: () => string
}

/** Ends one answer early: somebody pressed Q at the pager. */
export class AnswerBroken extends Error {
  constructor() {
    super('the answer was broken off')
    this.name = 'AnswerBroken'
  }
}

/** A line no box takes longer than this. */
const mostTyped = 1_024

/** What a command has to speak through. Texts have \n between lines; the wire gets CR LF. */
export class CliIo {
  pageLines: number
  private readonly given: CliIoOptions
  private acts: readonly CliFaultAct[] = []
  private shown = 0
  private forcedPage: number | null = null
  /** Text kept back: it is lost if the session ends before somebody is asked something. */
  private held: string | null = null
  /** Said and not yet written: what is said in one turn goes out as one packet. */
  private unwritten = ''

  constructor(options: CliIoOptions) {
    this.given = options
    this.pageLines = options.pageLines
  }

  /** A new command: the count of the pager begins anew. */
  async begin(acts: readonly CliFaultAct[]): Promise<void> {
    this.acts = acts
    this.shown = 0
    this.forcedPage = null
    this.held = null
    for (const act of acts) {
      switch (act.kind) {
        case 'drop':
          if (act.when === 'before-effect') this.end()
          if (act.when === 'after-effect') this.held = ''
          break
        case 'pause':
          await this.pause(act.ms)
          break
        case 'noise':
          if (act.where === 'before') this.emit(`\r\n${this.given.noise()}\r\n`)
          break
        case 'garbage':
          this.flush()
          this.given.terminal.write(Buffer.from('00ff0b1b5b39391b5d07fe80c3288d', 'hex'))
          break
        case 'pager':
          this.forcedPage = act.lines
          break
        case 'busy':
        case 'reboot':
          break
      }
    }
  }

  /** The command has done its work: what a fault has kept for now happens now. */
  finish(): void {
    for (const act of this.acts) {
      if (act.kind === 'drop') this.end()
    }
    this.held = null
  }

  /** Lines, each ended; the pager may stop between them. */
  async print(text: string): Promise<void> {
    const lines = text.split('\n')
    const cutAt = this.isCut() ? Math.floor(lines.length / 2) : -1
    for (const [n, line] of lines.entries()) {
      await this.page()
      if (n === cutAt) {
        this.emit(line.slice(0, Math.ceil(line.length / 2)))
        await this.drained()
        this.end()
      }
      if (this.shown === 1 && this.hasNoise('middle')) this.emit(`${this.given.noise()}\r\n`)
      this.emit(`${line}\r\n`)
      this.shown++
    }
    await this.drained()
    if (this.given.keys.isClosed()) throw new SessionEnded()
  }

  /** Text without an end of line, past the pager. */
  say(text: string): void {
    this.emit(text.replaceAll('\n', '\r\n'))
  }

  /** Asks and gives the line that was typed; not echoed if `secret`. */
  async ask(question: string, secret = false): Promise<string> {
    if (this.held !== null && this.held !== '') {
      const text = this.held
      this.held = null
      this.emit(text)
      this.held = ''
    }
    const kept = this.held
    this.held = null
    const answer = await this.readLine(question, { secret })
    this.held = kept
    return answer
  }

  /** Says nothing for so long. */
  async pause(ms: number): Promise<void> {
    if (ms <= 0) return
    this.flush()
    await new Promise<void>((resolve, reject) => {
      const cancel = this.given.schedule(resolve, ms)
      this.given.terminal.onClose(() => {
        cancel()
        reject(new SessionEnded())
      })
    })
  }

  /** Reads one line at a prompt with echo and erasing. */
  async readLine(
    prompt: string,
    options: {
      readonly secret?: boolean
      readonly help?: (line: string) => string
      readonly onEnd?: () => void
      /** Between two commands, not a question of one. */
      readonly atPrompt?: boolean
    } = {},
  ): Promise<string> {
    this.say(prompt)
    if (options.atPrompt === true && this.hasNoise('after-prompt')) {
      this.acts = []
      this.say(`\n${this.given.noise()}\n${prompt}`)
    }
    let line = ''
    for (;;) {
      const key: CliKey = await this.given.keys.next()
      switch (key.kind) {
        case 'enter':
          this.emit('\r\n')
          return line
        case 'erase':
          if (line.length > 0) this.echo('\b \b', options.secret)
          line = line.slice(0, -1)
          break
        case 'break':
          this.emit('\r\n')
          return ''
        case 'end':
          options.onEnd?.()
          this.emit('\r\n')
          return ''
        case 'help':
          if (options.help === undefined || isQuoted(line)) {
            line += '?'
            this.echo('?', options.secret)
          } else this.say(`?\n${options.help(line)}\n${prompt}${line}`)
          break
        case 'char':
          if (line.length >= mostTyped) this.emit('\u0007')
          else {
            line += key.char
            this.echo(key.char, options.secret)
          }
          break
        case 'tab':
          break
      }
    }
  }

  private echo(text: string, secret: boolean | undefined): void {
    if (secret !== true) this.emit(text)
  }

  private async page(): Promise<void> {
    const limit = this.forcedPage ?? (this.pageLines > 0 ? this.pageLines : null)
    if (limit === null || this.shown < limit || this.held !== null) return
    const { more, erase } = this.given.pager
    this.emit(more)
    for (;;) {
      const key = await this.given.keys.next()
      if (key.kind === 'break' || (key.kind === 'char' && /q/i.test(key.char))) {
        this.emit(erase)
        throw new AnswerBroken()
      }
      if (key.kind === 'char' && key.char === ' ') {
        this.emit(erase)
        this.shown = 0
        this.forcedPage = null
        return
      }
      if (key.kind === 'enter') {
        this.emit(erase)
        this.shown = limit - 1
        return
      }
    }
  }

  private isCut(): boolean {
    return this.acts.some((act) => act.kind === 'drop' && act.when === 'mid-answer')
  }

  private hasNoise(where: 'middle' | 'after-prompt'): boolean {
    return this.acts.some((act) => act.kind === 'noise' && act.where === where)
  }

  private emit(text: string): void {
    if (this.held !== null) this.held += text
    else {
      if (this.unwritten === '') setImmediate(() => this.flush())
      this.unwritten += text
    }
  }

  private flush(): void {
    const text = this.unwritten
    this.unwritten = ''
    if (text !== '') this.given.terminal.write(Buffer.from(text, 'latin1'))
  }

  private drained(): Promise<void> {
    this.flush()
    return this.given.terminal.drained()
  }

  /** The session is over; what was said is written first. */
  close(): void {
    this.flush()
    this.given.terminal.close()
  }

  /** Gone, in the middle of whatever it was. */
  end(): never {
    this.close()
    throw new SessionEnded()
  }
}

const isQuoted = (line: string): boolean => (line.split('"').length - 1) % 2 === 1
