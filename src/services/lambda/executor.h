#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/api_error.h"
#include "clock/clock.h"
#include "jobs/runner.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/result.h"
#include "services/lambda/code/code_folders.h"
#include "services/lambda/destinations.h"
#include "services/lambda/ending.h"
#include "services/lambda/function.h"
#include "services/lambda/invoker.h"
#include "services/lambda/log_sink.h"
#include "services/lambda/meter.h"
#include "services/lambda/role_credentials.h"
#include "services/lambda/runtime/environments.h"
#include "services/lambda/settings.h"
#include "sql/database.h"

namespace everseal::lambda {

// What was asked of a function.
struct Invocation {
  std::string request_id;
  std::string payload;
  std::string client_context{};  // JSON
  std::int64_t hops = 0;         // functions and buses that it has come by
};

std::string digest_of(ByteView zip);  // what CodeSha256 shows: base64

// Runs functions: in the thread that asks, or as a durable job. Thread-safe.
class Executor final : public Invoker {
 public:
  struct Parts {
    sql::Database& database;
    const keys::Vault& vault;
    const Clock& clock;  // when jobs are due
    const Clock& wall;
    Random& random;
    Log& log;
    RoleCredentials* credentials;          // may be null: functions have none
    LogSink* log_sink;                     // may be null: what they write is in the tail only
    Destinations* destinations = nullptr;  // null: functions tell nobody
    Meter* meter = nullptr;                // may be null: nobody counts
  };
  static constexpr std::string_view job_kind = "lambda.event";
  static constexpr std::int64_t largest_event = 1 << 20;
  static constexpr std::string_view operation = "InvokeFunction";  // as Lambda calls Invoke itself

  // Unavailable: there is no place for the code of functions.
  static Result<std::unique_ptr<Executor>> create(const Parts& parts, const Settings& settings,
                                                  runtime::ServeEndpoint serve_endpoint);

  // Unavailable: this machine cannot make sandboxes; the cause says why.
  Outcome check() { return sandbox_.check(); }
  // Unpacks the code once, to see that it can be. InvalidParameterValueException: it cannot.
  Result<void, ApiError> try_code(const std::string& sha256, ByteView zip);

  // TooManyRequestsException, ServiceException: it did not run.
  Result<runtime::Ran, ApiError> run(const Function& function, const Invocation& invocation);
  // Promises it, in the transaction.
  Outcome promise(sql::Transaction& tx, std::string_view function_arn, std::string_view qualifier,
                  const Invocation& invocation) const;
  Result<std::string, ApiError> accept(std::string_view function_arn, std::string_view payload,
                                       const Source& source, std::int64_t hops) override;
  // The function changed, or is gone.
  void forget(const std::string& function_arn) { environments_.forget(function_arn); }

  void handle_jobs(jobs::Runner& runner);
  // Ends whatever runs.
  void stop() { environments_.stop(); }

 private:
  struct Waiting;
  Executor(const Parts& parts, const Settings& settings, std::unique_ptr<code::CodeFolders> folders,
           runtime::ServeEndpoint serve_endpoint);
  Outcome lay_programs() const;
  void log_refusal(const runtime::Incident& incident) const;
  Result<runtime::Setup> make_setup(const Function& function);
  Outcome add_credentials(const Function& function, runtime::Setup& setup);
  std::string new_log_stream(const Function& function) const;
  void keep_log(const Function& function, const runtime::Ran& ran,
                std::vector<LogSink::Line> lines);
  void measure(const Function& function, const Result<runtime::Ran, runtime::NotRun>& ran) const;
  Result<jobs::Verdict> run_event(const jobs::Execution& job);
  Result<std::optional<Waiting>> waiting(std::int64_t id);
  struct Told;
  Result<jobs::Verdict> end(const Waiting& event, std::string_view condition,
                            const runtime::Ran* ran);
  Result<std::vector<Told>> to_be_told(const Ending& ending);
  Result<std::optional<std::string>> tell(sql::Transaction& tx, const Ending& ending,
                                          const Told& told);
  Result<jobs::Verdict> forget(std::int64_t id);
  Result<jobs::Verdict> again(const Waiting& event, const ApiError& error, int attempt);
  Result<jobs::Verdict> failed(const Waiting& event, const runtime::Ran& ran);

  const Parts parts_;
  const Settings settings_;
  std::unique_ptr<code::CodeFolders> folders_;
  sandbox::Sandbox sandbox_;
  runtime::Environments environments_;
};

}  // namespace everseal::lambda
