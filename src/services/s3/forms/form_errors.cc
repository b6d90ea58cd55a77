#include "services/s3/forms/form_errors.h"

#include <utility>

namespace everseal::s3 {
namespace {

using Details = std::vector<std::pair<std::string, std::string>>;

ApiError described(std::string_view code, int status, std::string message, Details details = {}) {
  ApiError made(code, status, std::move(message));
  made.details = std::move(details);
  return made;
}

}  // namespace

ApiError not_a_form() {
  return described(
      "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold",
      {{"Condition", "Bucket POST must be of the enclosure-type multipart/form-data"}});
}

ApiError malformed_form() {
  return described("MalformedPOSTRequest", 400,
                   "The body of your POST request is not well-formed multipart/form-data.");
}

ApiError too_long_a_form() {
  return described("MaxPostPreDataLengthExceeded", 400,
                   "Your POST request fields preceding the upload file were too large.",
                   {{"MaxPostPreDataLengthBytes", "20480"}});
}

ApiError invalid_form_policy(std::string_view what) {
  return described("InvalidPolicyDocument", 400, "Invalid Policy: " + std::string(what) + ".");
}

ApiError form_not_version_four() {
  return described("InvalidRequest", 400,
                   "The authorization mechanism you have provided is not supported. Please use "
                   "AWS4-HMAC-SHA256.");
}

ApiError form_too_small(std::uint64_t size, std::uint64_t least) {
  return described(
      "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size",
      {{"ProposedSize", std::to_string(size)}, {"MinSizeAllowed", std::to_string(least)}});
}

ApiError form_too_large(std::uint64_t size, std::uint64_t most) {
  return described(
      "EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size",
      {{"ProposedSize", std::to_string(size)}, {"MaxSizeAllowed", std::to_string(most)}});
}

ApiError form_policy_violated(std::string what) {
  return described("AccessDenied", 403, "Invalid according to Policy: " + std::move(what));
}

ApiError invalid_access_key(std::string_view id) {
  return described("InvalidAccessKeyId", 403,
                   "The AWS Access Key Id you provided does not exist in our records.",
                   {{"AWSAccessKeyId", std::string(id.substr(0, 128))}});
}

ApiError form_signature_differs(std::string_view access_key_id, std::string_view policy,
                                std::string_view signature) {
  return described("SignatureDoesNotMatch", 403,
                   "The request signature we calculated does not match the signature you provided. "
                   "Check your key and signing method.",
                   {{"AWSAccessKeyId", std::string(access_key_id)},
                    {"StringToSign", std::string(policy)},
                    {"SignatureProvided", std::string(signature.substr(0, 128))}});
}

}  // namespace everseal::s3
