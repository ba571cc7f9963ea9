// Verifies one token per line with a package of npm: node verify.mjs PACKAGE SECRET < TOKENS. It prints a line for each, as it is usually written.
import { createInterface } from "node:readline";

const [, , name, secret] = process.argv;
const key = Buffer.from(secret);
const verifiers = {
  "fast-jwt": async () => {
    const { createVerifier } = await import("fast-jwt");
    return createVerifier({ key, algorithms: ["HS256"], cache: false });
  },
  jose: async () => {
    const { jwtVerify } = await import("jose");
    return async (token) => (await jwtVerify(token, key, { algorithms: ["HS256"] })).payload;
  },
};
const verify = await verifiers[name]();
const out = [];
for await (const line of createInterface({ input: process.stdin })) {
  out.push(JSON.stringify(await verify(line)));
  if (out.length === 1000) process.stdout.write(out.splice(0).join("\n") + "\n");
}
if (out.length > 0) process.stdout.write(out.join("\n") + "\n");
