// What callers see of a server that has more to do than it takes on: each service's own word for it,
// and the same request done when there is room again.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { ListCertificatesCommand, ThrottlingException } from "@aws-sdk/client-acm";
import { ListCertificateAuthoritiesCommand } from "@aws-sdk/client-acm-pca";
import { ListUsersCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand,
  TooManyRequestsException } from "@aws-sdk/client-lambda";
import { ListBucketsCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { Everseal, refusedAs, refusedWith } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

// A function that keeps the one worker, as long as nobody ends the connection that it makes.
const holder = `
import socket
def handler(event, context):
    socket.create_connection(("127.0.0.1", event["port"])).recv(1)`;

let server, lambda, door;
before(async () => {
  door = createServer();
  await new Promise((resolve) => door.listen(0, "127.0.0.1", resolve));
  server = await Everseal.start({
    config: "[limits]\nworkers = 1\nqueued_requests = 1\n[functions]\nnetwork = true\n" });
  lambda = server.client(LambdaClient);
  await lambda.send(new CreateFunctionCommand({ FunctionName: "holds", Role: await roleForLambda(server, "holds"),
    Runtime: "python3.11", Handler: "main.handler", Timeout: 60, MemorySize: 256,
    Code: { ZipFile: zipOf("main.py", holder) } }));
});
after(async () => {
  door?.close();
  await server?.stop();
});

test("A server without room refuses in the words of each service, and takes them on later", async () => {
  const [acm, pca, iam, sts, s3] = [server.acm(), server.pca(), server.iam(), server.sts(), server.s3()];
  const asking = [
    [() => acm.send(new ListCertificatesCommand({})), ThrottlingException, 400],
    [() => pca.send(new ListCertificateAuthoritiesCommand({})), "ThrottlingException", 400],
    [() => iam.send(new ListUsersCommand({})), "Throttling", 400],
    [() => sts.send(new GetCallerIdentityCommand({})), "Throttling", 400],
    [() => lambda.send(new ListFunctionsCommand({})), TooManyRequestsException, 429],
    [() => s3.send(new ListBucketsCommand({})), "SlowDown", 503],
  ];
  const begun = new Promise((resolve) => door.once("connection", resolve));
  const holding = lambda.send(new InvokeCommand({ FunctionName: "holds",
    Payload: JSON.stringify({ port: door.address().port }) }));
  const line = await Promise.race([begun, holding.then(() => assert.fail("the function did not wait"))]);
  // Of two one may wait for the worker; whoever is refused leaves the other waiting.
  const two = [sts, sts].map((client) => client.send(new GetCallerIdentityCommand({})));
  await Promise.any(two.map((asked) => refusedWith(asked, "Throttling", 400)));
  for (const [ask, refusal, status] of asking) {
    await (typeof refusal === "string" ? refusedWith : refusedAs)(ask(), refusal, status,
      /^The server is busy\. Please try again later\.$/);
  }
  line.end();
  assert.equal((await holding).FunctionError, undefined);
  assert.deepEqual((await Promise.allSettled(two)).map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  for (const [ask] of asking) await ask();
});
