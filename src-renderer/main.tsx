import '@mantine/core/styles.layer.css'
import '@fontsource-variable/inter/wght.css'
import '@fontsource/jetbrains-mono/latin-400.css'
import '@fontsource/jetbrains-mono/latin-600.css'
import './app/tokens.css'
import './app/global.css'
import './app/no-eval.ts'
import { offerStyleNonce } from './app/nonce.ts'
import { installTrustedTypesPolicy } from './app/trusted-types.ts'

installTrustedTypesPolicy()
offerStyleNonce()
// Everything else comes later, so that policy and no-eval stand before any other module runs.
void import('./app/start.tsx').then(({ startConsole }) =>
  startConsole(document.getElementById('root')!),
)
