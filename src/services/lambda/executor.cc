#include "services/lambda/executor.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <utility>

#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/base64.h"
#include "encoding/hex.h"
#include "jobs/jobs.h"
#include "services/lambda/errors.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/process.h"
#include "services/lambda/resource_policy.h"
#include "services/lambda/runtime/programs.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view lambda_service = "lambda.amazonaws.com";
constexpr std::chrono::hours credentials_last{1};
constexpr std::int64_t megabyte = 1 << 20;
constexpr std::int64_t a_cpu = 1769;  // megabytes of memory, for AWS as well
constexpr std::int64_t usual_retries = 2;
constexpr std::chrono::hours usual_age{6};
constexpr unsigned most_event_threads = 4;
constexpr std::int64_t most_hops = 16;

Outcome write_file(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
  std::error_code error;
  fs::permissions(path, fs::perms(0644), error);
  if (error || fs::file_size(path, error) != text.size()) {
    return Fault::unavailable("cannot write " + path.string());
  }
  return {};
}

// What is the server's, and the code of other functions.
std::vector<fs::path> hidden_folders(const Settings& settings) {
  auto hidden = settings.hidden;
  hidden.push_back(settings.folder);
  return hidden;
}

Destinations::Sender sender_of(const Function& function) {
  return {.function_arn = function.arn, .account = function.account, .role_arn = function.role};
}

std::string random_hex(Random& random, std::size_t octets) {
  return encoding::to_hex(random.bytes(octets));
}

ApiError told(const runtime::NotRun& not_run) {
  switch (not_run.why) {
    case runtime::NotRun::Why::Throttled:
      return throttled("ConcurrentInvocationLimitExceeded");
    case runtime::NotRun::Why::ReservedThrottled:
      return throttled("ReservedFunctionConcurrentInvocationLimitExceeded");
    case runtime::NotRun::Why::NoSandbox:
      break;
  }
  auto error = cannot_run_now();
  error.cause = not_run.cause;
  return error;
}

}  // namespace

// Who is told of the end of one, and what.
struct Executor::Told {
  std::string arn;
  Destinations::Message message;
  bool may = false;
};

// An asynchronous invocation that was accepted, and its function if that is still there.
struct Executor::Waiting {
  std::int64_t id;
  Function function;
  Invocation invocation;
  TimePoint accepted_at;
  std::int64_t function_errors;
};

std::string digest_of(ByteView zip) { return encoding::to_base64(crypto::sha256(zip)); }

Result<std::unique_ptr<Executor>> Executor::create(const Parts& parts, const Settings& settings,
                                                   runtime::ServeEndpoint serve_endpoint) {
  auto folders = code::CodeFolders::create(settings.folder, parts.random);
  if (!folders) return folders.error();
  auto executor = std::unique_ptr<Executor>(
      new Executor(parts, settings, *std::move(folders), std::move(serve_endpoint)));
  if (const auto laid = executor->lay_programs(); !laid) return laid.error();
  return executor;
}

Executor::Executor(const Parts& parts, const Settings& settings,
                   std::unique_ptr<code::CodeFolders> folders,
                   runtime::ServeEndpoint serve_endpoint)
    : parts_(parts),
      settings_(settings),
      folders_(std::move(folders)),
      sandbox_({.bubblewrap = settings.bubblewrap,
                .first_process = settings.first_process,
                .hidden = hidden_folders(settings),
                .network = settings.network,
                .begins_within = std::chrono::minutes{1}}),  // a machine may be busy
      environments_({.sandbox = sandbox_,
                     .wall = parts.wall,
                     .clock = parts.clock,
                     .serve_endpoint = std::move(serve_endpoint),
                     .tell = [this](const runtime::Incident& incident) { log_refusal(incident); }},
                    {.most_at_once = settings.concurrent,
                     .most_idle = static_cast<std::size_t>(settings.concurrent),
                     .idle = settings.idle}) {}

void Executor::log_refusal(const runtime::Incident& incident) const {
  parts_.log.warning("lambda.sandbox.refused",
                     {{"function", incident.function_arn},
                      {"request_id", incident.request_id},
                      {"attempt", sandbox::name_of(incident.refusal.attempt)},
                      {"what", incident.refusal.what}});
}

Outcome Executor::lay_programs() const {
  const auto folder = folders_->root() / "runtime";
  std::error_code error;
  fs::create_directory(folder, error);
  if (!error) fs::permissions(folder, fs::perms(0755), error);
  if (error) return Fault::unavailable(folder.string() + ": " + error.message());
  if (auto done = write_file(folder / "bootstrap.py", runtime::python_program); !done) return done;
  return write_file(folder / "bootstrap.mjs", runtime::node_program);
}

Result<void, ApiError> Executor::try_code(const std::string& sha256, ByteView zip) {
  const auto folder = folders_->get(sha256, [&]() -> Result<Bytes> { return to_bytes(zip); });
  if (folder) return {};
  if (folder.error().kind == Fault::Kind::Malformed) return cannot_unzip(folder.error().cause);
  return folder.error();
}

Result<runtime::Setup> Executor::make_setup(const Function& function) {
  auto code = folders_->get(function.code_sha256, [&]() -> Result<Bytes> {
    auto zip = parts_.database.read([&](sql::Snapshot& view) {
      return function.version == latest_version
                 ? code_of(view, function.arn)
                 : code_of_version(view, function.arn, function.code_sha256);
    });
    if (!zip) return zip.error();
    if (!*zip) return Fault::conflict("the function was deleted");
    // What is unpacked is found by its digest, by whoever has the same code.
    if (digest_of(**zip) != function.code_sha256) {
      return Fault::conflict("the code was changed meanwhile");
    }
    return **std::move(zip);
  });
  if (!code) return code.error();
  runtime::Setup setup;
  setup.function_arn = function.arn;
  setup.version = function.version;
  setup.log_stream = new_log_stream(function);
  setup.orders.command = command_of(function, settings_);
  if (settings_.network) {
    constexpr std::size_t octets = 16;
    auto doors = runtime::Doors::open(random_hex(parts_.random, octets));
    if (!doors) return doors.error();
    setup.doors = *std::move(doors);
  }
  setup.orders.environment = environment_of(function, setup.log_stream, setup.doors.get());
  setup.orders.folder = "/var/task";
  setup.orders.limits.memory_bytes = function.memory_megabytes * megabyte;
  setup.orders.limits.temporary_bytes = function.temporary_megabytes * megabyte;
  setup.orders.limits.cpus = (function.memory_megabytes + a_cpu - 1) / a_cpu;
  setup.shown = {{**code, "/var/task"}, {folders_->root() / "runtime", "/var/runtime"}};
  setup.keeps = *std::move(code);
  if (const auto added = add_credentials(function, setup); !added) return added.error();
  return setup;
}

Outcome Executor::add_credentials(const Function& function, runtime::Setup& setup) {
  if (parts_.credentials == nullptr) return {};
  const auto issued = parts_.credentials->issue(function.role, function.name,
                                                {lambda_service, function.arn}, credentials_last);
  if (!issued) return issued.error();
  if (!*issued) return Fault::conflict("the role of the function cannot be assumed by Lambda");
  const auto& credentials = **issued;
  auto& environment = setup.orders.environment;
  environment.push_back("AWS_ACCESS_KEY_ID=" + credentials.access_key_id);
  environment.push_back("AWS_SECRET_ACCESS_KEY=" +
                        std::string(credentials.secret_access_key.reveal_text()));
  environment.push_back("AWS_SESSION_TOKEN=" + credentials.session_token);
  setup.expires = credentials.expires;
  return {};
}

std::string Executor::new_log_stream(const Function& function) const {
  auto day = to_iso8601(parts_.clock.now()).substr(0, std::string_view("2025-01-02").size());
  std::ranges::replace(day, '-', '/');
  constexpr std::size_t octets = 16;
  return day + "/[" + function.version + "]" + random_hex(parts_.random, octets);
}

Result<runtime::Ran, ApiError> Executor::run(const Function& function,
                                             const Invocation& invocation) {
  std::vector<LogSink::Line> lines;
  runtime::Journal journal(parts_.clock, [&](runtime::Line line) {
    lines.push_back({line.time, std::move(line.text)});
  });
  const runtime::Event event{.request_id = invocation.request_id,
                             .function_arn = function.invoked_arn(),
                             .payload = invocation.payload,
                             .client_context = invocation.client_context,
                             .trace_id = "Root=1-" + random_hex(parts_.random, 4) + "-" +
                                         random_hex(parts_.random, 12) +
                                         ";Parent=" + random_hex(parts_.random, 8) + ";Sampled=0"};
  auto ran = environments_.run(
      {.arn = function.arn,
       .version = function.version,
       .revision = function.revision_id,
       .timeout = std::chrono::seconds(function.timeout_seconds),
       .reserved = function.reserved},
      event, [&] { return make_setup(function); }, journal);
  if (parts_.meter != nullptr) measure(function, ran);
  if (!ran) return told(ran.error());
  keep_log(function, *ran, std::move(lines));
  return *std::move(ran);
}

void Executor::measure(const Function& function,
                       const Result<runtime::Ran, runtime::NotRun>& ran) const {
  if (ran) return parts_.meter->ran(function, *ran);
  if (ran.error().why != runtime::NotRun::Why::NoSandbox) parts_.meter->throttled(function);
}

void Executor::keep_log(const Function& function, const runtime::Ran& ran,
                        std::vector<LogSink::Line> lines) {
  if (parts_.log_sink == nullptr || lines.empty()) return;
  parts_.log_sink->append(
      {.account = function.account,
       .region = function.region,
       .group = "/aws/lambda/" + function.name,
       .stream = ran.log_stream.empty() ? new_log_stream(function) : ran.log_stream},
      std::move(lines));
}

Outcome Executor::promise(sql::Transaction& tx, std::string_view function_arn,
                          std::string_view qualifier, const Invocation& invocation) const {
  const auto now = parts_.clock.now();
  const auto row = tx.one(
      "INSERT INTO lambda_event (function_arn, request_id, payload, client_context, accepted_at, "
      "function_errors, qualifier, hops) VALUES ($1, $2, $3, $4, $5, 0, $6, $7) RETURNING id",
      function_arn, invocation.request_id, as_bytes(invocation.payload), invocation.client_context,
      now, qualifier, invocation.hops);
  if (!row) return row.error();
  return jobs::add(tx, {.kind = std::string(job_kind),
                        .key = std::to_string((*row)->integer(0)),
                        .due = now,
                        .payload = {}});
}

Result<std::string, ApiError> Executor::accept(std::string_view function_arn,
                                               std::string_view payload, const Source& source,
                                               std::int64_t hops) {
  if (std::ssize(payload) > largest_event) return too_large(largest_event, operation);
  const Invocation invocation{
      .request_id = random_uuid(parts_.random), .payload = std::string(payload), .hops = hops};
  const auto named = split_qualifier(function_arn);
  const auto accepted = parts_.database.write([&](sql::Transaction& tx) -> Result<void, ApiError> {
    const auto function = find_qualified(tx, parts_.vault, named.arn, named.qualifier);
    if (!function) return function.error();
    if (!*function) return no_such_function(function_arn);
    const auto policy = policy_of(tx, named.arn, named.qualifier);
    if (!policy) return policy.error();
    const auto allowed = lets_invoke(*policy, function_arn, source);
    if (!allowed) return allowed.error();
    if (!*allowed) {
      return not_allowed("The policy of " + std::string(function_arn) + " does not let " +
                         source.service + " invoke it for " + source.arn + ".");
    }
    const auto promised = promise(tx, named.arn, named.qualifier, invocation);
    if (!promised) return promised.error();
    return {};
  });
  if (!accepted) return accepted.error();
  return invocation.request_id;
}

void Executor::handle_jobs(jobs::Runner& runner) {
  runner.handle(std::string(job_kind),
                [this](const jobs::Execution& job) { return run_event(job); },
                {.most_at_once = most_event_threads,
                 .first_pause = std::chrono::seconds{1},
                 .longest_pause = std::chrono::minutes{5}});
}

Result<std::optional<Executor::Waiting>> Executor::waiting(std::int64_t id) {
  return parts_.database.read([&](sql::Snapshot& view) -> Result<std::optional<Waiting>> {
    const auto row = view.one(
        "SELECT function_arn, request_id, payload, client_context, accepted_at, function_errors, "
        "qualifier, hops FROM lambda_event WHERE id = $1",
        id);
    if (!row) return row.error();
    if (!*row) return std::optional<Waiting>();
    auto function = find_qualified(view, parts_.vault, (*row)->text(0), (*row)->text(6),
                                   cast_dice(parts_.random));
    if (!function) return function.error();
    if (!*function) return std::optional<Waiting>();
    return std::optional(Waiting{.id = id,
                                 .function = **std::move(function),
                                 .invocation = {.request_id = (*row)->text(1),
                                                .payload = to_text((*row)->blob(2)),
                                                .client_context = (*row)->text(3),
                                                .hops = (*row)->integer(7)},
                                 .accepted_at = (*row)->time(4),
                                 .function_errors = (*row)->integer(5)});
  });
}

Result<jobs::Verdict> Executor::run_event(const jobs::Execution& job) {
  const auto found = waiting(jobs::id_in(job.key));
  if (!found) return found.error();
  if (!*found) return forget(jobs::id_in(job.key));
  const Waiting& event = **found;
  const std::chrono::seconds most_age =
      event.function.events.age_seconds ? std::chrono::seconds(*event.function.events.age_seconds)
                                        : std::chrono::seconds(usual_age);
  if (parts_.clock.now() - event.accepted_at > most_age)
    return end(event, "EventAgeExceeded", nullptr);
  const auto ran = run(event.function, event.invocation);
  if (!ran) return again(event, ran.error(), job.attempt);
  return ran->failed ? failed(event, *ran) : end(event, went_well, &*ran);
}

// Its function, version or alias was deleted meanwhile.
Result<jobs::Verdict> Executor::forget(std::int64_t id) {
  const auto removed = parts_.database.write([&](sql::Transaction& tx) {
    return tx.one("DELETE FROM lambda_event WHERE id = $1 RETURNING function_arn, request_id", id);
  });
  if (!removed) return removed.error();
  if (*removed) {
    parts_.log.warning("lambda.event.given_up", {{"function", (*removed)->text(0)},
                                                 {"request_id", (*removed)->text(1)},
                                                 {"condition", "FunctionDeleted"}});
  }
  return jobs::Verdict::done();
}

// Its own trouble, not the function's: it waits, at most as long as events may.
Result<jobs::Verdict> Executor::again(const Waiting& event, const ApiError& error, int attempt) {
  if (attempt == 1) {
    parts_.log.warning("lambda.event.waits", {{"function", event.function.arn},
                                              {"request_id", event.invocation.request_id},
                                              {"code", error.code},
                                              {"cause", error.cause}});
  }
  return Fault::unavailable(std::string(error.code) + " " + error.cause);
}

Result<jobs::Verdict> Executor::failed(const Waiting& event, const runtime::Ran& ran) {
  const auto retries = event.function.events.retries.value_or(usual_retries);
  const auto errors = event.function_errors + 1;
  if (errors > retries) return end(event, "RetriesExhausted", &ran);
  const auto counted = parts_.database.write([&](sql::Transaction& tx) -> Result<std::int64_t> {
    return tx.run("UPDATE lambda_event SET function_errors = $2 WHERE id = $1", event.id, errors);
  });
  if (!counted) return counted.error();
  return jobs::Verdict::again(parts_.clock.now() + std::chrono::minutes{errors});
}

// Whoever is told of its end is so in the transaction in which it ends.
Result<jobs::Verdict> Executor::end(const Waiting& event, std::string_view condition,
                                    const runtime::Ran* ran) {
  const Ending ending{.function = event.function,
                      .request_id = event.invocation.request_id,
                      .payload = event.invocation.payload,
                      .hops = event.invocation.hops,
                      .condition = condition,
                      .runs = event.function_errors + (ran == nullptr ? 0 : 1),
                      .ran = ran};
  const auto all = to_be_told(ending);
  if (!all) return all.error();
  std::vector<std::pair<std::string, std::string>> lost;
  const auto ended = parts_.database.write([&](sql::Transaction& tx) -> Outcome {
    lost.clear();
    const auto removed = tx.run("DELETE FROM lambda_event WHERE id = $1", event.id);
    if (!removed) return removed.error();
    if (*removed == 0) return {};
    for (const auto& told : *all) {
      auto why_not = tell(tx, ending, told);
      if (!why_not) return why_not.error();
      if (*why_not) lost.emplace_back(told.arn, **std::move(why_not));
    }
    return {};
  });
  if (!ended) return ended.error();
  if (condition != went_well) {
    parts_.log.warning("lambda.event.given_up", {{"function", event.function.arn},
                                                 {"request_id", event.invocation.request_id},
                                                 {"condition", condition}});
  }
  for (const auto& [arn, why] : lost) {
    parts_.log.warning("lambda.destination.lost", {{"function", event.function.arn},
                                                   {"request_id", event.invocation.request_id},
                                                   {"destination", arn},
                                                   {"cause", why}});
  }
  return jobs::Verdict::done();
}

Result<std::vector<Executor::Told>> Executor::to_be_told(const Ending& ending) {
  const auto& function = ending.function;
  const bool fine = ending.condition == went_well;
  std::vector<Told> all;
  if (parts_.destinations == nullptr) return all;
  const auto& destination = fine ? function.events.on_success : function.events.on_failure;
  if (!fine && !function.dead_letters.empty()) {
    all.push_back({function.dead_letters, dead_letter_of(ending)});
  }
  if (!destination.empty()) {
    all.push_back({destination,
                   {.body = record_of(ending, parts_.clock.now()),
                    .detail_type = "Lambda Function Invocation Result - " +
                                   std::string(fine ? "Success" : "Failure"),
                    .resource = resource_of(ending)}});
  }
  for (auto& told : all) {
    const auto may = parts_.destinations->may_send(sender_of(function), told.arn);
    if (!may) return may.error();
    told.may = *may;
    told.message.hops = ending.hops + 1;
  }
  return all;
}

// Says why it cannot be told, if it cannot. A queue calls no function: there a chain ends.
Result<std::optional<std::string>> Executor::tell(sql::Transaction& tx, const Ending& ending,
                                                  const Told& told) {
  using Answer = std::optional<std::string>;
  if (!told.may) return Answer("the role of the function may not send there");
  const auto kind = parts_.destinations->kind_of(told.arn);
  if (kind != Destinations::Kind::Queue && ending.hops >= most_hops) {
    return Answer("functions call one another without end");
  }
  if (kind != Destinations::Kind::Function) {
    return parts_.destinations->send(tx, sender_of(ending.function), told.arn, told.message);
  }
  if (std::ssize(told.message.body) > largest_event) return Answer("the record is too large");
  const auto named = split_qualifier(told.arn);
  const auto function = find_qualified(tx, parts_.vault, named.arn, named.qualifier);
  if (!function) return function.error();
  if (!*function) return Answer("there is no such function");
  const auto promised = promise(tx, named.arn, named.qualifier,
                                {.request_id = random_uuid(parts_.random),
                                 .payload = told.message.body,
                                 .hops = told.message.hops});
  if (!promised) return promised.error();
  return Answer();
}

}  // namespace everseal::lambda
