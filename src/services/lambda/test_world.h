#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "log/log.h"
#include "log/testing/log_lines.h"
#include "random/random.h"
#include "result/testing/need.h"
#include "services/lambda/code_links.h"
#include "services/lambda/destinations.h"
#include "services/lambda/executor.h"
#include "services/lambda/functions.h"
#include "services/lambda/log_sink.h"
#include "services/lambda/meter.h"
#include "services/lambda/migrations.h"
#include "services/lambda/object_source.h"
#include "services/lambda/operations/create_function.h"
#include "services/lambda/operations/invoke.h"
#include "services/lambda/role_credentials.h"
#include "sql/sqlite/open.h"
#include "temporary_folder/temporary_folder.h"

// For the tests of this folder: Lambda on a database in memory, with neighbours that do as told.
namespace everseal::lambda {

inline constexpr std::string_view role = "arn:aws:iam::111122223333:role/exporter";
inline constexpr std::string_view demo_arn = "arn:aws:lambda:eu-west-1:111122223333:function:demo";

class Permits final : public aws::endpoint::Authorizer {
 public:
  Result<std::optional<aws::endpoint::Denial>> authorize(const aws::Call&, std::string_view action,
                                                         const aws::Access&) const override {
    if (action != denied) return std::optional<aws::endpoint::Denial>();
    return std::optional(aws::endpoint::Denial{"not authorized to perform: " + denied});
  }
  std::string denied;
};

class Buckets final : public ObjectSource {
 public:
  Result<std::optional<Bytes>, ApiError> read(const aws::Call&, const Object& object,
                                              std::uint64_t) override {
    if (object.bucket != "code") return std::optional<Bytes>();
    if (!object.version) return std::optional(zip);
    return *object.version == "before" ? std::optional(before) : std::optional<Bytes>();
  }
  Bytes zip;
  Bytes before;  // of the version of that name
};

class Roles final : public RoleCredentials {
 public:
  TimePoint expires = TimePoint::max();
  int issued = 0;
  Result<bool> can_assume(std::string_view arn, const Actor& actor) override {
    return arn == role && actor.service == "lambda.amazonaws.com" && !actor.function_arn.empty();
  }
  Result<std::optional<Credentials>> issue(std::string_view arn, std::string_view session,
                                           const Actor&, std::chrono::seconds) override {
    return std::optional(Credentials{.access_key_id = "ASIA" + std::string(session),
                                     .secret_access_key = SecretBytes::copy_of(arn),
                                     .session_token = "token " + std::to_string(++issued),
                                     .expires = expires});
  }
};

class Logs final : public LogSink {
 public:
  void append(const Stream& stream, std::vector<Line> lines) override {
    last = stream;
    for (const auto& line : lines) text += line.text + "\n";
  }
  Stream last;
  std::string text;
};

// Whoever is told of the ends of events.
class Told final : public Destinations {
 public:
  std::string denied;  // the role may not send there
  std::string gone;    // it is not there
  int failures = 0;    // of the database, before it works
  std::vector<std::pair<std::string, Message>> sent;

  Kind kind_of(std::string_view arn) const override {
    if (arn.starts_with("arn:aws:sqs:")) return Kind::Queue;
    if (arn.starts_with("arn:aws:events:")) return Kind::Bus;
    return arn.starts_with("arn:aws:lambda:") ? Kind::Function : Kind::None;
  }
  Result<bool> may_send(const Sender& sender, std::string_view arn) override {
    return sender.role_arn == role && arn != denied;
  }
  Result<std::optional<std::string>> send(sql::Transaction&, const Sender&, std::string_view arn,
                                          const Message& message) override {
    if (failures-- > 0) return Fault::unavailable("the disk is full");
    if (arn == gone) return std::optional<std::string>("there is no such queue");
    sent.emplace_back(arn, message);
    return std::optional<std::string>();
  }
};

class Counts final : public Meter {
 public:
  void ran(const Function& function, const runtime::Ran& ran) override {
    runs.emplace_back(function.name, ran);
  }
  void throttled(const Function& function) override { not_run.push_back(function.name); }
  std::vector<std::pair<std::string, runtime::Ran>> runs;
  std::vector<std::string> not_run;
};

inline Bytes zip_of(const std::string& name, const std::string& text) {
  zip_error_t error{};
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), 0);
  if (zip_close(archive) != 0) throw std::runtime_error("zip_close");
  zip_source_open(target);
  Bytes octets(1 << 20);
  octets.resize(static_cast<std::size_t>(zip_source_read(target, octets.data(), octets.size())));
  zip_source_free(target);
  return octets;
}

inline Bytes python(const std::string& body) {
  return zip_of("main.py", "import os\ndef handler(event, context):\n  " + body + "\n");
}

class LambdaTest : public testing::Test {
 protected:
  LambdaTest() {
    if (!sql::migrate(*database, {jobs::migrations(), migrations()})) {
      throw std::runtime_error("migrate");
    }
    open({.folder = folder / "functions", .hidden = {folder / "data"}});
    call.caller.account = "111122223333";
    call.region = "eu-west-1";
    call.request_id = "request-1";
  }
  ~LambdaTest() override { executor.reset(); }

  // Begins anew with other settings.
  void open(const Settings& settings) {
    executor = need(Executor::create({.database = *database,
                                      .vault = vault,
                                      .clock = clock,
                                      .wall = wall,
                                      .random = random,
                                      .log = log,
                                      .credentials = &roles,
                                      .log_sink = &logs,
                                      .destinations = &destinations,
                                      .meter = &counts},
                                     settings, {}));
    functions = std::make_unique<Functions>(Functions{.database = *database,
                                                      .vault = vault,
                                                      .clock = clock,
                                                      .random = random,
                                                      .log = log,
                                                      .authorizer = permits,
                                                      .executor = *executor,
                                                      .credentials = &roles,
                                                      .objects = buckets,
                                                      .destinations = &destinations});
  }

  CreateFunction::Request creation(Bytes zip) const {
    CreateFunction::Request request;
    request.function_name = "demo";
    request.role = role;
    request.runtime = "python3.12";
    request.handler = "main.handler";
    request.timeout = 60;
    request.memory_size = 256;
    request.code.zip_file = std::move(zip);
    return request;
  }
  shapes::Configuration create(Bytes zip) {
    return need(CreateFunction{*functions}(creation(std::move(zip)), call));
  }
  std::string refused(const CreateFunction::Request& request) {
    return code_of(CreateFunction{*functions}(request, call));
  }
  Result<Invoke::Response, ApiError> invoke(const std::string& payload,
                                            const std::string& type = "RequestResponse") {
    Invoke::Request request;
    request.function_name = "demo";
    request.invocation_type = type;
    request.log_type = "Tail";
    request.payload = to_bytes(payload);
    return Invoke{*functions}(request, call);
  }
  std::string answer(const std::string& payload = "{}") {
    return to_text(*need(invoke(payload)).payload);
  }
  // Runs what is due until the jobs are all done or an hour is over.
  void run_jobs() {
    jobs::Runner runner(*database, clock, log, {.threads = 1});
    executor->handle_jobs(runner);
    const auto done = runner.run_until(clock.now() + std::chrono::hours(1), [&](TimePoint time) {
      clock.set(time);
      return Outcome();
    });
    if (!done) throw std::runtime_error(done.error().cause);
  }
  std::int64_t events() {
    const auto row = database->read(
        [](sql::Snapshot& view) { return view.one("SELECT COUNT(*) FROM lambda_event"); });
    return (*row)->integer(0);
  }

  TemporaryFolder folder;
  WallClock wall;
  ManualClock clock{from_millis(1'735'787'045'678)};
  CountingRandom random;
  LogLines log_lines;
  Log log{clock, LogLevel::Warning, log_lines.sink()};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  keys::MasterKey master_key = keys::MasterKey::in_memory(random);
  keys::Vault vault{master_key, random};
  Permits permits;
  Buckets buckets;
  Roles roles;
  Logs logs;
  Told destinations;
  Counts counts;
  std::unique_ptr<Executor> executor;
  std::unique_ptr<Functions> functions;
  CodeLinks code_links{*database, vault, clock, [] { return std::string("https://here"); }};
  aws::Call call;
};

}  // namespace everseal::lambda
