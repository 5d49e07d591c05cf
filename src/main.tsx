import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { registerServiceWorker } from './serviceWorker.ts'
import { openStore } from './store/browser.ts'
import { App } from './ui/App.tsx'
import { loadLater } from './ui/later.ts'
import { OrdinalContext } from './ui/useOrdinal.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')
// Nothing is awaited at the top: parts that are loaded later import this one, and would wait for it in turn.
openStore(loadLater).then(({ store }) =>
  createRoot(root).render(
    <StrictMode>
      <OrdinalContext value={store}>
        <App />
      </OrdinalContext>
    </StrictMode>,
  ),
)
registerServiceWorker()
