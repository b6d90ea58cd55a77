#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "services/sts/operations/assume_role.h"

namespace everseal::sts {

// GetSessionToken: temporary credentials of the calling user, or of root, with the same rights but
// for IAM and most of STS. Nothing is written: the session token carries all of it, sealed. They
// end at their time, or when the user is deleted. Needs no permission, as in AWS: it is meant to
// prove a second factor, which is not there.
struct GetSessionToken {
  static constexpr std::string_view name = "GetSessionToken";
  struct Request {
    std::optional<std::int64_t> duration_seconds;
    std::optional<std::string> serial_number;
    std::optional<std::string> token_code;
    static constexpr auto fields = std::tuple{
        aws::optional("DurationSeconds", &Request::duration_seconds, aws::range(900, 129600)),
        aws::optional("SerialNumber", &Request::serial_number, aws::length(9, 256),
                      aws::pattern(R"([\w+=/:,.@-]*)")),
        aws::optional("TokenCode", &Request::token_code, aws::length(6, 6),
                      aws::pattern(R"([\d]*)"))};
  };
  struct Response {
    AssumeRole::Credentials credentials;
    static constexpr auto fields = std::tuple{aws::required("Credentials", &Response::credentials)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // Twelve hours unless something else is asked for; root gets an hour at most, whatever it asks.
  // AccessDenied: by temporary credentials. ValidationError: a second factor.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const keys::Vault& vault;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::sts
