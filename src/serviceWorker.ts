// Registers the service worker that keeps the built page for use without a network. The worker itself is written by
// the build (scripts/staticSite.ts) and lies beside index.html.

/** Does nothing in development, and nothing where service workers are not supported or not allowed. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const register = () => {
    navigator.serviceWorker.register('./sw.js', { scope: './' }).catch(() => {
      // Without it the page works as before, with a network only.
    })
  }
  if (document.readyState === 'complete') register()
  else window.addEventListener('load', register, { once: true })
}
