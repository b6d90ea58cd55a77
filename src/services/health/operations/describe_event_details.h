#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "result/result.h"
#include "services/health/shapes.h"
#include "sql/database.h"

namespace everseal::health {

// DescribeEventDetails: what events say to people, in their language.
struct DescribeEventDetails {
  static constexpr std::string_view name = "DescribeEventDetails";
  struct Request {
    std::vector<std::string> event_arns;
    std::optional<std::string> locale;
    static constexpr auto fields =
        std::tuple{aws::required("eventArns", &Request::event_arns, aws::length(1, 10),
                                 aws::each(aws::length(1, 1600))),
                   aws::optional("locale", &Request::locale, aws::length(2, 256))};
  };
  struct Description {
    std::string latest_description;
    static constexpr auto fields =
        std::tuple{aws::always("latestDescription", &Description::latest_description)};
  };
  struct Details {
    EventShape event;
    Description event_description;
    std::map<std::string, std::string> event_metadata;
    static constexpr auto fields =
        std::tuple{aws::always("event", &Details::event),
                   aws::always("eventDescription", &Details::event_description),
                   aws::always("eventMetadata", &Details::event_metadata)};
  };
  struct Failure {
    std::string event_arn, error_name, error_message;
    static constexpr auto fields = std::tuple{aws::always("eventArn", &Failure::event_arn),
                                              aws::always("errorName", &Failure::error_name),
                                              aws::always("errorMessage", &Failure::error_message)};
  };
  struct Response {
    std::vector<Details> successful_set;
    std::vector<Failure> failed_set;
    static constexpr auto fields =
        std::tuple{aws::always("successfulSet", &Response::successful_set),
                   aws::always("failedSet", &Response::failed_set)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // UnsupportedLocale. An event that is not there is in failedSet.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  sql::Database& database;
};

}  // namespace everseal::health
