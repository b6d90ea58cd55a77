#pragma once

#include <string>

#include "http/client.h"
#include "http/message.h"
#include "result/result.h"
#include "services/events/destinations/api_destination_store.h"
#include "services/events/destinations/shapes.h"
#include "services/events/target.h"

namespace everseal::events::destinations {

struct OutgoingRequest {
  http::Url server;
  http::RequestHead head{};
  std::string body{};
};

// The request that brings an event to a destination. Stars of its path become the
// PathParameterValues of the target, in order; parameters of the target that begin with "$." are
// found in the event; what the connection says comes before what the target says. The event is the
// body, unless the method is GET, HEAD or OPTIONS; parameters of the body become members of it, if
// it is an object. `token`: what OAuth gave, empty for other types.
// Refused: what the event has cannot be part of a path or a header.
Result<OutgoingRequest, Refused> request_for(const ApiDestination& destination,
                                             const Authorization& authorization,
                                             const Delivery& delivery, const std::string& token);

}  // namespace everseal::events::destinations
