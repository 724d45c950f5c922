// A server of OpenID Connect on loopback, by https: everybody is who they say they are.
//
//     node serve.mjs CERTIFICATE_AND_KEY CLIENT SECRET ADDRESS_TO_COME_BACK_TO
//
// It prints its own address when it can be asked.
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { Provider } from "oidc-provider";

const [file, client, secret, back] = process.argv.slice(2);
const pem = readFileSync(file);
const server = createServer({ key: pem, cert: pem });
server.listen(0, "127.0.0.1", () => {
  const address = `https://127.0.0.1:${server.address().port}`;
  const provider = new Provider(address, {
    clients: [
      { client_id: client, client_secret: secret, redirect_uris: [back], response_types: ["code"], grant_types: ["authorization_code"] },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username"], email: ["email"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: "reporter", email: "li@example.org" }) }),
    cookies: { keys: ["an-invented-key"] },
  });
  server.on("request", provider.callback());
  console.log(address);
});
