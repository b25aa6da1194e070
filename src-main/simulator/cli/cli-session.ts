import { faultsFor } from './cli-faults.ts'
import { AnswerBroken, CliIo } from './cli-io.ts'
import { readKeys } from './cli-keys.ts'
import { type CliTerminal, SessionEnded } from './cli-terminal.ts'
import type { CliOlt, CliPersonality } from './personality.ts'

export interface CliSessionOptions {
  readonly olt: CliOlt
  readonly personality: CliPersonality
  readonly terminal: CliTerminal
  /** Who has logged in already (SSH); null: asks (Telnet). */
  readonly userName: string | null
  readonly schedule: (run: () => void, delayMs: number) => () => void
  /** The box starts anew. */
  readonly reboot: () => void
}

/** After so many wrong passwords in a row a user is locked out. */
const wrongAtMost = 3

/** Whether a user may come in now. Counts, and locks out after three wrong passwords. */
export const checkLogin = (
  { state, scenario, now }: CliOlt,
  userName: string,
  password: string,
): 'in' | 'wrong' | 'locked' => {
  state.attempts++
  if ((state.lockedUntilMs.get(userName) ?? 0) > now()) return 'locked'
  if (userName === scenario.userName && password === scenario.password) {
    state.wrong.delete(userName)
    state.logins++
    return 'in'
  }
  const wrong = (state.wrong.get(userName) ?? 0) + 1
  state.wrong.set(userName, wrong)
  if (wrong < wrongAtMost) return 'wrong'
  state.wrong.delete(userName)
  state.lockedUntilMs.set(userName, now() + scenario.lockS * 1000)
  return 'locked'
}

/** One session from its first octet to its end. Never rejects. */
export const runCliSession = async (options: CliSessionOptions): Promise<void> => {
  const { olt, personality, terminal } = options
  const { state } = olt
  const keys = readKeys(terminal, personality.crlfIsTwo)
  const io = new CliIo({
    terminal,
    keys,
    pager: personality.pager,
    pageLines: olt.scenario.pageLines ?? personality.pageLines,
    schedule: options.schedule,
    noise: () => personality.noise(olt),
  })
  let counted = false
  try {
    const userName = options.userName ?? (await logIn(options, io))
    if (state.open >= olt.scenario.maxSessions) {
      io.say(`\n${personality.login.full}\n`)
      return
    }
    counted = true
    state.open++
    state.peak = Math.max(state.peak, state.open)
    const person = { userName, peer: terminal.peer, transport: terminal.kind }
    const shell = personality.open(olt, io, person)
    await shell.greet()
    while (!shell.isOver()) {
      const { help, onEnd } = shell
      const line = await io.readLine(shell.prompt(), {
        atPrompt: true,
        ...(help === undefined ? {} : { help }),
        ...(onEnd === undefined ? {} : { onEnd }),
      })
      if (line.trim() === '') continue
      state.typed.push(line)
      const acts = faultsFor(state, line)
      await io.begin(acts)
      if (acts.some(({ kind }) => kind === 'reboot')) {
        options.reboot()
        throw new SessionEnded()
      }
      try {
        if (acts.some(({ kind }) => kind === 'busy')) await io.print(personality.busy)
        else await shell.run(line)
      } catch (error) {
        if (!(error instanceof AnswerBroken)) throw error
      }
      io.finish()
    }
  } catch (error) {
    if (!(error instanceof SessionEnded)) throw error
  } finally {
    if (counted) state.open--
    io.close()
  }
}

const logIn = async (
  { olt, personality: { login } }: CliSessionOptions,
  io: CliIo,
): Promise<string> => {
  const banner = login.banner(olt)
  if (banner !== '') io.say(banner)
  for (;;) {
    const userName = await io.ask(login.userPrompt)
    if (userName.trim() === '') continue
    const password = await io.ask(login.passwordPrompt, true)
    const outcome = checkLogin(olt, userName, password)
    if (outcome === 'in') return userName
    io.say(`${outcome === 'wrong' ? login.refused : login.locked}\n`)
    if (outcome === 'locked') throw new SessionEnded()
  }
}
