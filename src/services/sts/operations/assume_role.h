#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "keys/vault.h"
#include "random/random.h"
#include "result/result.h"
#include "services/sts/roles.h"

namespace everseal::sts {

// AssumeRole: credentials that act as a role for a while, at most as its policies and those given
// here allow together. Nothing is written: the session token carries all of it, sealed. Who may
// become the role is decided by its trust policy, and by the policies of the caller unless the
// trust policy names it.
struct AssumeRole {
  static constexpr std::string_view name = "AssumeRole";

  struct PolicyDescriptor {
    std::optional<std::string> arn;
    static constexpr auto fields =
        std::tuple{aws::optional("arn", &PolicyDescriptor::arn, aws::length(20, 2048))};
  };
  struct Tag {
    std::string key;
    std::string value;
    static constexpr auto fields =
        std::tuple{aws::required("Key", &Tag::key, aws::length(1, 128),
                                 aws::pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)")),
                   aws::required("Value", &Tag::value, aws::length(0, 256),
                                 aws::pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"))};
  };
  struct ProvidedContext {
    std::optional<std::string> provider_arn;
    std::optional<std::string> context_assertion;
    static constexpr auto fields =
        std::tuple{aws::optional("ProviderArn", &ProvidedContext::provider_arn),
                   aws::optional("ContextAssertion", &ProvidedContext::context_assertion)};
  };
  struct Request {
    std::string role_arn;
    std::string role_session_name;
    std::vector<PolicyDescriptor> policy_arns;
    std::optional<std::string> policy;
    std::optional<std::int64_t> duration_seconds;
    std::vector<Tag> tags;
    std::vector<std::string> transitive_tag_keys;
    std::optional<std::string> external_id;
    std::optional<std::string> serial_number;
    std::optional<std::string> token_code;
    std::optional<std::string> source_identity;
    std::vector<ProvidedContext> provided_contexts;
    static constexpr auto fields = std::tuple{
        aws::required(
            "RoleArn", &Request::role_arn, aws::length(20, 2048),
            aws::pattern(
                R"([\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+)",
                R"([\x09\x0A\x0D\x20-\x7E\x{85}\x{A0}-\x{10FFFF}]+)")),
        aws::required("RoleSessionName", &Request::role_session_name, aws::length(2, 64),
                      aws::pattern(R"([\w+=,.@-]*)")),
        aws::optional("PolicyArns", &Request::policy_arns, aws::length(0, 10)),
        aws::optional("Policy", &Request::policy, aws::length(1, 2048),
                      aws::pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]+)")),
        aws::optional("DurationSeconds", &Request::duration_seconds, aws::range(900, 43200)),
        aws::optional("Tags", &Request::tags, aws::length(0, 50)),
        aws::optional("TransitiveTagKeys", &Request::transitive_tag_keys, aws::length(0, 50),
                      aws::each(aws::length(1, 128))),
        aws::optional("ExternalId", &Request::external_id, aws::length(2, 1224),
                      aws::pattern(R"([\w+=,.@:\/-]*)")),
        aws::optional("SerialNumber", &Request::serial_number, aws::length(9, 256),
                      aws::pattern(R"([\w+=/:,.@-]*)")),
        aws::optional("TokenCode", &Request::token_code, aws::length(6, 6),
                      aws::pattern(R"([\d]*)")),
        aws::optional("SourceIdentity", &Request::source_identity, aws::length(2, 64),
                      aws::pattern(R"([\w+=,.@-]*)")),
        aws::optional("ProvidedContexts", &Request::provided_contexts, aws::length(0, 5))};
  };

  struct Credentials {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token;
    TimePoint expiration;
    static constexpr auto fields = std::tuple{
        aws::required("AccessKeyId", &Credentials::access_key_id),
        aws::required("SecretAccessKey", &Credentials::secret_access_key, aws::sensitive()),
        aws::required("SessionToken", &Credentials::session_token),
        aws::required("Expiration", &Credentials::expiration)};
  };
  struct AssumedRoleUser {
    std::string assumed_role_id;  // "AROA...:session"
    std::string arn;
    static constexpr auto fields =
        std::tuple{aws::required("AssumedRoleId", &AssumedRoleUser::assumed_role_id),
                   aws::required("Arn", &AssumedRoleUser::arn)};
  };
  struct Response {
    Credentials credentials;
    AssumedRoleUser assumed_role_user;
    std::optional<std::int64_t> packed_policy_size;  // percent
    std::optional<std::string> source_identity;
    static constexpr auto fields =
        std::tuple{aws::required("Credentials", &Response::credentials),
                   aws::required("AssumedRoleUser", &Response::assumed_role_user),
                   aws::optional("PackedPolicySize", &Response::packed_policy_size),
                   aws::optional("SourceIdentity", &Response::source_identity)};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // AccessDenied: there is no such role, or root calls.
  // ValidationError: longer than the role allows, or than an hour by a role's session; a managed
  // policy that is not there; a tag twice, or inherited; a transitive key without a tag; MFA.
  // MalformedPolicyDocument: the session policy, with the reason.
  // PackedPolicyTooLarge: policies and tags together have more than 8192 octets.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Roles& roles;
  const keys::Vault& vault;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::sts
