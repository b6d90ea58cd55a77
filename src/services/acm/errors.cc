#include "services/acm/errors.h"

#include <utility>

namespace everseal::acm {

namespace {

constexpr int kBadRequest = 400;

std::string quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

}  // namespace

ApiError not_a_certificate_arn(std::string_view arn) {
  return {"InvalidArnException", kBadRequest,
          quoted(arn) + " is not the ARN of an ACM certificate."};
}

ApiError not_a_ca_arn(std::string_view arn) {
  return {"InvalidArnException", kBadRequest,
          quoted(arn) + " is not the ARN of a private certificate authority."};
}

ApiError certificate_not_found(std::string_view arn, std::string_view account) {
  return {"ResourceNotFoundException", kBadRequest,
          "Could not find certificate " + std::string(arn) + " in account " + std::string(account) +
              "."};
}

ApiError certificate_in_use(std::string_view arn, std::string_view account) {
  return {
      "ResourceInUseException", kBadRequest,
      "Certificate " + std::string(arn) + " in account " + std::string(account) + " is in use."};
}

ApiError not_issued_yet(std::string_view arn) {
  return {"RequestInProgressException", kBadRequest,
          "Certificate " + std::string(arn) + " is not issued yet. Try again later."};
}

ApiError renewal_in_progress(std::string_view arn) {
  return {"RequestInProgressException", kBadRequest,
          "A renewal of certificate " + std::string(arn) + " is in progress."};
}

ApiError invalid(std::string message) {
  return {"ValidationException", kBadRequest, std::move(message)};
}

ApiError never_issued(std::string_view arn, std::string_view failure_reason) {
  return invalid("Certificate " + std::string(arn) + " was never issued: its request failed with " +
                 std::string(failure_reason) + ".");
}

ApiError conflict(std::string message) {
  return {"ConflictException", kBadRequest, std::move(message)};
}

ApiError not_exported(std::string_view arn) {
  return invalid("Certificate ARN " + std::string(arn) +
                 " has not been exported so it is not eligible for the Renew Certificate API.");
}

ApiError invalid_parameter(std::string message) {
  return {"InvalidParameterException", kBadRequest, std::move(message)};
}

ApiError public_certificates_are_not_issued() {
  return invalid_parameter(
      "CertificateAuthorityArn is missing. Without it this would be a request for a public "
      "certificate, and Everseal is a private certificate authority: it issues certificates of "
      "the CAs that you create with acm-pca create-certificate-authority. Name one of them.");
}

ApiError bad_name(std::string_view name, std::string_view why) {
  return invalid_parameter("The domain name " + quoted(name) +
                           " is not valid: " + std::string(why) + ".");
}

ApiError too_many_names(std::size_t limit) {
  return {"LimitExceededException", kBadRequest,
          "A certificate may have at most " + std::to_string(limit) + " domain names."};
}

ApiError too_many_tags(std::size_t limit) {
  return {"TooManyTagsException", kBadRequest,
          "A certificate may have at most " + std::to_string(limit) + " tags."};
}

ApiError reserved_tag(std::string_view key) {
  return {"InvalidTagException", kBadRequest,
          "The tag key " + quoted(key) + " begins with aws:, which is reserved."};
}

ApiError tag_given_twice(std::string_view key) {
  return {"InvalidTagException", kBadRequest,
          "The tag key " + quoted(key) +
              " is there more than once: keys that differ in case only count as one."};
}

ApiError invalid_state(std::string message) {
  return {"InvalidStateException", kBadRequest, std::move(message)};
}

}  // namespace everseal::acm
