// Shows push messages and opens what they are about. It keeps nothing and answers no requests.
addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));

addEventListener("push", event => {
  let message;
  try {
    message = event.data.json();
  } catch {
    message = {};
  }
  const { title = "Tandem", path = "/", tag } = message;
  event.waitUntil(registration.showNotification(title, { tag, icon: "/assets/icon-192.png", data: { path } }));
});

addEventListener("notificationclick", event => {
  event.notification.close();
  const address = new URL(event.notification.data.path, location.origin).href;
  event.waitUntil((async () => {
    const open = await clients.matchAll({ type: "window" });
    const page = open.find(page => page.url === address) ?? open[0];
    if (!page) return clients.openWindow(address);
    await page.focus();
    if (page.url !== address) await page.navigate(address);
  })());
});
