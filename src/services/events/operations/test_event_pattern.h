#pragma once

#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::events {

// TestEventPattern: whether a pattern would match an event.
struct TestEventPattern {
  static constexpr std::string_view name = "TestEventPattern";
  struct Request {
    std::string event_pattern;
    std::string event;
    static constexpr auto fields =
        std::tuple{aws::required("EventPattern", &Request::event_pattern, aws::length(0, 4096)),
                   aws::required("Event", &Request::event)};
  };
  struct Response {
    bool result = false;
    static constexpr auto fields = std::tuple{aws::always("Result", &Response::result)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // InvalidEventPatternException. ValidationException: the event lacks id, account, source, time,
  // region, resources or detail-type.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;
};

}  // namespace everseal::events
