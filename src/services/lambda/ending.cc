#include "services/lambda/ending.h"

#include <utility>

#include "aws/document.h"
#include "aws/protocol/json.h"
#include "clock/time_text.h"

namespace everseal::lambda {
namespace {

std::string as_json(std::string_view text) {
  return aws::protocol::print_json(aws::Document(std::string(text)));
}

// As it came, number by number; what is no JSON is a text.
std::string json_of(std::string_view payload) {
  return aws::protocol::parse_json(payload) ? std::string(payload) : as_json(payload);
}

// Of the error that a function made, or how it ended.
std::string message_of(const Ending& ending) {
  if (ending.ran == nullptr) return "The event became too old.";
  const auto error = aws::protocol::parse_json(ending.ran->payload);
  const auto* members = error ? error->as<aws::Document::Members>() : nullptr;
  if (members != nullptr) {
    for (const auto& [name, value] : *members) {
      const auto* text = value.as<std::string>();
      if (name == "errorMessage" && text != nullptr) return *text;
    }
  }
  return ending.ran->payload;
}

// No more of it than so many octets, and no half of a character.
std::string cut(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  const auto is_inside = [](char octet) {
    return (static_cast<unsigned char>(octet) & 0xc0U) == 0x80U;
  };
  while (most > 0 && is_inside(text[most])) --most;
  text.resize(most);
  return text;
}

}  // namespace

std::string resource_of(const Ending& ending) {
  const auto& function = ending.function;
  return function.arn + ":" + (function.qualifier.empty() ? function.version : function.qualifier);
}

std::string record_of(const Ending& ending, TimePoint now) {
  const auto& function = ending.function;
  std::string record = R"({"version":"1.0","timestamp":)" + as_json(to_iso8601_millis(now)) +
                       R"(,"requestContext":{"requestId":)" + as_json(ending.request_id) +
                       R"(,"functionArn":)" + as_json(resource_of(ending)) + R"(,"condition":)" +
                       as_json(ending.condition) + R"(,"approximateInvokeCount":)" +
                       std::to_string(ending.runs) + R"(},"requestPayload":)" +
                       json_of(ending.payload);
  if (ending.ran != nullptr) {
    record += R"(,"responseContext":{"statusCode":200,"executedVersion":)" +
              as_json(function.version) +
              (ending.ran->failed ? R"(,"functionError":"Unhandled")" : "") +
              R"(},"responsePayload":)" + json_of(ending.ran->payload);
  }
  return record + "}";
}

Destinations::Message dead_letter_of(const Ending& ending) {
  constexpr std::size_t longest_message = 1024;
  return {.body = std::string(ending.payload),
          .attributes = {{"RequestID", "String", std::string(ending.request_id)},
                         {"ErrorCode", "Number", "200"},
                         {"ErrorMessage", "String", cut(message_of(ending), longest_message)}}};
}

}  // namespace everseal::lambda
