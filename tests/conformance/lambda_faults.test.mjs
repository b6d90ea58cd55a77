// Functions and zip files that are broken, as the AWS SDK sees it: each is the modelled error, and the
// log says what somebody needs to mend it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { CreateFunctionCommand, GetFunctionCommand, InvokeCommand, LambdaClient,
  UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { Everseal, refusedWith as refused } from "./harness.mjs";
import { roleForLambda, zipOf } from "./lambda.mjs";

let server, lambda, Role, folder;
before(async () => {
  server = await Everseal.start();
  folder = mkdtempSync(join(tmpdir(), "everseal-lambda-faults-"));
  lambda = server.client(LambdaClient);
  Role = await roleForLambda(server, "faults");
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const node = { file: "index.mjs", Runtime: "nodejs20.x", Handler: "index.handler" };
const commonJs = { ...node, file: "index.js" };
const python = { file: "main.py", Runtime: "python3.11", Handler: "main.handler" };
const own = { file: "bootstrap", mode: 0o755, Runtime: "provided.al2023", Handler: "any" };

const create = (FunctionName, ZipFile, { Runtime, Handler } = python) => lambda.send(new CreateFunctionCommand({
  FunctionName, Role, Runtime, Handler, Timeout: 60, MemorySize: 256, Code: { ZipFile } }));
async function invoke(FunctionName) {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, LogType: "Tail" }));
  return { failed: answer.FunctionError, said: JSON.parse(Buffer.from(answer.Payload)),
    tail: Buffer.from(answer.LogResult, "base64").toString(), requestId: answer.$metadata.requestId };
}
let made = 0;
// Creates a function and invokes it once.
async function run(kind, text) {
  const name = `faulty-${made++}`;
  await create(name, zipOf(kind.file, text, kind.mode), kind);
  return { name, ...await invoke(name) };
}
async function fails(kind, text, errorType, errorMessage, ...inTail) {
  const ran = await run(kind, text);
  assert.equal(ran.failed, "Unhandled");
  assert.equal(ran.said.errorType, errorType, ran.tail);
  assert.match(ran.said.errorMessage, errorMessage);
  for (const words of inTail) assert.match(ran.tail, words);
  assert.match(ran.tail, new RegExp(`END RequestId: ${ran.requestId}\\n`));
  assert.match(ran.tail, /^REPORT RequestId: /m);
  return ran;
}
const logged = async (name) => {
  const lines = [];
  const pages = paginateFilterLogEvents({ client: server.logs() }, { logGroupName: `/aws/lambda/${name}` });
  for await (const { events } of pages) lines.push(...events.map(({ message }) => message));
  return lines;
};

describe("a function in Node", () => {
  test("with a syntax error says where it is", async () => {
    await fails(node, "export const handler = async () => {\n  return 1 +;\n};\n", "Runtime.UserCodeSyntaxError",
      /SyntaxError: Unexpected token ';'/, /\tERROR\tUncaught Exception\b/, /index\.mjs:2/);
    await fails(commonJs, "exports.handler = async () => {\n  return 1 +;\n};\n", "Runtime.UserCodeSyntaxError",
      /SyntaxError: Unexpected token ';'/, /index\.js:2/);
    await fails({ ...node, file: "index.cjs" }, "exports.handler = async () => {\n  return 1 +;\n};\n",
      "Runtime.UserCodeSyntaxError", /SyntaxError: Unexpected token ';'/, /index\.cjs:2/);
  });

  test("that imports what is not there names it", async () => {
    await fails(node, 'import "left-out";\nexport const handler = async () => 1;', "Runtime.ImportModuleError",
      /Cannot find package 'left-out'/, /left-out/);
    await fails(commonJs, 'require("./left-out");', "Runtime.ImportModuleError", /Cannot find module '\.\/left-out'/);
    await fails({ ...node, file: "other.mjs" }, "", "Runtime.ImportModuleError", /Cannot find module 'index'/);
  });

  test("without its handler says which", async () => {
    await fails(node, "export const other = 1;", "Runtime.HandlerNotFound", /index\.handler is undefined or not exported/);
    await fails(node, "export const handler = 1;", "Runtime.HandlerNotFound", /index\.handler is not a function/);
    await fails({ ...node, Handler: "index" }, "", "Runtime.MalformedHandlerName", /Bad handler/);
  });

  test("that throws while it is imported has its own error", async () => {
    await fails(node, 'throw new RangeError("at the start");', "RangeError", /^at the start$/, /index\.mjs:1/);
  });

  test("that throws, or throws what is no error", async () => {
    await fails(node, 'export const handler = async () => { throw new TypeError("no"); };', "TypeError", /^no$/,
      /\tERROR\tInvoke Error\b/, /index\.mjs:1/);
    await fails(node, 'export const handler = async () => { throw "words"; };', "string", /^words$/);
    await fails(node, 'export const handler = (event, context, callback) => callback(new Error("called"));', "Error",
      /^called$/);
  });

  test("with a rejection that nobody handles, or an exception of a timer", async () => {
    await fails(node, 'export const handler = () => { Promise.reject(new Error("lost")); return new Promise(() => {}); };',
      "Runtime.UnhandledPromiseRejection", /Error: lost/, /lost/);
    await fails(node, `export const handler = () => new Promise(() => setTimeout(() => { throw new Error("late"); }, 1));`,
      "Error", /^late$/, /index\.mjs:1/);
  });

  test("that ends its process runs again in another one", async () => {
    const ran = await fails(node, `let calls = 0;
export const handler = async () => { if (process.env.AWS_LAMBDA_FUNCTION_NAME) { calls++; process.exit(7); } };`,
      "Runtime.ExitError", /Runtime exited with error: exit status: 7/, /START RequestId/);
    assert.equal((await invoke(ran.name)).said.errorType, "Runtime.ExitError");
    await fails(node, "process.exit(0); export const handler = 1;", "Runtime.ExitError", /Runtime exited/);
  });

  test("whose answer cannot be JSON says so", async () => {
    await fails(node, "export const handler = async () => 1n;", "TypeError", /BigInt/);
    await fails(node, "export const handler = async () => { const a = {}; a.a = a; return a; };", "TypeError", /circular/);
  });

  test("that writes octets that are no text is read", async () => {
    const { said, tail, name } = await run(node, `import fs from "node:fs";
export const handler = async () => { fs.writeSync(1, Buffer.from([0x61, 0xff, 0xfe, 0x00, 0x62, 0x0a])); return "\\u0000\\ud83d"; };`);
    assert.equal(said, "\u0000\ud83d");
    assert.match(tail, /^a\ufffd\ufffd\u0000b$/m);
    assert.ok((await logged(name)).includes("a\ufffd\ufffd\u0000b"));
  });

  test("that writes without end is cut, and answers", async () => {
    const { said, tail, name } = await run(node, `
export const handler = async () => { for (let line = 0; line < 50000; ++line) console.log("line", line, "x".repeat(200)); return "done"; };`);
    assert.equal(said, "done");
    assert.ok(tail.length <= 4096);
    assert.match(tail, /^\d+ more lines of output were left out$/m);
    const lines = await logged(name);
    assert.match(lines[0], /^START /);
    assert.match(lines.at(-1), /^REPORT /);
    assert.ok(lines.join("").length < 1.2 * 2 ** 20);
  });

  test("that writes one endless line is cut, and answers", async () => {
    const { said, name } = await run(node, `import fs from "node:fs";
export const handler = async () => { const piece = "x".repeat(1 << 16); for (let i = 0; i < 64; ++i) fs.writeSync(1, piece); return "done"; };`);
    assert.equal(said, "done");
    assert.deepEqual((await logged(name)).map((line) => line.length > 2 ** 17), [false, true, false, false]);
  });

  test("that answers more than 6 MB is told so", async () => {
    await fails(node, 'export const handler = async () => "x".repeat(7 << 20);', "Function.ResponseSizeTooLarge",
      /Response payload size exceeded maximum allowed payload size \(6291556 bytes\)/);
  });
});

describe("a function in Python", () => {
  test("with a syntax error says where it is", async () => {
    await fails(python, "def handler(event, context):\n  return 1 +\n", "Runtime.UserCodeSyntaxError",
      /Syntax error in module 'main': invalid syntax \(main\.py, line 2\)/, /\[ERROR\] Runtime\.UserCodeSyntaxError/);
  });

  test("that imports what is not there names it", async () => {
    await fails(python, "import left_out", "Runtime.ImportModuleError",
      /Unable to import module 'main': No module named 'left_out'/, /left_out/);
    await fails({ ...python, Handler: "other.handler" }, "", "Runtime.ImportModuleError", /No module named 'other'/);
  });

  test("without its handler says which", async () => {
    await fails(python, "other = 1", "Runtime.HandlerNotFound", /Handler 'handler' missing on module 'main'/);
    await fails({ ...python, Handler: "main" }, "", "Runtime.MalformedHandlerName", /Bad handler 'main'/);
    await fails({ ...python, Handler: "sys.exit" }, "", "Runtime.BuiltInModuleConflict", /Cannot use built-in module sys/);
  });

  test("that fails while it is imported has its own error", async () => {
    await fails(python, "raise ValueError('at the start')", "ValueError", /^at the start$/, /main\.py/);
  });

  test("that ends its process runs again in another one", async () => {
    const text = "import os, sys\ndef handler(event, context):\n  ";
    const ran = await fails(python, text + "os._exit(7)", "Runtime.ExitError", /exit status: 7/);
    assert.equal((await invoke(ran.name)).said.errorType, "Runtime.ExitError");
    await fails(python, text + "sys.exit(3)", "Runtime.ExitError", /exit status: 3/);
    await fails(python, text + "os.kill(os.getpid(), 11)", "Runtime.ExitError", /signal: segmentation fault/i);
  });

  test("whose answer cannot be JSON says so", async () => {
    const text = "def handler(event, context):\n  ";
    await fails(python, text + "return b'octets'", "Runtime.MarshalError", /bytes is not JSON serializable/, /MarshalError/);
    await fails(python, text + "a = []; a.append(a); return a", "Runtime.MarshalError", /Circular reference/);
    await fails(python, text + "raise ValueError('\\udcff')", "ValueError", /./);
  });

  test("that writes octets that are no text, or without end, is read", async () => {
    const octets = await run(python, String.raw`
import sys
def handler(event, context): sys.stdout.buffer.write(b"a\xff\xfe\x00b\n"); sys.stdout.flush(); return "\x00"
`);
    assert.equal(octets.said, "\u0000");
    assert.match(octets.tail, /^a\ufffd\ufffd\u0000b$/m);
    const endless = await run(python, `
def handler(event, context):
  for line in range(50000): print("line", line, "x" * 200)
  return "done"
`);
    assert.equal(endless.said, "done");
    assert.match(endless.tail, /^\d+ more lines of output were left out$/m);
  });
});

describe("a bootstrap", () => {
  test("that is missing, or cannot be run, is an invalid entrypoint", async () => {
    await fails({ ...own, file: "other" }, "#!/bin/sh\n", "Runtime.InvalidEntrypoint", /./);
    await fails({ ...own, mode: 0o644 }, "#!/bin/sh\n", "Runtime.InvalidEntrypoint", /./);
    await fails(own, "#!/nowhere/sh\n", "Runtime.InvalidEntrypoint", /./);
  });

  test("that answers what is no JSON is an answer all the same", async () => {
    const name = "raw";
    await create(name, zipOf("bootstrap", `#!/bin/sh
exec python3 -c "
import urllib.request as u
base = 'http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation'
while True:
  event = u.urlopen(base + '/next')
  u.urlopen(base + '/' + event.headers['Lambda-Runtime-Aws-Request-Id'] + '/response', bytes([0xff, 0, 0xfe]))
"
`, 0o755), own);
    const { Payload, FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: name }));
    assert.equal(FunctionError, undefined);
    assert.deepEqual([...Payload], [0xff, 0, 0xfe]);
  });

  test("that is silent and ends says how", async () => {
    await fails(own, "#!/bin/sh\necho before the end\nexit 5\n", "Runtime.ExitError", /exit status: 5/, /before the end/);
  });
});

// Zip files that only somebody who means harm makes; each as a program of Python writes it.
const harmful = {
  "that is none": ["open(to, 'wb').write(b'no zip')", /Could not unzip/],
  "that is empty": ["zipfile.ZipFile(to, 'w').close()", /Could not unzip/],
  "that is cut off": [`
with zipfile.ZipFile(to, 'w') as z: z.writestr('main.py', 'x' * 1000)
whole = open(to, 'rb').read(); open(to, 'wb').write(whole[:-30])`, /Could not unzip/],
  "with a wrong checksum": [`
with zipfile.ZipFile(to, 'w') as z: z.writestr('main.py', 'x' * 1000)
whole = open(to, 'rb').read(); open(to, 'wb').write(whole.replace(b'xxxx', b'yyyy', 1))`, /Could not unzip/],
  "that climbs out": ["with zipfile.ZipFile(to, 'w') as z: z.writestr('a/../../main.py', '')", /Could not unzip/],
  "with an absolute path": ["with zipfile.ZipFile(to, 'w') as z: z.writestr('/etc/passwd', '')", /Could not unzip/],
  "with a link": [`
link = zipfile.ZipInfo('main.py'); link.external_attr = 0o120777 << 16; link.create_system = 3
with zipfile.ZipFile(to, 'w') as z: z.writestr(link, '/etc/passwd')`, /Could not unzip/],
  "with a device": [`
device = zipfile.ZipInfo('main.py'); device.external_attr = 0o020666 << 16; device.create_system = 3
with zipfile.ZipFile(to, 'w') as z: z.writestr(device, '')`, /Could not unzip/],
  "with a file twice": [`
import warnings; warnings.simplefilter('ignore')
with zipfile.ZipFile(to, 'w') as z: z.writestr('main.py', '1'); z.writestr('main.py', '2')`, /Could not unzip/],
  "with a file that is a folder, too": [`
with zipfile.ZipFile(to, 'w') as z: z.writestr('main', '1'); z.writestr('main/main.py', '2')`, /Could not unzip/],
  "that is encrypted": [`
with zipfile.ZipFile(to, 'w') as z: z.writestr('main.py', 'x' * 100)
whole = bytearray(open(to, 'rb').read())
whole[6] |= 1; whole[whole.index(b'PK\\x01\\x02') + 8] |= 1
open(to, 'wb').write(whole)`, /encrypted/i],
  "that is a bomb": [`
with zipfile.ZipFile(to, 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('main.py', bytes(300 << 20))`, /Unzipped size|Could not unzip/],
  "with more files than anybody has": [`
with zipfile.ZipFile(to, 'w') as z:
  for number in range(200000): z.writestr(str(number), '')`, /Could not unzip/],
};

describe("a zip file", () => {
  let zips;
  before(async () => {
    zips = new Map(Object.entries(harmful).map(([name, [program]], number) => {
      const to = join(folder, `${number}.zip`);
      execFileSync("python3", ["-c", `import sys, zipfile\nto = sys.argv[1]\n${program}`, to]);
      return [name, readFileSync(to)];
    }));
    await create("sound", zipOf("main.py", "def handler(event, context): return 'sound'"));
  });

  for (const [name, [, words]] of Object.entries(harmful)) {
    test(`${name} is refused, and what was there stays`, async () => {
      const ZipFile = zips.get(name);
      await refused(create("harmful", ZipFile), "InvalidParameterValueException", 400, words);
      await refused(lambda.send(new GetFunctionCommand({ FunctionName: "harmful" })), "ResourceNotFoundException", 404);
      await refused(lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "sound", ZipFile })),
        "InvalidParameterValueException", 400, words);
      await refused(lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "sound", ZipFile, DryRun: true })),
        "InvalidParameterValueException", 400, words);
      assert.equal((await invoke("sound")).said, "sound");
    });
  }
});
