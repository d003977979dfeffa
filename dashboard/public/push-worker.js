// Shows what the hub sends while no page is open, and opens where it leads. It keeps nothing and serves no page.

self.addEventListener('push', (event) => {
  const { title, body, url, tag, quiet = false } = event.data.json()
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      // What replaces an older message rings again, unless it says that something is over.
      renotify: !quiet,
      silent: quiet,
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

// The push service has given this device another address, or wants it to ask for one: whoever is signed in here hears on.
self.addEventListener('pushsubscriptionchange', (event) => {
  event.waitUntil(subscribeAgain(event))
})

async function subscribeAgain({ oldSubscription, newSubscription }) {
  const answer = await fetch('/api/notifications')
  // Nobody is signed in any more: the hub has let go of the device with the session.
  if (answer.status === 401) return
  if (!answer.ok) throw new Error(`/api/notifications answered ${answer.status}`)
  const { pushKey } = await answer.json()
  const made =
    newSubscription ??
    (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey }))
  const { endpoint, keys } = made.toJSON()
  const told = await fetch('/api/notifications/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      endpoint,
      keys: { p256dh: keys.p256dh, auth: keys.auth },
      label: 'Browser',
      ...(oldSubscription && { replaces: oldSubscription.endpoint }),
    }),
  })
  if (!told.ok) throw new Error(`/api/notifications/devices answered ${told.status}`)
}
