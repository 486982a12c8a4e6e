// Gives simcord's page the secret of the running session, and reloads the page when the preview
// has been restarted.

const INTERVAL_MS = 1000;

const currentSecret = async () => {
  const response = await fetch("/session-secret", { cache: "no-store" });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.text();
};

const adopt = (secret) => history.replaceState(null, "", `#${secret}`);

const secret = await currentSecret();
adopt(secret);
await import("/app.js");

setInterval(async () => {
  const now = await currentSecret().catch(() => secret); // stopped, and perhaps about to restart
  if (now !== secret) {
    adopt(now);
    location.reload();
  }
}, INTERVAL_MS);
