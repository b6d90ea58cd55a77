// The runtime of node functions: imports the handler, asks for one event after the other, and calls
// it. Speaks the Lambda Runtime API; needs nothing but Node.
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import {createRequire} from 'node:module';
import path from 'node:path';
import {format} from 'node:util';
import {pathToFileURL} from 'node:url';

// "127.0.0.1:9001", perhaps with a path behind it.
const [, host, port, prefix] = /^([^:]*):(\d+)(.*)$/.exec(process.env.AWS_LAMBDA_RUNTIME_API);
const agent = new http.Agent({keepAlive: true, maxSockets: 1});
let requestId = '';

function ask(method, where, body, headers = {}) {
  return new Promise((resolve, reject) => {
    if (body !== undefined) headers['Content-Length'] = Buffer.byteLength(body);
    const options = {host, port, method, agent, headers, path: prefix + '/2018-06-01/runtime' + where};
    const request = http.request(options, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(pieces).toString()}));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

function write(text) {
  for (let bytes = Buffer.from(text); bytes.length > 0;) {
    try {
      bytes = bytes.subarray(fs.writeSync(1, bytes));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

function log(level, ...parts) {
  const text = format(...parts).replace(/\n/g, '\r');
  write(`${new Date().toISOString()}\t${requestId || 'undefined'}\t${level}\t${text}\n`);
}
for (const [name, level] of [['log', 'INFO'], ['info', 'INFO'], ['warn', 'WARN'], ['error', 'ERROR'], ['debug', 'DEBUG'], ['trace', 'TRACE']]) {
  console[name] = (...parts) => log(level, ...parts);
}

function failure(error) {
  const isError = error instanceof Error;
  return {
    errorType: isError ? error.name : typeof error,
    errorMessage: isError ? error.message : String(error),
    trace: isError ? String(error.stack).split('\n') : [],
  };
}

// `where` it comes from: the trace of what was thrown.
function initFailure(type, message, where) {
  const error = new Error(message);
  error.name = type;
  if (where) error.stack = `${type}: ${message}\n${where}`;
  return error;
}

// The file that a handler's name means, and how it is read if not by import.
function fileOf(file) {
  const endings = [['', createRequire(file)], ['.js', null], ['.mjs', null], ['.cjs', null]];
  return endings.map(([ending, read]) => [file + ending, read])
    .find(([name]) => fs.existsSync(name) && !fs.statSync(name).isDirectory()) ?? [];
}

// Of a module that was imported, Node itself tells the line only to who runs it from a shell.
function placeOf(error, file) {
  if (/^\s*\^/m.test(error.stack)) return error.stack;
  const checked = spawnSync(process.execPath, ['--check', fileOf(file)[0]], {encoding: 'utf8'});
  return checked.status === 0 ? error.stack : checked.stderr;
}

async function load(file) {
  const [name, read] = fileOf(file);
  if (!name) throw initFailure('Runtime.ImportModuleError', `Cannot find module '${path.basename(file)}'`);
  return read ? read(name) : import(pathToFileURL(name).href);
}

async function findHandler(name) {
  const folder = path.dirname(name);
  const match = /^([^.]*)\.(.*)$/.exec(path.basename(name));
  if (!match) throw initFailure('Runtime.MalformedHandlerName', 'Bad handler');
  const file = path.resolve(process.env.LAMBDA_TASK_ROOT, folder, match[1]);
  let module;
  try {
    module = await load(file);
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw initFailure('Runtime.UserCodeSyntaxError', String(error), placeOf(error, file));
    }
    if (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') {
      throw initFailure('Runtime.ImportModuleError', String(error.message), error.stack);
    }
    throw error;
  }
  const handler = match[2].split('.').reduce((found, key) => found?.[key] ?? found?.default?.[key], module);
  if (handler === undefined) throw initFailure('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  if (typeof handler !== 'function') throw initFailure('Runtime.HandlerNotFound', `${name} is not a function`);
  return handler;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const clientContext = headers['lambda-runtime-client-context'];
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    clientContext: clientContext ? JSON.parse(clientContext) : undefined,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
  };
}

function called(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    context.done = callback;
    context.succeed = resolve;
    context.fail = reject;
    const result = handler(event, context, callback);
    if (typeof result?.then === 'function') result.then(resolve, reject);
    else if (handler.length < 3) resolve(result);
  });
}

async function fail(where, error) {
  const said = failure(error);
  log('ERROR', where === '/init/error' ? 'Uncaught Exception' : 'Invoke Error', JSON.stringify(said));
  await ask('POST', where, JSON.stringify(said), {'Lambda-Runtime-Function-Error-Type': said.errorType});
}

process.on('uncaughtException', async (error) => {
  await fail(requestId ? `/invocation/${requestId}/error` : '/init/error', error);
  process.exit(129);
});
process.on('unhandledRejection', async (reason) => {
  const error = initFailure('Runtime.UnhandledPromiseRejection', String(reason), reason?.stack);
  await fail(requestId ? `/invocation/${requestId}/error` : '/init/error', error);
  process.exit(128);
});

process.chdir(process.env.LAMBDA_TASK_ROOT);
let handler;
try {
  handler = await findHandler(process.env._HANDLER);
} catch (error) {
  await fail('/init/error', error);
  process.exit(1);
}
for (;;) {
  const next = await ask('GET', '/invocation/next');
  if (next.status !== 200) process.exit(1);
  requestId = next.headers['lambda-runtime-aws-request-id'];
  process.env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'] ?? '';
  try {
    const result = await called(handler, next.body === '' ? {} : JSON.parse(next.body), contextOf(next.headers));
    const text = JSON.stringify(result === undefined ? null : result);
    await ask('POST', `/invocation/${requestId}/response`, text, {'Content-Type': 'application/json'});
  } catch (error) {
    await fail(`/invocation/${requestId}/error`, error);
  }
}
