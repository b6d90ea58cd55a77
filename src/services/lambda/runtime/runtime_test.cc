#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <fstream>
#include <stdexcept>
#include <thread>

#include "services/lambda/runtime/doors.h"
#include "services/lambda/runtime/environments.h"
#include "services/lambda/runtime/programs.h"
#include "services/lambda/runtime/runtime_api.h"
#include "services/lambda/sandbox/first_process.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::lambda::runtime {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class RuntimeTest : public testing::Test {
 protected:
  RuntimeTest() {
    fs::create_directories(folder / "task");
    fs::create_directories(folder / "runtime");
    write("runtime/bootstrap.py", python_program);
    write("runtime/bootstrap.mjs", node_program);
  }

  void write(const std::string& name, std::string_view text) const {
    std::ofstream(folder / name, std::ios::binary) << text;
  }
  void python(std::string_view code, const std::string& handler = "main.handler") {
    write("task/main.py", code);
    command = {"/usr/bin/python3", "/var/runtime/bootstrap.py"};
    handler_name = handler;
  }
  void node(std::string_view code, const std::string& handler = "index.handler") {
    write("task/index.mjs", code);
    command = {"/usr/bin/node", "/var/runtime/bootstrap.mjs"};
    handler_name = handler;
  }
  void shell(std::string_view code) {
    write("task/bootstrap", "#!/bin/sh\n" + std::string(code));
    fs::permissions(folder / "task/bootstrap", fs::perms(0755));
    command = {"/var/task/bootstrap"};
  }

  runtime::Setup setup() const {
    runtime::Setup made;
    made.orders.command = command;
    made.orders.folder = "/var/task";
    made.orders.environment = {"_HANDLER=" + handler_name,
                               "AWS_LAMBDA_RUNTIME_API=127.0.0.1:9001",
                               "AWS_ENDPOINT_URL=http://127.0.0.1:4566",
                               "AWS_LAMBDA_FUNCTION_NAME=demo",
                               "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=128",
                               "LAMBDA_TASK_ROOT=/var/task",
                               "PATH=/usr/bin:/bin",
                               "HOME=/tmp"};
    made.orders.limits.memory_bytes = memory_bytes;
    made.shown = {{folder / "task", "/var/task"}, {folder / "runtime", "/var/runtime"}};
    return made;
  }
  Ran invoke(const std::string& payload = "{}") {
    lines.clear();
    Journal journal(wall, [this](const Line& line) { lines += line.text + "\n"; });
    const Event event{.request_id = "request-" + std::to_string(++count),
                      .function_arn = "arn:aws:lambda:eu-west-1:111122223333:function:demo",
                      .payload = payload,
                      .trace_id = "Root=1-2"};
    auto ran = environments.run(
        {.arn = "demo", .version = "$LATEST", .revision = version, .timeout = timeout}, event,
        [this] { return setup(); }, journal);
    if (!ran) throw std::runtime_error("not run: " + ran.error().cause);
    return *std::move(ran);
  }
  bool logged(std::string_view text) const { return lines.find(text) != lines.npos; }

  TemporaryFolder folder;
  std::vector<std::string> command;
  std::string handler_name;
  std::string version = "1";
  std::chrono::milliseconds timeout = 60s;
  std::int64_t memory_bytes = 256LL << 20;
  int count = 0;
  std::string lines;
  WallClock wall;
  sandbox::Sandbox sandbox{sandbox::Settings{}};
  Environments environments{{.sandbox = sandbox, .wall = wall, .clock = wall, .serve_endpoint = {}},
                            {}};
};

using APythonFunction = RuntimeTest;
using ANodeFunction = RuntimeTest;
using ABootstrap = RuntimeTest;

TEST_F(APythonFunction, answers_logs_and_knows_its_context) {
  python(
      "def handler(event, context):\n"
      "  context.log('without a line break, ')\n"
      "  context.log('then one\\n')\n"
      "  print(context.memory_limit_in_mb, context.invoked_function_arn)\n"
      "  assert 50000 < context.get_remaining_time_in_millis() <= 60000\n"
      "  return {'got': event['name'], 'id': context.aws_request_id}\n");
  const auto ran = invoke(R"({"name":"cafe"})");
  EXPECT_FALSE(ran.failed) << ran.payload;
  EXPECT_EQ(ran.payload, R"({"got": "cafe", "id": "request-1"})");
  EXPECT_TRUE(
      lines.starts_with("START RequestId: request-1 Version: $LATEST\n"
                        "without a line break, then one\n"
                        "128 arn:aws:lambda:eu-west-1:111122223333:function:demo\n"
                        "END RequestId: request-1\n"
                        "REPORT RequestId: request-1\tDuration: "))
      << lines;
  EXPECT_TRUE(logged("Memory Size: 256 MB\tMax Memory Used: "));
  EXPECT_TRUE(logged("Init Duration: "));
  EXPECT_EQ(ran.tail, lines);
}

TEST_F(APythonFunction, is_warm_the_second_time) {
  python("count = 0\ndef handler(event, context):\n  global count\n  count += 1\n  return count\n");
  EXPECT_EQ(invoke().payload, "1");
  EXPECT_EQ(invoke().payload, "2");
  EXPECT_FALSE(logged("Init Duration"));
  version = "2";
  EXPECT_EQ(invoke().payload, "1");
}

TEST_F(APythonFunction, fails_with_its_exception_and_goes_on) {
  python("def handler(event, context):\n  return event['missing'] if event else 'fine'\n");
  const auto failed = invoke(R"({"a":1})");
  EXPECT_TRUE(failed.failed);
  EXPECT_TRUE(failed.payload.starts_with(
      R"({"errorMessage": "'missing'", "errorType": "KeyError", "requestId": "request-1", "stackTrace": ["  File \"/var/task/main.py\", line 2, in handler)"))
      << failed.payload;
  EXPECT_TRUE(logged("[ERROR] KeyError: 'missing'\rTraceback (most recent call last):\r"));
  EXPECT_EQ(invoke().payload, "\"fine\"");
}

TEST_F(APythonFunction, says_what_is_wrong_with_its_code) {
  struct Case {
    std::string_view code, handler, type, message;
  };
  const std::vector<Case> cases{
      {"import nowhere", "main.handler", "Runtime.ImportModuleError",
       "Unable to import module 'main': No module named 'nowhere'"},
      {"", "other.handler", "Runtime.ImportModuleError", "No module named 'other'"},
      {"", "main.handler", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'main'"},
      {"def handler(:", "main.handler", "Runtime.UserCodeSyntaxError", "Syntax error in module"},
      {"", "main", "Runtime.MalformedHandlerName", "Bad handler 'main'"},
      {"raise ValueError('early')", "main.handler", "ValueError", "early"}};
  for (const auto& [code, handler, type, message] : cases) {
    version += "x";
    python(code, std::string(handler));
    const auto ran = invoke();
    EXPECT_TRUE(ran.failed);
    EXPECT_NE(ran.payload.find("\"errorType\": \"" + std::string(type)), std::string::npos)
        << ran.payload;
    EXPECT_NE(ran.payload.find(message), std::string::npos) << ran.payload;
    EXPECT_TRUE(logged("[ERROR] " + std::string(type))) << lines;
  }
}

TEST_F(APythonFunction, says_that_its_result_is_no_json) {
  python("def handler(event, context): return object()\n");
  EXPECT_NE(invoke().payload.find("Runtime.MarshalError"), std::string::npos);
}

TEST_F(APythonFunction, ends_at_its_timeout_with_all_it_began) {
  python(
      "import os, time\n"
      "def handler(event, context):\n"
      "  if os.fork() == 0: time.sleep(600)\n"
      "  time.sleep(600)\n");
  timeout = 1s;
  const auto ran = invoke();
  EXPECT_EQ(ran.payload,
            R"({"errorType":"Sandbox.Timedout","errorMessage":"RequestId: request-1 Error: )"
            R"(Task timed out after 1.00 seconds"})");
  EXPECT_TRUE(logged("Z request-1 Task timed out after 1.00 seconds\n"));
}

TEST_F(APythonFunction, is_ended_when_it_takes_more_memory_than_it_has) {
  memory_bytes = 64LL << 20;
  python(
      "import time\n"
      "def handler(event, context):\n"
      "  taken = b'x' * (200 << 20)\n"
      "  time.sleep(600)\n");
  const auto ran = invoke();
  EXPECT_NE(ran.payload.find("Runtime exited with error: signal: killed"), std::string::npos);
}

TEST_F(APythonFunction, that_exits_says_how) {
  python("import os\ndef handler(event, context): os._exit(7)\n");
  EXPECT_EQ(invoke().payload,
            R"({"errorType":"Runtime.ExitError","errorMessage":"RequestId: request-1 Error: )"
            R"(Runtime exited with error: exit status: 7"})");
}

TEST_F(APythonFunction, may_write_octets_and_without_end) {
  python(
      "import os\n"
      "def handler(event, context):\n"
      "  os.write(1, b'\\xff\\xfe\\x00 caf\\xc3\\xa9\\n')\n"
      "  for _ in range(3000): print('x' * 1000)\n"
      "  print('the last')\n");
  const auto ran = invoke();
  EXPECT_FALSE(ran.failed) << ran.payload;
  EXPECT_TRUE(logged("\xEF\xBF\xBD\xEF\xBF\xBD"));
  EXPECT_TRUE(logged("caf\xC3\xA9"));
  EXPECT_TRUE(logged("more lines of output were left out"));
  EXPECT_LT(lines.size(), 1'100'000U);
  EXPECT_LE(ran.tail.size(), 4096U);
}

TEST_F(APythonFunction, cannot_answer_more_than_six_megabytes) {
  python("def handler(event, context): return 'x' * event\n");
  EXPECT_EQ(invoke("6000000").payload.size(), 6'000'002U);
  EXPECT_NE(invoke("7000000").payload.find("Function.ResponseSizeTooLarge"), std::string::npos);
}

TEST_F(APythonFunction, takes_a_large_event) {
  python("def handler(event, context): return len(event)\n");
  EXPECT_EQ(invoke('"' + std::string(5'000'000, 'x') + '"').payload, "5000000");
}

TEST_F(ANodeFunction, answers_with_a_promise_or_a_callback) {
  node(
      "export const handler = async (event, context) => {\n"
      "  console.log('two\\nlines', {a: 1});\n"
      "  return {got: event.name, id: context.awsRequestId};\n"
      "};\n"
      "export const old = (event, context, callback) => setTimeout(() => callback(null, "
      "'late'));\n");
  EXPECT_EQ(invoke(R"({"name":"x"})").payload, R"({"got":"x","id":"request-1"})");
  EXPECT_TRUE(logged("\trequest-1\tINFO\ttwo\rlines { a: 1 }\n")) << lines;
  handler_name = "index.old";
  version = "2";
  EXPECT_EQ(invoke().payload, "\"late\"");
}

TEST_F(ANodeFunction, fails_with_its_error) {
  node("export const handler = async () => { throw new TypeError('no'); };\n");
  const auto ran = invoke();
  EXPECT_TRUE(ran.failed);
  EXPECT_TRUE(ran.payload.starts_with(R"({"errorType":"TypeError","errorMessage":"no","trace":[)"));
  handler_name = "index.nothing";
  version = "2";
  EXPECT_NE(invoke().payload.find("Runtime.HandlerNotFound"), std::string::npos);
}

TEST_F(ABootstrap, of_any_kind_speaks_the_runtime_api) {
  shell(
      "exec 3>&1\n"
      "python3 - <<'E'\n"
      "import urllib.request as u, os\n"
      "base = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2018-06-01/runtime'\n"
      "event = u.urlopen(base + '/invocation/next')\n"
      "id = event.headers['Lambda-Runtime-Aws-Request-Id']\n"
      "def post(path):\n"
      "  try: return u.urlopen(base + path, b'raw \\xff').status\n"
      "  except Exception as e: return e.code\n"
      "print(event.headers['Lambda-Runtime-Trace-Id'], post('/invocation/other/response'),\n"
      "      post('/nothing'), flush=True)\n"
      "print(post('/invocation/' + id + '/response'), flush=True)\n"
      "E\n");
  const auto ran = invoke();
  EXPECT_FALSE(ran.failed) << ran.payload << lines;
  EXPECT_EQ(ran.payload, "raw \xff");
  EXPECT_TRUE(logged("Root=1-2 400 404\n")) << lines;
}

TEST_F(ANodeFunction, says_where_its_code_is_wrong) {
  struct Case {
    std::string_view code, type, where;
  };
  const std::vector<Case> cases{
      {"export const handler =\n  async () => { return 1 +; };", "Runtime.UserCodeSyntaxError",
       "index.mjs:2"},
      {"import 'left-out';", "Runtime.ImportModuleError", "left-out"},
      {"throw new RangeError('at the start');", "RangeError", "index.mjs:1"},
      {"export const handler = () => { Promise.reject(new Error('lost'));\n"
       "  return new Promise(() => {}); };",
       "Runtime.UnhandledPromiseRejection", "index.mjs:1"},
      {"export const handler = () => process.exit(3);", "Runtime.ExitError", "exit status: 3"}};
  for (const auto& [code, type, where] : cases) {
    node(code);
    version += "+";  // of its code
    const auto ran = invoke();
    EXPECT_TRUE(ran.failed);
    EXPECT_NE(ran.payload.find(type), std::string::npos) << ran.payload;
    EXPECT_NE((lines + ran.payload).find(where), std::string::npos) << lines;
  }
}

TEST_F(ABootstrap, that_is_not_there_is_the_functions_error) {
  command = {"/var/task/bootstrap"};
  const auto ran = invoke();
  EXPECT_TRUE(ran.failed);
  EXPECT_NE(ran.payload.find("Runtime.InvalidEntrypoint"), std::string::npos);
  EXPECT_TRUE(lines.starts_with("START RequestId: request-1 Version: $LATEST\nrun /var/task/boot"));
  EXPECT_TRUE(logged("\nEND RequestId: request-1\nREPORT RequestId: request-1\t"));
}

TEST_F(APythonFunction, is_throttled_at_its_reserved_concurrency) {
  python("def handler(event, context): return 1\n");
  Journal journal(wall, [](const Line&) {});
  const auto refused = environments.run(
      {.arn = "demo", .version = "1", .timeout = timeout, .reserved = 0},
      {.request_id = "r", .function_arn = "a", .payload = "{}"}, [this] { return setup(); },
      journal);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, NotRun::Why::ReservedThrottled);
}

TEST_F(APythonFunction, reaches_the_server_by_its_endpoint) {
  std::jthread server;
  Environments connected({.sandbox = sandbox,
                          .wall = wall,
                          .clock = wall,
                          .serve_endpoint =
                              [&](int listening) {
                                server = std::jthread([listening] {
                                  pollfd wanted{.fd = listening, .events = POLLIN, .revents = 0};
                                  if (poll(&wanted, 1, 30'000) <= 0) return;
                                  const Descriptor socket(accept(listening, nullptr, nullptr));
                                  constexpr std::string_view answer =
                                      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
                                  send(socket.number(), answer.data(), answer.size(), MSG_NOSIGNAL);
                                });
                                return std::shared_ptr<void>();
                              }},
                         {});
  python(
      "import os, urllib.request\n"
      "def handler(event, context):\n"
      "  return urllib.request.urlopen(os.environ['AWS_ENDPOINT_URL']).read().decode()\n");
  Journal journal(wall, [](const Line&) {});
  const auto ran = connected.run(
      {.arn = "demo", .version = "1", .timeout = timeout},
      {.request_id = "r", .function_arn = "a", .payload = "{}"}, [this] { return setup(); },
      journal);
  ASSERT_TRUE(ran);
  EXPECT_EQ(ran->payload, "\"hi\"");
}

// One that everybody on this machine reaches.
class OpenRuntimeApiTest : public testing::Test {
 protected:
  Descriptor connected() const {
    Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(doors->runtime_api_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(client.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
              0);
    return client;
  }
  // What there is for it, while the API is served; empty: its end.
  std::string heard(const Descriptor& client) {
    while (true) {
      std::vector<pollfd> wanted{{client.number(), POLLIN, 0}};
      api.add_to(wanted);
      if (poll(wanted.data(), wanted.size(), 30'000) <= 0) return "nothing";
      if (wanted.front().revents == 0) {
        api.serve();
        continue;
      }
      std::string text(4096, '\0');
      const auto size = recv(client.number(), text.data(), text.size(), 0);
      return text.substr(0, size < 0 ? 0 : static_cast<std::size_t>(size));
    }
  }
  static void say(const Descriptor& client, const std::string& request,
                  const std::string& more = "\r\n") {
    const auto text = request + " HTTP/1.1\r\nHost: here\r\n" + more;
    EXPECT_EQ(send(client.number(), text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  std::string answer(const Descriptor& client, const std::string& request,
                     const std::string& more = "\r\n") {
    say(client, request, more);
    return heard(client);
  }
  bool answers(const Descriptor& client, const std::string& request, const std::string& more,
               int status) {
    return answer(client, request, more).starts_with("HTTP/1.1 " + std::to_string(status));
  }
  // The runtime's connection, that has the event "r1".
  Descriptor begun() {
    api.give({.request_id = "r1", .function_arn = "a", .payload = "{}"}, wall.now());
    auto client = connected();
    EXPECT_TRUE(answers(client, next, "\r\n", 200));
    return client;
  }

  const std::string base = "/secret/2018-06-01/runtime/";
  const std::string next = "GET " + base + "invocation/next";
  const std::string too_large = "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n";
  WallClock wall;
  std::shared_ptr<const Doors> doors = Doors::open("secret").value();
  RuntimeApi api{doors->runtime_api.number(), wall, "secret"};
};

using AnOpenRuntimeApi = OpenRuntimeApiTest;

TEST_F(AnOpenRuntimeApi, takes_nothing_of_a_stranger) {
  const auto runtime = begun();
  for (const std::string path : {"/", "/2018-06-01/runtime/invocation/r1/response", "/secret",
                                 "/secretly/2018-06-01/runtime/invocation/r1/response"}) {
    const auto stranger = connected();
    EXPECT_TRUE(answers(stranger, "POST " + path, too_large, 404)) << path;
    EXPECT_EQ(heard(stranger), "") << path;
  }
  EXPECT_FALSE(api.take_said());
  EXPECT_TRUE(answers(runtime, "POST " + base + "invocation/r1/response",
                      "Content-Length: 2\r\n\r\nhi", 202));
  const auto said = api.take_said();
  ASSERT_TRUE(said);
  EXPECT_EQ(said->body, "hi");
}

TEST_F(AnOpenRuntimeApi, ends_an_invocation_only_for_what_is_too_large_of_its_own) {
  const auto runtime = begun();
  for (const std::string path : {"invocation/r2/response", "init/error", "nothing"}) {
    EXPECT_TRUE(answers(connected(), "POST " + base + path, too_large, 413)) << path;
    EXPECT_FALSE(api.take_said()) << path;
  }
  EXPECT_TRUE(answers(runtime, "POST " + base + "invocation/r1/response", too_large, 413));
  const auto said = api.take_said();
  ASSERT_TRUE(said);
  EXPECT_EQ(said->kind, Said::Kind::TooLarge);
}

TEST_F(AnOpenRuntimeApi, goes_on_after_the_head_for_who_knows_the_word) {
  const auto runtime = begun();
  EXPECT_TRUE(answers(runtime, "POST " + base + "invocation/r1/response",
                      "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n", 100));
}

TEST_F(AnOpenRuntimeApi, drops_the_oldest_stranger_when_it_is_full) {
  const auto runtime = begun();
  std::vector<Descriptor> idle;
  for (int count = 0; count < 16; ++count) idle.push_back(connected());
  const auto another = connected();
  api.give({.request_id = "r2", .function_arn = "a", .payload = "{}"}, wall.now());
  EXPECT_TRUE(answers(another, next, "\r\n", 200));
  EXPECT_EQ(heard(idle.front()), "");
  EXPECT_TRUE(answers(idle.back(), "GET /", "\r\n", 404));
  EXPECT_TRUE(answers(runtime, "GET " + base + "nothing", "\r\n", 404));
}

TEST_F(AnOpenRuntimeApi, does_not_wake_for_whom_it_has_no_room) {
  std::vector<Descriptor> known;
  for (int count = 0; count < 16; ++count) {
    known.push_back(connected());
    EXPECT_TRUE(answers(known.back(), "GET " + base + "nothing", "\r\n", 404));
  }
  const auto late = connected();
  std::vector<pollfd> wanted;
  api.add_to(wanted);
  EXPECT_EQ(poll(wanted.data(), wanted.size(), 0), 0);
  known.pop_back();
  EXPECT_TRUE(answers(late, "GET " + base + "nothing", "\r\n", 404));
}

}  // namespace
}  // namespace everseal::lambda::runtime
