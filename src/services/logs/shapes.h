#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/fields.h"

// Shapes of the model that several operations have.
namespace everseal::logs {

inline constexpr std::string_view group_pattern = R"([\.\-_/#A-Za-z0-9]+)";
inline constexpr std::string_view identifier_pattern = R"([\w#+=/:,.@-]*)";
inline constexpr std::string_view stream_pattern = "[^:*]*";
inline constexpr std::string_view arn_pattern = R"([\w+=/:,.@-]*)";

inline constexpr std::int64_t largest_page = 50;  // of groups and streams
inline constexpr std::int64_t largest_event_page = 10'000;

inline constexpr auto moments = aws::range(0, 9'223'372'036'854'775'807);  // milliseconds

template <class Request>
constexpr auto group_field(std::string Request::* member) {
  return aws::required("logGroupName", member, aws::length(1, 512), aws::pattern(group_pattern));
}
template <class Request>
constexpr auto stream_field(std::string Request::* member) {
  return aws::required("logStreamName", member, aws::length(1, 512), aws::pattern(stream_pattern));
}
template <class Request>
constexpr auto optional_group_field(std::optional<std::string> Request::* member) {
  return aws::optional("logGroupName", member, aws::length(1, 512), aws::pattern(group_pattern));
}
template <class Request>
constexpr auto identifier_field(std::optional<std::string> Request::* member) {
  return aws::optional("logGroupIdentifier", member, aws::length(1, 2048),
                       aws::pattern(identifier_pattern));
}

// Of an operation about one group.
struct GroupRequest {
  std::string log_group_name;
  static constexpr auto fields = std::tuple{group_field(&GroupRequest::log_group_name)};
};

// Of an operation about one stream.
struct StreamRequest {
  std::string log_group_name;
  std::string log_stream_name;
  static constexpr auto fields = std::tuple{group_field(&StreamRequest::log_group_name),
                                            stream_field(&StreamRequest::log_stream_name)};
};

using TagMap = std::map<std::string, std::string>;

}  // namespace everseal::logs
