// Push messages: turns them on for this browser, and tells the server when the browser's address for them has changed.
const { script } = window.tandem;

const supported = "serviceWorker" in navigator && "PushManager" in window;
const words = document.getElementById("push-words");
const button = document.getElementById("push-on");

const keep = async subscription => {
  const { endpoint, keys } = subscription.toJSON();
  const answer = await fetch("/you/push", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ endpoint, p256dh: keys.p256dh, auth: keys.auth }),
  });
  if (!answer.ok) throw new Error("refused");
};

const state = async () => {
  if (!supported) return "This browser has no push messages.";
  if (Notification.permission === "denied") return "This browser does not allow messages from this site. Change it in the browser's settings.";
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) {
    button.hidden = false;
    return "Push is off here.";
  }
  await keep(subscription);
  return "Push is on here.";
};

button?.addEventListener("click", async () => {
  button.disabled = true;
  try {
    if (await Notification.requestPermission() !== "granted") throw new Error("not allowed");
    const registration = await navigator.serviceWorker.register(script("/service-worker.js"), { scope: "/" });
    await navigator.serviceWorker.ready;
    await keep(await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: button.dataset.key }));
    location.reload();
  } catch {
    words.textContent = "Push could not be turned on. Allow messages from this site and try again.";
    button.disabled = false;
  }
});

if (words && button) state().then(text => { words.textContent = text; }, () => { words.textContent = "Push could not be checked."; });
