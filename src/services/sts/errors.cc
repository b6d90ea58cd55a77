#include "services/sts/errors.h"

#include <utility>

namespace everseal::sts {
namespace {

ApiError access_denied(std::string message) { return {"AccessDenied", 403, std::move(message)}; }
ApiError invalid(std::string message) { return {"ValidationError", 400, std::move(message)}; }

}  // namespace

ApiError may_not_assume(const aws::Caller& caller, std::string_view role_arn) {
  return access_denied(
      "User: " + caller.arn +
      " is not authorized to perform: sts:AssumeRole on resource: " + std::string(role_arn));
}

ApiError root_assumes_nothing() {
  return access_denied("Roles may not be assumed by root accounts.");
}

ApiError session_makes_no_session() {
  return access_denied("Cannot call GetSessionToken with session credentials");
}

ApiError longer_than_role_allows() {
  return invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
}

ApiError longer_than_chaining_allows() {
  return invalid(
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
      "chaining");
}

ApiError no_such_policy(std::string_view arn) {
  return invalid("The managed policy " + std::string(arn) + " does not exist.");
}

ApiError duplicate_tags() {
  return invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
}

ApiError transitive_tag_missing(std::string_view key) {
  return invalid("The specified transitive tag key " + std::string(key) +
                 " must be included in the requested tags.");
}

ApiError tag_is_inherited(std::string_view key) {
  return invalid("The tag key " + std::string(key) +
                 " can't be set because it conflicts with a transitive tag key from the calling "
                 "session.");
}

ApiError unsupported(std::string_view member) {
  return invalid(std::string(member) + " is not supported by Everseal.");
}

ApiError malformed_policy(std::string reason) {
  return {"MalformedPolicyDocument", 400, std::move(reason)};
}

ApiError packed_policy_too_large() {
  return {"PackedPolicyTooLarge", 400,
          "Packed size of session policies and tags exceeds the limit of 8192 octets."};
}

}  // namespace everseal::sts
