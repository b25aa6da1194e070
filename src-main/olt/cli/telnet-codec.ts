/**
 * Telnet's own octets (RFC 854, options RFC 855, 857, 858, 1073, 1091) apart from the text. We let
 * the OLT echo and go without go-aheads, tell terminal type and size, and refuse everything else.
 * Answers only to what changes something (RFC 1143), so two sides never argue for ever.
 */
export interface TelnetCodec {
  /** Text octets among what came; what has to be answered goes to `answer`. */
  readonly decode: (octets: Uint8Array) => Uint8Array
  readonly encode: (octets: Uint8Array) => Uint8Array
}

const IAC = 255
const DONT = 254
const DO = 253
const WONT = 252
const WILL = 251
const SB = 250
const SE = 240

const ECHO = 1
const SUPPRESS_GO_AHEAD = 3
const TERMINAL_TYPE = 24
const WINDOW_SIZE = 31

const CR = 13
const LF = 10
const longestSubnegotiation = 256
/** RFC 1143 keeps quarrels short; this keeps a hostile OLT from making us write without end. */
const mostAnswers = 1_000

export const createTelnetCodec = (options: {
  readonly window: { readonly columns: number; readonly rows: number }
  readonly answer: (octets: Uint8Array) => void
}): TelnetCodec => {
  const theirs = new Set<number>()
  const ours = new Set<number>()
  const refused = new Set<number>()
  let state: 'text' | 'iac' | 'option' | 'sub' | 'sub-iac' | 'cr' = 'text'
  let verb = 0
  let sub: number[] = []
  let answers = 0

  const answer = (...octets: number[]): void => {
    if (answers++ < mostAnswers) options.answer(Uint8Array.from(octets))
  }

  const tellWindow = (): void => {
    const { columns, rows } = options.window
    const size = [columns >> 8, columns & 255, rows >> 8, rows & 255]
    answer(
      IAC,
      SB,
      WINDOW_SIZE,
      ...size.flatMap((one) => (one === IAC ? [IAC, IAC] : [one])),
      IAC,
      SE,
    )
  }

  const negotiate = (option: number): void => {
    switch (verb) {
      case WILL:
        if (option === ECHO || option === SUPPRESS_GO_AHEAD) {
          if (!theirs.has(option)) answer(IAC, DO, option)
          theirs.add(option)
        } else answer(IAC, DONT, option)
        return
      case WONT:
        if (theirs.delete(option)) answer(IAC, DONT, option)
        return
      case DO:
        if (option === SUPPRESS_GO_AHEAD || option === TERMINAL_TYPE || option === WINDOW_SIZE) {
          if (!ours.has(option)) answer(IAC, WILL, option)
          ours.add(option)
          if (option === WINDOW_SIZE) tellWindow()
        } else if (!refused.has(option)) {
          refused.add(option)
          answer(IAC, WONT, option)
        }
        return
      case DONT:
        if (ours.delete(option)) answer(IAC, WONT, option)
        return
      default:
    }
  }

  const subnegotiated = (): void => {
    // TERMINAL-TYPE SEND
    if (sub[0] === TERMINAL_TYPE && sub[1] === 1 && ours.has(TERMINAL_TYPE)) {
      answer(IAC, SB, TERMINAL_TYPE, 0, ...new TextEncoder().encode('VT100'), IAC, SE)
    }
    sub = []
  }

  return {
    decode(octets) {
      const text = new Uint8Array(octets.length)
      let length = 0
      for (const octet of octets) {
        switch (state) {
          case 'cr':
          case 'text': {
            const afterCr = state === 'cr'
            state = octet === IAC ? 'iac' : octet === CR ? 'cr' : 'text'
            // CR NUL is a bare CR
            if (octet !== IAC && !(afterCr && octet === 0)) text[length++] = octet
            break
          }
          case 'iac':
            if (octet === IAC) {
              text[length++] = IAC
              state = 'text'
            } else if (octet === SB) state = 'sub'
            else if (octet >= WILL) {
              verb = octet
              state = 'option'
            } else state = 'text'
            break
          case 'option':
            state = 'text'
            negotiate(octet)
            break
          case 'sub':
            if (octet === IAC) state = 'sub-iac'
            else if (sub.length < longestSubnegotiation) sub.push(octet)
            break
          case 'sub-iac':
            if (octet === SE) {
              state = 'text'
              subnegotiated()
            } else {
              state = 'sub'
              if (octet === IAC && sub.length < longestSubnegotiation) sub.push(IAC)
            }
            break
        }
      }
      return text.subarray(0, length)
    },
    encode(octets) {
      const out: number[] = []
      for (const [at, octet] of octets.entries()) {
        out.push(octet)
        if (octet === IAC) out.push(IAC)
        // RFC 854: a CR is never alone
        if (octet === CR && octets[at + 1] !== LF) out.push(0)
      }
      return Uint8Array.from(out)
    },
  }
}
