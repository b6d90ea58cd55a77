// What the tests of load balancers that carry something do again and again.
import { createServer } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { Agent, request as overHttp } from "node:http";
import { Agent as TlsAgent, request as overTls } from "node:https";
import * as elb from "@aws-sdk/client-elastic-load-balancing-v2";
import { until } from "./harness.mjs";

export const answer = (StatusCode, MessageBody) =>
  [{ Type: "fixed-response", FixedResponseConfig: { StatusCode, MessageBody, ContentType: "text/plain" } }];
export const forward = (TargetGroupArn) => [{ Type: "forward", TargetGroupArn }];

// Load balancing as the SDK speaks it, and a client of what it carries out.
export class Balancing {
  constructor(server) { this.client = server.client(elb.ElasticLoadBalancingV2Client); }
  send(command, input) { return this.client.send(new elb[`${command}Command`](input)); }

  // Its ARN and the address that it listens at.
  async edge(Name) {
    const { LoadBalancers: [made] } = await this.send("CreateLoadBalancer", { Name, Subnets: ["subnet-a", "subnet-b"] });
    return { arn: made.LoadBalancerArn,
      address: made.AvailabilityZones[0].LoadBalancerAddresses[0].IpAddress };
  }
  async listen(input) { return (await this.send("CreateListener", input)).Listeners[0].ListenerArn; }
  async group(Name, ...ports) {
    const { TargetGroups: [{ TargetGroupArn }] } = await this.send("CreateTargetGroup", { Name, Protocol: "HTTP",
      Port: 80, TargetType: "ip", VpcId: "vpc-1", HealthCheckIntervalSeconds: 5, HealthCheckTimeoutSeconds: 2,
      HealthyThresholdCount: 2 });
    await this.send("RegisterTargets", { TargetGroupArn,
      Targets: ports.map((Port) => ({ Id: "127.0.0.1", Port })) });
    return TargetGroupArn;
  }
}

// One request. `agent` keeps a connection; without one each request has its own. `tls`: `ca`, `cert`, `key`.
export function get({ address, port, path = "/", host = "app.corp.internal", headers = {}, tls, agent }) {
  return new Promise((resolve, reject) => {
    const options = { host: address, port, path, headers: { host, ...headers }, agent: agent ?? false };
    const asked = tls ? overTls({ ...options, servername: host, ...tls }) : overHttp(options);
    asked.on("error", reject);
    asked.on("response", (response) => {
      const parts = [];
      const certificate = tls && response.socket.getPeerX509Certificate();
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers,
        body: Buffer.concat(parts).toString(), serial: certificate?.serialNumber, reused: asked.reusedSocket }));
    });
    asked.end();
  });
}
// What became of it: a status, or the code of the error.
export const outcome = (options) => get(options).then(({ status }) => status, ({ code }) => code);
// The same of one request over HTTP/2; "refused" instead of a code.
export function outcomeOverHttp2({ address, port, path = "/", host = "app.corp.internal", tls }) {
  return new Promise((resolve) => {
    const session = connectHttp2(`https://${address}:${port}`, { servername: host, ...tls });
    const end = (found) => { session.destroy(); resolve(found); };
    session.on("error", () => end("refused"));
    session.on("close", () => end("refused"));
    const asked = session.request({ ":path": path, ":authority": host });
    asked.on("error", () => end("refused"));
    asked.on("response", (headers) => end(headers[":status"]));
    asked.end();
  });
}

// As soon as it is carried out, which is a matter of milliseconds.
export const served = (options, status = 200) =>
  until(() => outcome(options), (found) => found === status, `a ${status} at ${options.address}:${options.port}`);
export const refusedAtOnce = (options) =>
  until(() => outcome(options), (found) => typeof found === "string", "a refusal");

export const keepAlive = (tls) => tls ? new TlsAgent({ keepAlive: true, maxSockets: 1, ...tls })
  : new Agent({ keepAlive: true, maxSockets: 1 });

// Answers each request with its path, and remembers the headers of the last.
export async function target() {
  const seen = { headers: undefined };
  const server = createServer((request, response) => {
    if (request.headers["user-agent"] !== "ELB-HealthChecker/2.0") seen.headers = request.headers;
    response.end(`target: ${request.url}`);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(seen, { port: server.address().port,
    end: () => { server.closeAllConnections(); server.close(); } });
}

