#include "services/sts/operations/get_session_token.h"

#include <algorithm>
#include <chrono>

#include "aws/session/credentials.h"
#include "services/sts/errors.h"

namespace everseal::sts {
namespace {

constexpr std::int64_t usual_seconds = 43200;
constexpr std::int64_t longest_of_root_seconds = 3600;

std::int64_t seconds_of(const GetSessionToken::Request& request, const aws::Caller& caller) {
  const auto wanted = request.duration_seconds.value_or(usual_seconds);
  return caller.kind == aws::Caller::Kind::Root ? std::min(wanted, longest_of_root_seconds)
                                                : wanted;
}

}  // namespace

aws::Access GetSessionToken::access(const Request& /*request*/, const aws::Call& /*call*/) const {
  return aws::unrestricted();
}

Result<GetSessionToken::Response, ApiError> GetSessionToken::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.serial_number || request.token_code)
    return unsupported("Multi-factor authentication");
  if (call.caller.session != nullptr) return session_makes_no_session();
  const auto begin = std::chrono::floor<std::chrono::seconds>(clock.now());
  const aws::session::Grant grant{
      .holder_id = call.caller.user_id,
      .session_name = {},
      .issued_at = begin,
      .expires_at = begin + std::chrono::seconds(seconds_of(request, call.caller)),
      .policy = {},
      .policy_arns = {},
      .tags = {},
      .source_identity = {}};
  const auto made = aws::session::make_credentials(vault, random, grant);
  if (!made) return made.error();
  return Response{{made->access_key_id, std::string(made->secret.reveal_text()),
                   made->session_token, made->expires_at}};
}

}  // namespace everseal::sts
