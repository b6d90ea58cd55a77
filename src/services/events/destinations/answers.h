#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "aws/fields.h"
#include "clock/clock.h"
#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/connection.h"
#include "services/events/destinations/shapes.h"

// What several operations take and answer.
namespace everseal::events::destinations {

struct NameRequest {
  std::string name;
  static constexpr auto fields = std::tuple{shapes::name(&NameRequest::name)};
};

struct ConnectionAnswer {
  std::string arn;
  ConnectionState state = ConnectionState::Authorized;
  TimePoint created_at;
  TimePoint modified_at;
  std::optional<TimePoint> authorized_at;
  static constexpr auto fields =
      std::tuple{aws::always("ConnectionArn", &ConnectionAnswer::arn),
                 aws::always("ConnectionState", &ConnectionAnswer::state),
                 aws::always("CreationTime", &ConnectionAnswer::created_at),
                 aws::always("LastModifiedTime", &ConnectionAnswer::modified_at),
                 aws::optional("LastAuthorizedTime", &ConnectionAnswer::authorized_at)};
  static ConnectionAnswer about(const Connection& connection) {
    return {connection.arn, connection.state, connection.created_at, connection.modified_at,
            connection.authorized_at};
  }
};

struct DestinationAnswer {
  std::string arn;
  DestinationState state = DestinationState::Inactive;
  TimePoint created_at;
  TimePoint modified_at;
  static constexpr auto fields =
      std::tuple{aws::always("ApiDestinationArn", &DestinationAnswer::arn),
                 aws::always("ApiDestinationState", &DestinationAnswer::state),
                 aws::always("CreationTime", &DestinationAnswer::created_at),
                 aws::always("LastModifiedTime", &DestinationAnswer::modified_at)};
  static DestinationAnswer about(const ApiDestination& destination) {
    return {destination.arn, destination.state, destination.created_at, destination.modified_at};
  }
};

struct ListedDestination {
  std::string arn;
  std::string name;
  DestinationState state = DestinationState::Inactive;
  std::string connection_arn;
  std::string endpoint;
  HttpMethod method = HttpMethod::Post;
  std::int32_t rate = 0;
  TimePoint created_at;
  TimePoint modified_at;
  static constexpr auto fields =
      std::tuple{aws::always("ApiDestinationArn", &ListedDestination::arn),
                 aws::always("Name", &ListedDestination::name),
                 aws::always("ApiDestinationState", &ListedDestination::state),
                 aws::always("ConnectionArn", &ListedDestination::connection_arn),
                 aws::always("InvocationEndpoint", &ListedDestination::endpoint),
                 aws::always("HttpMethod", &ListedDestination::method),
                 aws::always("InvocationRateLimitPerSecond", &ListedDestination::rate),
                 aws::always("CreationTime", &ListedDestination::created_at),
                 aws::always("LastModifiedTime", &ListedDestination::modified_at)};
  static ListedDestination about(const ApiDestination& one) {
    return {one.arn,    one.name.name, one.state,      one.connection_arn, one.endpoint,
            one.method, one.rate,      one.created_at, one.modified_at};
  }
};
// The same, and what its owner says of it.
struct DescribedDestination : ListedDestination {
  std::optional<std::string> description;
  static constexpr auto fields =
      std::tuple_cat(ListedDestination::fields,
                     std::tuple{aws::optional("Description", &DescribedDestination::description)});
};

}  // namespace everseal::events::destinations
