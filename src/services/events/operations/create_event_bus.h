#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/events/shapes.h"
#include "sql/database.h"

namespace everseal::events {

// CreateEventBus: another bus beside the default one.
struct CreateEventBus {
  static constexpr std::string_view name = "CreateEventBus";
  struct Request {
    std::string bus_name;
    std::optional<std::string> event_source_name;
    std::optional<std::string> description;
    std::vector<shapes::Tag> tags;
    static constexpr auto fields = std::tuple{
        aws::required("Name", &Request::bus_name, aws::length(1, 256),
                      aws::pattern(shapes::kBusName)),
        aws::optional("EventSourceName", &Request::event_source_name, aws::length(1, 256)),
        aws::optional("Description", &Request::description, aws::length(0, 512)),
        aws::optional("Tags", &Request::tags)};
  };
  struct Response {
    std::string event_bus_arn;
    std::optional<std::string> description;
    static constexpr auto fields = std::tuple{aws::always("EventBusArn", &Response::event_bus_arn),
                                              aws::optional("Description", &Response::description)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceAlreadyExistsException. LimitExceededException: 100 buses. ValidationException: a name
  // with a slash, which is for partners' events; these are not there.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
  const Clock& clock;
};

}  // namespace everseal::events
