#include "aws/policy/principal.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace everseal::aws::policy {
namespace {

constexpr std::size_t account_digits = 12;

bool is_account(std::string_view text) {
  return text.size() == account_digits &&
         std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool is_service(std::string_view text) {
  return text.find('.') != std::string_view::npos &&
         text.find_first_of("*?: ") == std::string_view::npos;
}

// The kinds of principal that an ARN can name in full.
bool is_principal_resource(std::string_view service, std::string_view resource) {
  if (service == "sts") return resource.starts_with("assumed-role/");
  return service == "iam" && (resource.starts_with("user/") || resource.starts_with("role/"));
}

Malformed invalid(std::string_view kind, std::string_view text) {
  return {"Invalid principal in policy: \"" + std::string(kind) + "\":\"" + std::string(text) +
          "\""};
}

}  // namespace

Result<Principal, Malformed> Principal::parse(std::string_view kind, std::string_view text) {
  if (kind == "Service" && is_service(text)) return Principal(Kind::Service, text);
  if ((kind == "Federated" || kind == "CanonicalUser") && !text.empty()) {
    return Principal(Kind::Nobody, text);
  }
  if (kind != "AWS") return invalid(kind, text);
  if (text == "*") return Principal(Kind::Everybody, text);
  if (is_account(text)) return Principal(Kind::Account, text);
  const auto parts = split_arn(text);
  if (!parts || (*parts)[0] != "arn" || !is_account((*parts)[4])) return invalid(kind, text);
  const std::string_view resource = (*parts)[5];
  if (text.find_first_of("*?") != std::string_view::npos) return invalid(kind, text);
  if ((*parts)[2] == "iam" && resource == "root") return Principal(Kind::Account, (*parts)[4]);
  if (!is_principal_resource((*parts)[2], resource)) return invalid(kind, text);
  return Principal(Kind::Arn, text);
}

std::optional<std::string_view> Principal::arn() const {
  if (kind_ != Kind::Arn) return std::nullopt;
  return value_;
}

Naming Principal::names(const Caller& caller) const {
  const bool is_service = caller.kind == Caller::Kind::Service;
  switch (kind_) {
    case Kind::Everybody:
      return Naming::Broadly;
    case Kind::Service:
      return is_service && caller.arn == value_ ? Naming::Directly : Naming::No;
    case Kind::Account:
      return !is_service && caller.account == value_ ? Naming::Account : Naming::No;
    case Kind::Arn:
      if (is_service) return Naming::No;
      if (caller.arn == value_) return Naming::Directly;
      return caller.principal_arn == value_ ? Naming::Broadly : Naming::No;
    case Kind::Nobody:
      return Naming::No;
  }
  return Naming::No;
}

}  // namespace everseal::aws::policy
