// Runs as the console's own script does: from app://console, under the production CSP. What a test
// evaluates through the debugger is exempt from the CSP, so the attempts that matter stand here.
'use strict'
/* oxlint-disable no-eval, no-implied-eval -- hostile on purpose */
const attempts = {
  eval: () => eval('1'),
  newFunction: () => new Function('return 1')(),
  stringTimer: () =>
    new Promise((resolve) => {
      window.timerRan = false
      setTimeout('window.timerRan = true', 0)
      setTimeout(() => resolve(window.timerRan), 50)
    }),
  inlineHandler: () => {
    const alias = '<img src=x onerror="window.handlerRan = true">'
    document.getElementById('alias').innerHTML = alias
  },
  scriptElement: () => {
    const script = document.createElement('script')
    script.text = 'window.scriptRan = true'
    document.head.append(script)
    return window.scriptRan === true
  },
  foreignScript: () =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.addEventListener('load', () => resolve('loaded'))
      script.addEventListener('error', () => reject(new Error('refused')))
      script.src = 'https://example.invalid/x.js'
      document.head.append(script)
    }),
  styleWithNonce: () => {
    const style = document.createElement('style')
    style.nonce = document.querySelector('meta[name=csp-nonce]').content
    style.append('#styled { font-size: 31px }')
    document.head.append(style)
    return getComputedStyle(document.getElementById('styled')).fontSize
  },
  styleWithoutNonce: () => {
    const style = document.createElement('style')
    style.append('#styled { font-size: 77px }')
    document.head.append(style)
    return getComputedStyle(document.getElementById('styled')).fontSize
  },
  worker: () =>
    new Promise((resolve, reject) => {
      const policy = window.trustedTypes.createPolicy('default', { createScriptURL: (url) => url })
      const worker = new Worker(policy.createScriptURL('/assets/worker.js'))
      worker.addEventListener('message', ({ data }) => resolve(data))
      worker.addEventListener('error', () => reject(new Error('worker refused')))
    }),
  secondPolicy: () => window.trustedTypes.createPolicy('another', {}),
}
window.violations = []
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(event.effectiveDirective)
})
/** Resolves to `{value}` or `{error}`. Waits a turn: the debugger's own call may use eval. */
window.attempt = async (name) => {
  await new Promise((resolve) => setTimeout(resolve, 0))
  try {
    return { value: await attempts[name]() }
  } catch (error) {
    return { error: `${error.name}: ${error.message}` }
  }
}
window.received = []
if (window.nocturne) {
  window.stopListening = window.nocturne.on((channel, payload) => {
    window.received.push([channel, payload])
  })
}
