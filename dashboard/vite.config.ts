import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'

/** The hub that `npm run dev` talks to; `HUB=http://localhost:9000 npm run dev` for another one. */
const hub = process.env.HUB ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [solid()],
  base: '/',
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    // maplibre-gl alone is 1.1 MB before gzip; it is loaded after the first paint.
    chunkSizeWarningLimit: 1_300,
  },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': { target: hub },
      '/live': { target: hub, ws: true },
      '/socket.io': { target: hub, ws: true },
    },
  },
})
