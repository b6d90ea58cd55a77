#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"
#include "services/lambda/function.h"

// What several operations show.
namespace everseal::lambda::shapes {

using TagMap = std::map<std::string, std::string>;

inline constexpr auto timeout_range = aws::range(1, 900);
inline constexpr auto memory_range = aws::range(128, 10'240);
inline constexpr auto temporary_range = aws::range(512, 10'240);
inline constexpr auto description_length = aws::length(0, 256);
inline constexpr auto handler_length = aws::length(0, 128);
inline constexpr auto handler_letters = aws::pattern(R"([^\s]+)");
inline constexpr auto role_letters =
    aws::pattern(R"(arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+)");
inline constexpr auto name_length = aws::length(1, 170);

struct Environment {
  Variables variables;
  static constexpr auto fields =
      std::tuple{aws::optional("Variables", &Environment::variables, aws::sensitive())};
};

struct EphemeralStorage {
  std::int64_t size = 512;
  static constexpr auto fields =
      std::tuple{aws::required("Size", &EphemeralStorage::size, temporary_range)};
};

struct TracingConfig {
  std::string mode = "PassThrough";
  static constexpr auto fields = std::tuple{aws::required("Mode", &TracingConfig::mode)};
};

struct LoggingConfig {
  std::string log_format = "Text";
  std::string log_group;
  static constexpr auto fields = std::tuple{aws::required("LogFormat", &LoggingConfig::log_format),
                                            aws::required("LogGroup", &LoggingConfig::log_group)};
};

// Where events go that were given up.
struct DeadLetterConfig {
  std::string target_arn;
  static constexpr auto fields =
      std::tuple{aws::optional("TargetArn", &DeadLetterConfig::target_arn)};
};

struct Destination {
  std::optional<std::string> destination;
  static constexpr auto fields =
      std::tuple{aws::optional("Destination", &Destination::destination)};
};

// Who is told how asynchronous invocations ended.
struct DestinationConfig {
  std::optional<Destination> on_success;
  std::optional<Destination> on_failure;
  static constexpr auto fields =
      std::tuple{aws::optional("OnSuccess", &DestinationConfig::on_success),
                 aws::optional("OnFailure", &DestinationConfig::on_failure)};
};

// A function as its callers see it.
struct Configuration {
  std::string function_name;
  std::string function_arn;
  std::string runtime;
  std::string role;
  std::optional<std::string> handler;
  std::int64_t code_size = 0;
  std::string description;
  std::int64_t timeout = 3;
  std::int64_t memory_size = 128;
  std::string last_modified;
  std::string code_sha256;
  std::string version = "$LATEST";
  std::optional<Environment> environment;
  std::optional<DeadLetterConfig> dead_letter_config;
  TracingConfig tracing_config;
  std::string revision_id;
  std::string state = "Active";
  std::string last_update_status = "Successful";
  std::string package_type = "Zip";
  std::vector<std::string> architectures;
  EphemeralStorage ephemeral_storage;
  LoggingConfig logging_config;
  static constexpr auto fields =
      std::tuple{aws::required("FunctionName", &Configuration::function_name),
                 aws::required("FunctionArn", &Configuration::function_arn),
                 aws::required("Runtime", &Configuration::runtime),
                 aws::required("Role", &Configuration::role),
                 aws::optional("Handler", &Configuration::handler),
                 aws::required("CodeSize", &Configuration::code_size),
                 aws::required("Description", &Configuration::description),
                 aws::required("Timeout", &Configuration::timeout),
                 aws::required("MemorySize", &Configuration::memory_size),
                 aws::required("LastModified", &Configuration::last_modified),
                 aws::required("CodeSha256", &Configuration::code_sha256),
                 aws::required("Version", &Configuration::version),
                 aws::optional("Environment", &Configuration::environment),
                 aws::optional("DeadLetterConfig", &Configuration::dead_letter_config),
                 aws::required("TracingConfig", &Configuration::tracing_config),
                 aws::required("RevisionId", &Configuration::revision_id),
                 aws::required("State", &Configuration::state),
                 aws::required("LastUpdateStatus", &Configuration::last_update_status),
                 aws::required("PackageType", &Configuration::package_type),
                 aws::optional("Architectures", &Configuration::architectures),
                 aws::required("EphemeralStorage", &Configuration::ephemeral_storage),
                 aws::required("LoggingConfig", &Configuration::logging_config)};
};

Configuration shown(const Function& function);

// What somebody wants an asynchronous invocation to cost.
struct EventInvokeWishes {
  std::string function_name;
  std::optional<std::string> qualifier;
  std::optional<std::int64_t> maximum_retry_attempts;
  std::optional<std::int64_t> maximum_event_age_in_seconds;
  std::optional<DestinationConfig> destination_config;
  static constexpr auto fields = std::tuple{
      aws::required("FunctionName", &EventInvokeWishes::function_name, aws::in_label(),
                    name_length),
      aws::optional("Qualifier", &EventInvokeWishes::qualifier, aws::in_query()),
      aws::optional("MaximumRetryAttempts", &EventInvokeWishes::maximum_retry_attempts,
                    aws::range(0, 2)),
      aws::optional("MaximumEventAgeInSeconds", &EventInvokeWishes::maximum_event_age_in_seconds,
                    aws::range(60, 21600)),
      aws::optional("DestinationConfig", &EventInvokeWishes::destination_config)};
};

// What an asynchronous invocation may cost.
struct EventInvokeConfig {
  TimePoint last_modified;
  std::string function_arn;  // with its version
  std::optional<std::int64_t> maximum_retry_attempts;
  std::optional<std::int64_t> maximum_event_age_in_seconds;
  DestinationConfig destination_config;
  static constexpr auto fields = std::tuple{
      aws::required("LastModified", &EventInvokeConfig::last_modified),
      aws::required("FunctionArn", &EventInvokeConfig::function_arn),
      aws::optional("MaximumRetryAttempts", &EventInvokeConfig::maximum_retry_attempts),
      aws::optional("MaximumEventAgeInSeconds", &EventInvokeConfig::maximum_event_age_in_seconds),
      aws::required("DestinationConfig", &EventInvokeConfig::destination_config)};
};

// Those who are wished for, or nobody; who is not spoken of stays.
void tell(EventConfig& events, const DestinationConfig& wishes);

EventInvokeConfig shown_events(const Function& function);

}  // namespace everseal::lambda::shapes
