#pragma once

#include <cstdint>
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
#include "services/health/event.h"

namespace everseal::health {

// DescribeEventTypes: the kinds of events that there can be.
struct DescribeEventTypes {
  static constexpr std::string_view name = "DescribeEventTypes";
  struct Filter {
    std::vector<std::string> event_type_codes, services;
    std::vector<EventCategory> event_type_categories;
    std::vector<Actionability> actionabilities;
    std::vector<Persona> personas;
    static constexpr auto fields = std::tuple{
        aws::optional("eventTypeCodes", &Filter::event_type_codes, aws::length(1, 10)),
        aws::optional("services", &Filter::services, aws::length(1, 10)),
        aws::optional("eventTypeCategories", &Filter::event_type_categories, aws::length(1, 10)),
        aws::optional("actionabilities", &Filter::actionabilities, aws::length(1, 10)),
        aws::optional("personas", &Filter::personas, aws::length(1, 10))};
  };
  struct Request {
    std::optional<Filter> filter;
    std::optional<std::string> locale;
    std::optional<std::string> next_token;
    std::optional<std::int32_t> max_results;
    static constexpr auto fields =
        std::tuple{aws::optional("filter", &Request::filter),
                   aws::optional("locale", &Request::locale, aws::length(2, 256)),
                   aws::optional("nextToken", &Request::next_token, aws::length(4, 10'000)),
                   aws::optional("maxResults", &Request::max_results, aws::range(1, 100))};
  };
  struct EventType {
    std::string service, code;
    EventCategory category{};
    Actionability actionability{};
    std::vector<Persona> personas;
    static constexpr auto fields = std::tuple{
        aws::always("service", &EventType::service), aws::always("code", &EventType::code),
        aws::always("category", &EventType::category),
        aws::always("actionability", &EventType::actionability),
        aws::always("personas", &EventType::personas)};
  };
  struct Response {
    std::vector<EventType> event_types;
    static constexpr auto fields = std::tuple{aws::always("eventTypes", &Response::event_types)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // UnsupportedLocale. InvalidPaginationToken: there is one page only.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;
};

}  // namespace everseal::health
