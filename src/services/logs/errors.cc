#include "services/logs/errors.h"

#include <utility>

namespace everseal::logs {
namespace {

ApiError said(std::string_view code, std::string message) {
  return {code, 400, std::move(message)};
}

}  // namespace

ApiError invalid(std::string message) {
  return said("InvalidParameterException", std::move(message));
}
ApiError not_a_group(std::string_view identifier) {
  return invalid("'" + std::string(identifier.substr(0, 200)) +
                 "' is not the name or ARN of a log group of this account and region.");
}
ApiError not_a_token() { return invalid("The specified nextToken is invalid."); }
ApiError invalid_filter(std::string_view why) {
  return invalid("Invalid filter pattern: " + std::string(why) + ".");
}

ApiError group_not_found() {
  return said("ResourceNotFoundException", "The specified log group does not exist.");
}
ApiError stream_not_found() {
  return said("ResourceNotFoundException", "The specified log stream does not exist.");
}

ApiError group_exists() {
  return said("ResourceAlreadyExistsException", "The specified log group already exists");
}
ApiError stream_exists() {
  return said("ResourceAlreadyExistsException", "The specified log stream already exists");
}

ApiError too_many_tags() {
  return said("TooManyTagsException", "A resource can have no more than 50 tags.");
}

}  // namespace everseal::logs
