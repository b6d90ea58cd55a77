#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/sigv4/credential_source.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/s3/values/checksum.h"

namespace everseal::s3 {

// How long the file of a form may be, by its policy.
struct FormLimits {
  std::uint64_t least = 0;
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
};

// Whoever signed a form.
struct FormSigner {
  aws::Caller caller;
  std::string region{};
};

// Whose signature the policy of a form has: of Version 4, or, as older clients make it, of Version
// 2. `fields` by their names in lower case. Nothing: it has no policy, and so is nobody's.
// InvalidArgument, InvalidRequest: a field is missing, or another kind of signature;
// InvalidAccessKeyId, SignatureDoesNotMatch.
Result<std::optional<FormSigner>, ApiError> signer_of_form(
    const HeaderMap& fields, const aws::sigv4::CredentialSource& credentials);

// What the policy of a form allows of its file: each field must be covered by a condition, and each
// condition hold. InvalidPolicyDocument; AccessDenied: it has expired, or a condition does not
// hold.
Result<FormLimits, ApiError> limits_of_form(const HeaderMap& fields, std::string_view bucket,
                                            TimePoint now);

}  // namespace everseal::s3
