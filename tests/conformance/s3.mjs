// What the tests of S3 have in common.
import { createHash, createHmac } from "node:crypto";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { region } from "./harness.mjs";

// Octets that are not all the same, and the same in every run.
export function octets(size, seed = 1) {
  const all = Buffer.alloc(size);
  for (let i = 0, state = seed; i < size; ++i) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    all[i] = state >>> 16;
  }
  return all;
}

export const md5 = (data, encoding = "hex") => createHash("md5").update(data).digest(encoding);
export const sha256 = (data) => createHash("sha256").update(data).digest("hex");
const hmac = (key, data) => createHmac("sha256", key).update(data).digest();

export async function bytesOf(body) {
  return Buffer.from(await body.transformToByteArray());
}

// A body whose length is known and which can be read only once: SDKs send it in chunks.
export function stream(data, piece = 10_000) {
  return Readable.from((function* () {
    for (let at = 0; at < data.length; at += piece) yield data.subarray(at, at + piece);
  })());
}


// Sends octets as they are; answers the status and the code of the error.
export function raw(endpoint, text, { end = false } = {}) {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => (end ? socket.end(text) : socket.write(text)));
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (data) => {
      answer += data;
      const head = answer.indexOf("\r\n\r\n");
      const length = /content-length: (\d+)/i.exec(answer.slice(0, head));
      if (head > 0 && (!length || answer.length >= head + 4 + Number(length[1]))) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => {
      const status = /^HTTP\/1.1 (\d+)/.exec(answer)?.[1];
      resolve({ status: Number(status), code: /<Code>(.*)<\/Code>/.exec(answer)?.[1], answer });
    });
  });
}

// A request signed by hand, for what SDKs never send. `canonical` is the path as it is
// signed, where that is spelt otherwise.
export class Signed {
  constructor(endpoint, method, path, { headers = {}, body = "", query = "", hash, canonical = path } = {}) {
    const { host } = new URL(endpoint);
    this.endpoint = endpoint;
    this.date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    this.scope = `${this.date.slice(0, 8)}/${region}/s3/aws4_request`;
    this.body = Buffer.from(body);
    const all = { host, "x-amz-date": this.date, "x-amz-content-sha256": hash ?? sha256(this.body), ...headers };
    const names = Object.keys(all).sort();
    const request = [method, canonical, query, ...names.map((name) => `${name}:${all[name]}`), "",
      names.join(";"), all["x-amz-content-sha256"]].join("\n");
    this.key = ["AWS4test", this.date.slice(0, 8), region, "s3", "aws4_request"].reduce((key, part) => hmac(key, part));
    this.signature = this.sign(["AWS4-HMAC-SHA256", this.date, this.scope, sha256(request)]);
    const authorization = `AWS4-HMAC-SHA256 Credential=test/${this.scope}, SignedHeaders=${names.join(";")}, ` +
      `Signature=${this.signature}`;
    this.head = `${method} ${path}${query ? `?${query}` : ""} HTTP/1.1\r\n` +
      names.map((name) => `${name}: ${all[name]}\r\n`).join("") + `authorization: ${authorization}\r\n`;
  }
  sign(lines) { return hmac(this.key, lines.join("\n")).toString("hex"); }

  send(body = this.body, options) {
    const octets = Buffer.from(body);
    return raw(this.endpoint, Buffer.concat(
      [Buffer.from(`${this.head}content-length: ${options?.length ?? octets.length}\r\n\r\n`), octets]), options);
  }

  // The body in signed chunks, and behind them a signed trailer if there is one.
  chunked(pieces, trailer) {
    let previous = this.signature;
    const chain = (kind, ...lines) => (previous = this.sign([kind, this.date, this.scope, previous, ...lines]));
    let text = "";
    for (const piece of [...pieces, ""]) {
      const signature = chain("AWS4-HMAC-SHA256-PAYLOAD", sha256(""), sha256(piece));
      text += `${piece.length.toString(16)};chunk-signature=${signature}\r\n`;
      if (piece) text += `${piece}\r\n`;
    }
    if (!trailer) return `${text}\r\n`;
    const signature = chain("AWS4-HMAC-SHA256-TRAILER", sha256(`${trailer}\n`));
    return `${text}${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`;
  }
}
