// A preview server of dist on a free port, for the scripts that drive a browser themselves.
import { preview } from 'vite'

/** @returns {Promise<{ url: string, close: () => Promise<void> }>} */
export async function servePreview() {
  const server = await preview({ preview: { host: '127.0.0.1', port: 0, open: false }, logLevel: 'error' })
  const address = server.httpServer.address()
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() }
}
