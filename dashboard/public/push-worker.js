// Shows what the hub sends while no page is open, and opens where it leads. It keeps nothing and serves no page.

self.addEventListener('push', (event) => {
  const { title, body, url, tag } = event.data.json()
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      // What replaces an older message of its kind rings again.
      renotify: true,
      icon: '/icons/record-192.png',
      data: { url },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  // Only ever a page of this hub, by whatever name people reach it.
  const { pathname, search } = new URL(event.notification.data.url, self.location.origin)
  event.waitUntil(open(self.location.origin + pathname + search))
})

async function open(url) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = pages.find((page) => page.url === url)
  return there ? there.focus() : self.clients.openWindow(url)
}
