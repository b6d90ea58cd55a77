# The runtime of python functions: imports the handler, asks for one event after the other, and
# calls it. Speaks the Lambda Runtime API; needs nothing but Python's standard library.
import http.client
import importlib
import importlib.abc
import importlib.util
import json
import logging
import os
import sys
import time
import traceback

# "127.0.0.1:9001", perhaps with a path behind it.
API, _, PATH = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
BASE = ("/" + PATH if PATH else "") + "/2018-06-01/runtime"


class Connection:
    def __init__(self):
        self.connection = http.client.HTTPConnection(API)

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, BASE + path, body, headers or {})
        answer = self.connection.getresponse()
        return answer, answer.read()


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class ClientContext:
    def __init__(self, given):
        self.custom = given.get("custom")
        self.env = given.get("env")
        self.client = given.get("client")


class Context:
    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers["Lambda-Runtime-Invoked-Function-Arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.identity = Identity()
        self.tenant_id = None
        given = headers.get("Lambda-Runtime-Client-Context")
        self.client_context = ClientContext(json.loads(given)) if given else None
        self._deadline_ms = int(headers["Lambda-Runtime-Deadline-Ms"])

    def get_remaining_time_in_millis(self):
        return max(self._deadline_ms - int(time.time() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))
        sys.stdout.flush()


class Formatter(logging.Formatter):
    converter = time.gmtime

    def format(self, record):
        record.aws_request_id = Formatter.request_id
        return super().format(record)

    request_id = ""


class EndpointForOlderBoto(importlib.abc.MetaPathFinder):
    """botocore before 1.31 does not know AWS_ENDPOINT_URL: the same, once it is imported."""

    def find_spec(self, name, path, target=None):
        if name != "botocore.session":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def exec_module(module):
            execute(module)
            self.teach(module.Session)

        spec.loader.exec_module = exec_module
        return spec

    @staticmethod
    def teach(session):
        import botocore

        if tuple(int(part) for part in botocore.__version__.split(".")[:2]) >= (1, 31):
            return
        create = session.create_client

        def create_client(self, service_name, *positional, **named):
            # endpoint_url is the sixth of its parameters.
            if len(positional) < 5 and named.get("endpoint_url") is None:
                own = "AWS_ENDPOINT_URL_" + service_name.upper().replace("-", "_")
                named["endpoint_url"] = os.environ.get(own) or os.environ.get("AWS_ENDPOINT_URL")
            return create(self, service_name, *positional, **named)

        session.create_client = create_client


def failure(error, error_type=None, trace=None):
    return {
        "errorMessage": str(error),
        "errorType": error_type or type(error).__name__,
        "requestId": Formatter.request_id,
        "stackTrace": traceback.format_list(trace) if trace else [],
    }


def log_failure(said):
    # One line, whatever it holds, so that it is one event of the log.
    lines = ["[ERROR] %s: %s" % (said["errorType"], said["errorMessage"])]
    if said["stackTrace"]:
        lines.append("Traceback (most recent call last):")
        lines += [line.rstrip("\n") for line in said["stackTrace"]]
    print("\r".join(lines).replace("\n", "\r"), flush=True)


class InitError(Exception):
    def __init__(self, error_type, message):
        super().__init__(message)
        self.error_type = error_type


def find_handler(name):
    try:
        module_name, function_name = name.rsplit(".", 1)
    except ValueError:
        raise InitError("Runtime.MalformedHandlerName", "Bad handler '%s': not enough values to unpack (expected 2, got 1)" % name)
    module_name = module_name.replace("/", ".")
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise InitError("Runtime.BuiltInModuleConflict", "Cannot use built-in module %s as a handler module" % module_name)
    try:
        module = importlib.import_module(module_name)
    except ImportError as error:
        raise InitError("Runtime.ImportModuleError", "Unable to import module '%s': %s" % (module_name, error))
    except SyntaxError as error:
        raise InitError(
            "Runtime.UserCodeSyntaxError",
            "Syntax error in module '%s': %s (%s, line %s)" % (module_name, error.msg, os.path.basename(error.filename or ""), error.lineno),
        )
    handler = getattr(module, function_name, None)
    if handler is None:
        raise InitError("Runtime.HandlerNotFound", "Handler '%s' missing on module '%s'" % (function_name, module_name))
    return handler


def trace_of(error):
    # Without the runtime's own frames.
    return [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__ and "importlib" not in frame.filename]


def set_up_logging():
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S"))
    logging.getLogger().addHandler(handler)


def outcome_of(handler, answer, body):
    """What to post: ("response" or "error", its text)."""
    try:
        event = json.loads(body) if body else {}
    except ValueError as error:
        return "error", failure("Unable to unmarshal input: %s" % error, "Runtime.UnmarshalError")
    context = Context(answer.headers)
    try:
        result = handler(event, context)
    except BaseException as error:
        if isinstance(error, (SystemExit, KeyboardInterrupt)) and not isinstance(error, Exception):
            sys.stdout.flush()
            os._exit(error.code if isinstance(error, SystemExit) and isinstance(error.code, int) else 1)
        return "error", failure(error, trace=trace_of(error))
    try:
        return "response", json.dumps(result)
    except (TypeError, ValueError) as error:
        return "error", failure("Unable to marshal response: %s" % error, "Runtime.MarshalError")


def main():
    os.chdir(os.environ["LAMBDA_TASK_ROOT"])
    sys.path[0] = os.environ["LAMBDA_TASK_ROOT"]
    # The locale of LANG need not be on this machine.
    sys.stdout.reconfigure(encoding="utf-8", line_buffering=True, errors="backslashreplace")
    sys.stderr.reconfigure(encoding="utf-8", line_buffering=True, errors="backslashreplace")
    set_up_logging()
    sys.meta_path.insert(0, EndpointForOlderBoto())
    api = Connection()
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except BaseException as error:
        said = failure(error, getattr(error, "error_type", None), trace_of(error))
        log_failure(said)
        api.ask("POST", "/init/error", json.dumps(said), {"Lambda-Runtime-Function-Error-Type": said["errorType"]})
        sys.exit(1)
    while True:
        answer, body = api.ask("GET", "/invocation/next")
        if answer.status != 200:
            sys.exit(1)
        Formatter.request_id = answer.headers["Lambda-Runtime-Aws-Request-Id"]
        os.environ["_X_AMZN_TRACE_ID"] = answer.headers.get("Lambda-Runtime-Trace-Id", "")
        kind, said = outcome_of(handler, answer, body)
        headers = {"Content-Type": "application/json"}
        if kind == "error":
            log_failure(said)
            headers["Lambda-Runtime-Function-Error-Type"] = said["errorType"]
            said = json.dumps(said)
        sys.stdout.flush()
        sys.stderr.flush()
        api.ask("POST", "/invocation/%s/%s" % (Formatter.request_id, kind), said.encode(), headers)


main()
