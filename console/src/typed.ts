import type { Credentials } from "./session";

// What somebody types to sign in.
export interface Typed extends Credentials {
  sessionToken: string; // empty: none
  region: string;
}

// Pasted text often has a space or two around it.
export function trimmed(typed: Typed): Typed {
  return {
    accessKeyId: typed.accessKeyId.trim(),
    secretAccessKey: typed.secretAccessKey.trim(),
    sessionToken: typed.sessionToken.trim(),
    region: typed.region.trim(),
  };
}

// What no request can be made of; the rest is for the API to judge.
export function errorsOf({ accessKeyId, secretAccessKey, sessionToken, region }: Typed) {
  return {
    accessKeyId: /^\w+$/.test(accessKeyId) ? undefined : "Enter an access key ID: letters, digits and underscores.",
    secretAccessKey: secretAccessKey ? undefined : "Enter the secret of the access key.",
    sessionToken: /^[!-~]*$/.test(sessionToken) ? undefined : "A session token has no such characters.",
    region: /^[a-z0-9-]+$/.test(region) ? undefined : "Enter a region, for example us-east-1.",
  };
}
