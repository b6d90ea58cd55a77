#include "services/events/destinations/errors.h"

#include <utility>

#include "services/events/errors.h"

namespace everseal::events::destinations {
namespace {

ApiError not_found(std::string message) {
  return {"ResourceNotFoundException", 400, std::move(message)};
}
ApiError exists(std::string message) {
  return {"ResourceAlreadyExistsException", 400, std::move(message)};
}
std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

ApiError no_such_connection(std::string_view name_or_arn) {
  return not_found("Failed to describe the connection(s). Connection " + quoted(name_or_arn) +
                   " does not exist.");
}

ApiError no_such_destination(std::string_view name) {
  return not_found("Failed to describe the api-destination(s). An api-destination " + quoted(name) +
                   " does not exist.");
}

ApiError connection_exists(std::string_view name) {
  return exists("Connection " + std::string(name) + " already exists.");
}

ApiError destination_exists(std::string_view name) {
  return exists("An api-destination " + quoted(name) + " already exists.");
}

ApiError not_supported_in_connections() {
  return invalid(
      "InvocationConnectivityParameters and KmsKeyIdentifier are not supported by Everseal.");
}

ApiError invalid_parameter(std::string_view parameter, std::string_view reason) {
  return invalid("Parameter " + std::string(parameter) +
                 " is not valid. Reason: " + std::string(reason));
}

}  // namespace everseal::events::destinations
