#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "result/result.h"
#include "services/events/json/json.h"

namespace everseal::events {

// "$.detail.items[0]", "$['detail-type']", "$.resources[*]": names, positions from 0, and all
// elements or members. With a star the values that are found become a list.
class JsonPath {
 public:
  // Malformed: anything else.
  static Result<JsonPath> parse(std::string_view text);

  // Nothing if the event has no such value.
  std::optional<json::Value> value_in(const json::Value& event) const;

 private:
  struct All {};
  using Step = std::variant<std::string, std::size_t, All>;
  class Reader;

  std::vector<Step> steps_;
};

}  // namespace everseal::events
