#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/fields.h"

// Shapes of the model that several operations have.
namespace everseal::events::shapes {

inline constexpr std::string_view kName = R"([\.\-_A-Za-z0-9]+)";
inline constexpr std::string_view kBusName = R"([/\.\-_A-Za-z0-9]+)";
inline constexpr std::string_view kBusNameOrArn =
    R"((arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+)";

template <class Request>
constexpr auto rule_name(std::string_view name, std::string Request::* member) {
  return aws::required(name, member, aws::length(1, 64), aws::pattern(kName));
}
template <class Request>
constexpr auto bus_name(std::optional<std::string> Request::* member) {
  return aws::optional("EventBusName", member, aws::length(1, 1600), aws::pattern(kBusNameOrArn));
}
template <class Request>
constexpr auto next_token(std::optional<std::string> Request::* member) {
  return aws::optional("NextToken", member, aws::length(1, 2048));
}
template <class Request>
constexpr auto limit(std::optional<std::int32_t> Request::* member) {
  return aws::optional("Limit", member, aws::range(1, 100));
}

// Of an operation about one rule.
struct RuleRequest {
  std::string name;
  std::optional<std::string> event_bus_name;
  static constexpr auto fields =
      std::tuple{rule_name("Name", &RuleRequest::name), bus_name(&RuleRequest::event_bus_name)};
};

struct Tag {
  std::string key;
  std::string value;
  static constexpr auto fields =
      std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128)),
                 aws::required("Value", &Tag::value, aws::length(0, 256))};
};

struct InputTransformer {
  std::map<std::string, std::string> input_paths_map;
  std::string input_template;
  static constexpr auto fields = std::tuple{
      aws::optional("InputPathsMap", &InputTransformer::input_paths_map, aws::length(0, 100),
                    aws::each(aws::length(0, 256))),
      aws::required("InputTemplate", &InputTransformer::input_template, aws::length(1, 8192))};
};

struct RetryPolicy {
  std::optional<std::int32_t> maximum_retry_attempts;
  std::optional<std::int32_t> maximum_event_age_in_seconds;
  static constexpr auto fields =
      std::tuple{aws::optional("MaximumRetryAttempts", &RetryPolicy::maximum_retry_attempts,
                               aws::range(0, 185)),
                 aws::optional("MaximumEventAgeInSeconds",
                               &RetryPolicy::maximum_event_age_in_seconds, aws::range(60, 86400))};
};

struct DeadLetterConfig {
  std::optional<std::string> arn;
  static constexpr auto fields =
      std::tuple{aws::optional("Arn", &DeadLetterConfig::arn, aws::length(1, 1600))};
};

struct SqsParameters {
  std::optional<std::string> message_group_id;
  static constexpr auto fields =
      std::tuple{aws::optional("MessageGroupId", &SqsParameters::message_group_id)};
};

struct HttpParameters {
  std::vector<std::string> path_parameter_values;
  std::map<std::string, std::string> header_parameters;
  std::map<std::string, std::string> query_string_parameters;
  static constexpr auto fields =
      std::tuple{aws::optional("PathParameterValues", &HttpParameters::path_parameter_values),
                 aws::optional("HeaderParameters", &HttpParameters::header_parameters,
                               aws::each(aws::length(0, 512))),
                 aws::optional("QueryStringParameters", &HttpParameters::query_string_parameters,
                               aws::each(aws::length(0, 512)))};
};

struct Target {
  std::string id;
  std::string arn;
  std::optional<std::string> role_arn;
  std::optional<std::string> input;
  std::optional<std::string> input_path;
  std::optional<InputTransformer> input_transformer;
  std::optional<SqsParameters> sqs_parameters;
  std::optional<HttpParameters> http_parameters;
  std::optional<DeadLetterConfig> dead_letter_config;
  std::optional<RetryPolicy> retry_policy;
  static constexpr auto fields =
      std::tuple{aws::required("Id", &Target::id, aws::length(1, 64), aws::pattern(kName)),
                 aws::required("Arn", &Target::arn, aws::length(1, 1600)),
                 aws::optional("RoleArn", &Target::role_arn, aws::length(1, 1600)),
                 aws::optional("Input", &Target::input, aws::length(0, 8192)),
                 aws::optional("InputPath", &Target::input_path, aws::length(0, 256)),
                 aws::optional("InputTransformer", &Target::input_transformer),
                 aws::optional("SqsParameters", &Target::sqs_parameters),
                 aws::optional("HttpParameters", &Target::http_parameters),
                 aws::optional("DeadLetterConfig", &Target::dead_letter_config),
                 aws::optional("RetryPolicy", &Target::retry_policy)};
};

}  // namespace everseal::events::shapes
