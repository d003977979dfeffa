import path from 'node:path'
import { defineConfig } from 'vite'
import solid from 'vite-plugin-solid'
import { preloadFonts } from './preloadFonts.ts'
import { preloadPage } from './preloadPage.ts'
import { sharedPart } from './sharedParts.ts'
import { offlineShell } from './shell.ts'
import { standsAlone } from './standsAlone.ts'
import { stylesFirst } from './stylesFirst.ts'

/** The scripts of nearly every page. */
const FONTS = ['noto-sans-latin', 'noto-sans-thai']

/** The hub that `npm run dev` talks to; `HUB=http://localhost:9000 npm run dev` for another one. */
const hub = process.env.HUB ?? 'http://localhost:8080'

export default defineConfig({
  plugins: [
    solid(),
    offlineShell({
      worker: 'src/offline/worker.ts',
      fileName: 'record-worker.js',
      pages: [
        'record/RecordPage.tsx',
        'record/RecordHome.tsx',
        'record/RecordFormPage.tsx',
        'record/CheckPage.tsx',
        'facility/FacilityPage.tsx',
        'pageHelp/HelpSheet.tsx',
        ...['my', 'lo', 'km'].map((language) => `i18n/further/${language}.ts`),
      ],
      fonts: FONTS,
    }),
    standsAlone({ page: 'kiosk.html', entry: 'src/kiosk/main.ts' }),
    stylesFirst(),
    preloadPage({ page: 'board.html', source: 'board/BoardPage.tsx' }),
    preloadFonts({ page: 'index.html', fonts: FONTS }),
  ],
  base: '/',
  resolve: { alias: [{ find: /^zod$/, replacement: path.join(import.meta.dirname, 'zodWithoutEval.ts') }] },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: ['index.html', 'help.html', 'kiosk.html', 'board.html'].map((name) =>
        path.join(import.meta.dirname, name),
      ),
      output: { codeSplitting: { groups: [{ name: sharedPart(), includeDependenciesRecursively: false }] } },
    },
    // The map engines are 1.1 and 1.9 MB before gzip; one of them is loaded, after the first paint.
    chunkSizeWarningLimit: 1_900,
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
