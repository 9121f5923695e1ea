// The emulator as the steps see it: its addresses, a token, and what has arrived.

import { DynamicsWebApi } from "dynamics-web-api";

const settings = ["EMULATOR_URL", "EMULATOR_TENANT", "EMULATOR_CLIENT", "EMULATOR_SECRET"];
const [url, tenant, client, secret] = settings.map((name) => {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} isn't set`);
  return value;
});

export { url };

let token;

/** A token of the emulator's own token endpoint, as an application gets one with its secret. */
export async function acquireToken() {
  if (!token) {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: client,
      client_secret: secret,
      scope: `${url}/.default`,
    });
    const answer = await fetch(`${url}/${tenant}/oauth2/v2.0/token`, { method: "POST", body: form });
    if (!answer.ok) throw new Error(`no token: ${answer.status} ${await answer.text()}`);
    token = (await answer.json()).access_token;
  }
  return token;
}

/** A client with these settings besides the address and the token. */
export function connect(config = {}) {
  return new DynamicsWebApi({ serverUrl: url, onTokenRefresh: acquireToken, ...config });
}

/** The last requests that arrived at the Web API. */
export async function arrived() {
  const answer = await fetch(`${url}/emulator/requests`);
  return (await answer.json()).value;
}

/** Makes the emulator fail as these rules say. */
export async function faults(rules) {
  const body = JSON.stringify({ rules });
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${url}/emulator/faults`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`no faults: ${answer.status} ${await answer.text()}`);
}

/** The value of a header of a request that arrived. */
export function header(request, name) {
  return request.headers.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}
