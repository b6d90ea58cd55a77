#include "services/s3/forms/form_policy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>
#include <variant>

#include "aws/protocol/json.h"
#include "aws/sigv4/derived_keys.h"
#include "aws/sigv4/version_two.h"
#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/ascii.h"
#include "encoding/base64.h"
#include "encoding/hex.h"
#include "secret/secret.h"
#include "services/s3/forms/form_errors.h"
#include "services/s3/values/errors.h"

namespace everseal::s3 {
namespace {

using aws::Document;

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
// What no condition has to cover.
constexpr std::array<std::string_view, 5> uncovered{"policy", "x-amz-signature", "file",
                                                    "awsaccesskeyid", "signature"};

Result<std::string, ApiError> required(const HeaderMap& fields, std::string_view name) {
  const auto found = fields.find(std::string(name));
  if (found != fields.end() && !found->second.empty()) return found->second;
  return invalid_argument(name, "",
                          "Bucket POST must contain a field named '" + std::string(name) +
                              "'.  If it is specified, please check the order of the fields.");
}

struct Scope {
  std::string access_key_id;
  aws::sigv4::Scope scope;
};

// "AKIA.../20250102/eu-west-1/s3/aws4_request"
Result<Scope, ApiError> scope_in(const std::string& credential) {
  std::array<std::string, 5> parts;
  std::string_view rest = credential;
  for (auto& part : parts) {
    part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  }
  if (rest.empty() && parts[3] == "s3" && parts[4] == "aws4_request") {
    return Scope{parts[0], {parts[1], parts[2], parts[3], parts[4]}};
  }
  return invalid_argument("x-amz-credential", credential,
                          "The credential must be <access key>/<date>/<region>/s3/aws4_request.");
}

std::optional<std::string_view> session_token_in(const HeaderMap& fields) {
  const auto token = fields.find("x-amz-security-token");
  return token == fields.end() ? std::nullopt : std::optional<std::string_view>(token->second);
}

Result<aws::sigv4::Credential, ApiError> credential_of(
    const std::string& access_key_id, const HeaderMap& fields,
    const aws::sigv4::CredentialSource& credentials) {
  const auto found = credentials.find(access_key_id, session_token_in(fields));
  if (!found) return found.error();
  const auto* known = std::get_if<aws::sigv4::Credential>(&*found);
  if (known == nullptr) return invalid_access_key(access_key_id);
  return *known;
}

bool equal(std::string_view expected, std::string_view signature) {
  return equal_in_constant_time(as_bytes(expected), as_bytes(signature));
}

Result<FormSigner, ApiError> signer_by_version_four(
    const HeaderMap& fields, const std::string& policy,
    const aws::sigv4::CredentialSource& credentials) {
  const auto named = required(fields, "x-amz-algorithm");
  if (!named) return named.error();
  if (*named != algorithm) return form_not_version_four();
  const auto credential = required(fields, "x-amz-credential");
  if (!credential) return credential.error();
  const auto date = required(fields, "x-amz-date");
  if (!date) return date.error();
  const auto signature = required(fields, "x-amz-signature");
  if (!signature) return signature.error();
  const auto scope = scope_in(*credential);
  if (!scope) return scope.error();
  if (!date->starts_with(scope->scope.date)) {
    return invalid_argument("x-amz-date", *date, "The date is not that of the credential.");
  }
  const auto known = credential_of(scope->access_key_id, fields, credentials);
  if (!known) return known.error();
  auto key = aws::sigv4::derive_key(*known->secret, scope->scope);
  const auto expected = encoding::to_hex(crypto::hmac_sha256(key, policy));
  wipe(key);
  if (!equal(expected, encoding::lower_case(*signature))) {
    return form_signature_differs(scope->access_key_id, policy, *signature);
  }
  return FormSigner{.caller = known->caller, .region = scope->scope.region};
}

// The policy itself is the text that is signed.
Result<FormSigner, ApiError> signer_by_version_two(
    const HeaderMap& fields, const std::string& policy,
    const aws::sigv4::CredentialSource& credentials) {
  const auto id = required(fields, "awsaccesskeyid");
  if (!id) return id.error();
  const auto signature = required(fields, "signature");
  if (!signature) return signature.error();
  const auto known = credential_of(*id, fields, credentials);
  if (!known) return known.error();
  const auto expected = aws::sigv4::version_two_signature(known->secret->reveal(), policy);
  if (!equal(expected, *signature)) return form_signature_differs(*id, policy, *signature);
  return FormSigner{.caller = known->caller};
}

const std::string* text_in(const Document& value) { return value.as<std::string>(); }

// Goes through the conditions of a policy.
class Conditions {
 public:
  Conditions(const HeaderMap& fields, std::string_view bucket) : fields_(fields) {
    fields_["bucket"] = bucket;  // which the address says
  }

  Result<void, ApiError> hold(const Document& condition, FormLimits& limits) {
    if (const auto* members = condition.as<Document::Members>()) {
      for (const auto& [name, value] : *members) {
        const auto* text = text_in(value);
        if (text == nullptr) return invalid_form_policy("a condition's value is not a text");
        if (auto fine = check("eq", "$" + name, *text); !fine) return fine;
      }
      return {};
    }
    const auto* list = condition.as<Document::List>();
    if (list == nullptr || list->size() != 3 || text_in(list->front()) == nullptr) {
      return invalid_form_policy("a condition is neither an object nor a list of three");
    }
    const auto kind = encoding::lower_case(*text_in(list->front()));
    if (kind == "content-length-range") return limit((*list)[1], (*list)[2], limits);
    const auto* name = text_in((*list)[1]);
    const auto* text = text_in((*list)[2]);
    if (name == nullptr || text == nullptr || (kind != "eq" && kind != "starts-with")) {
      return invalid_form_policy("an unknown kind of condition");
    }
    return check(kind, *name, *text);
  }

  // Every field has been covered.
  Result<void, ApiError> cover_all() const {
    for (const auto& [name, value] : fields_) {
      const bool needs_none = std::ranges::find(uncovered, name) != uncovered.end() ||
                              name.starts_with("x-ignore-") || name == "bucket";
      if (!needs_none && !covered_.contains(name)) {
        return form_policy_violated("Extra input fields: " + name);
      }
    }
    return {};
  }

 private:
  Result<void, ApiError> check(std::string_view kind, std::string_view variable,
                               const std::string& text) {
    const auto name = encoding::lower_case(variable.substr(variable.starts_with('$') ? 1 : 0));
    const auto found = fields_.find(name);
    const std::string value = found == fields_.end() ? std::string() : found->second;
    covered_.insert(name);
    if (kind == "eq" ? value == text : value.starts_with(text)) return {};
    return form_policy_violated("Policy Condition failed: [\"" + std::string(kind) + "\", \"$" +
                                name + "\", \"" + text + "\"]");
  }

  static Result<void, ApiError> limit(const Document& least, const Document& most,
                                      FormLimits& limits) {
    const auto* from = least.as<std::int64_t>();
    const auto* to = most.as<std::int64_t>();
    if (from == nullptr || to == nullptr || *from < 0 || *to < *from) {
      return invalid_form_policy("content-length-range is not two numbers in order");
    }
    limits.least = std::max(limits.least, static_cast<std::uint64_t>(*from));
    limits.most = std::min(limits.most, static_cast<std::uint64_t>(*to));
    return {};
  }

  HeaderMap fields_;
  std::set<std::string> covered_;
};

}  // namespace

Result<std::optional<FormSigner>, ApiError> signer_of_form(
    const HeaderMap& fields, const aws::sigv4::CredentialSource& credentials) {
  const auto policy = fields.find("policy");
  if (policy == fields.end()) return std::optional<FormSigner>();
  const bool is_older = fields.contains("awsaccesskeyid") && !fields.contains("x-amz-algorithm");
  const auto find_signer = is_older ? signer_by_version_two : signer_by_version_four;
  auto signer = find_signer(fields, policy->second, credentials);
  if (!signer) return signer.error();
  return std::optional(*std::move(signer));
}

Result<FormLimits, ApiError> limits_of_form(const HeaderMap& fields, std::string_view bucket,
                                            TimePoint now) {
  const auto encoded = required(fields, "policy");
  if (!encoded) return encoded.error();
  const auto octets = encoding::from_base64(*encoded);
  if (!octets) return invalid_form_policy("it is not base64");
  const auto policy = aws::protocol::parse_json(as_text(*octets));
  if (!policy) return invalid_form_policy("it is not JSON");
  const auto* expiration = policy->find("expiration");
  const auto* expires = expiration != nullptr ? text_in(*expiration) : nullptr;
  const auto end = expires != nullptr ? parse_iso8601(*expires) : Fault::malformed("no expiration");
  if (!end) return invalid_form_policy("expiration is not a moment");
  if (now > *end) return form_policy_violated("Policy expired.");
  const auto* conditions = policy->find("conditions");
  const auto* list = conditions != nullptr ? conditions->as<Document::List>() : nullptr;
  if (list == nullptr) return invalid_form_policy("conditions are not a list");
  FormLimits limits;
  Conditions all(fields, bucket);
  for (const auto& condition : *list) {
    if (auto holds = all.hold(condition, limits); !holds) return holds.error();
  }
  if (auto covered = all.cover_all(); !covered) return covered.error();
  return limits;
}

}  // namespace everseal::s3
