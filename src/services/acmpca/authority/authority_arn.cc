#include "services/acmpca/authority/authority_arn.h"

#include <algorithm>

#include "encoding/hex.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

constexpr std::string_view service = "acm-pca";
constexpr std::string_view kind = "certificate-authority/";
constexpr std::string_view certificate_kind = "/certificate/";
constexpr std::size_t serial_digits = 32;

bool is_lower_hex(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
}

bool is_uuid(std::string_view text) {
  constexpr std::string_view form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return text.size() == form.size() &&
         std::equal(text.begin(), text.end(), form.begin(), [](char letter, char expected) {
           return expected == '-' ? letter == '-' : is_lower_hex(letter);
         });
}

}  // namespace

AuthorityArn::AuthorityArn(std::string_view region, std::string_view account, std::string_view uuid)
    : arn_(service, region, account, std::string(kind).append(uuid)) {}

Result<AuthorityArn, ApiError> AuthorityArn::parse(std::string_view text) {
  auto arn = Arn::parse(text);
  if (!arn || arn->service() != service || !arn->resource().starts_with(kind) ||
      !is_uuid(arn->resource().substr(kind.size())))
    return not_a_valid_arn();
  return AuthorityArn(*std::move(arn));
}

std::string_view AuthorityArn::uuid() const { return arn_.resource().substr(kind.size()); }

Result<AuthorityArn, ApiError> authority_of(const aws::Call& call, std::string_view arn) {
  auto authority = AuthorityArn::parse(arn);
  if (!authority) return authority;
  if (authority->region() != call.region) return not_a_valid_arn();
  if (authority->account() != call.caller.account) return no_such_authority(arn);
  return authority;
}

std::string certificate_arn(const AuthorityArn& authority, ByteView serial) {
  const auto hex = encoding::to_hex(serial);
  std::string arn;
  arn.reserve(authority.text().size() + certificate_kind.size() + serial_digits);
  arn.append(authority.text()).append(certificate_kind);
  if (hex.size() < serial_digits) arn.append(serial_digits - hex.size(), '0');
  return arn.append(hex);
}

Result<Bytes, ApiError> serial_of(const AuthorityArn& authority, std::string_view certificate_arn) {
  if (!certificate_arn.starts_with(authority.text())) return not_a_valid_arn();
  auto rest = certificate_arn.substr(authority.text().size());
  if (!rest.starts_with(certificate_kind)) return not_a_valid_arn();
  rest.remove_prefix(certificate_kind.size());
  if (!std::all_of(rest.begin(), rest.end(), is_lower_hex)) return not_a_valid_arn();
  rest.remove_prefix(std::min(rest.find_first_not_of('0'), rest.size()));
  const auto padded = (rest.size() % 2 == 0 ? "" : "0") + std::string(rest);
  auto serial = encoding::from_hex(padded);
  constexpr std::size_t longest_serial = 20;  // RFC 5280, 4.1.2.2
  if (!serial || serial->empty() || serial->size() > longest_serial) return not_a_valid_arn();
  return *std::move(serial);
}

}  // namespace everseal::acmpca
