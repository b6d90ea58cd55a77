#include "services/acmpca/authority/description.h"

#include "encoding/hex.h"

namespace everseal::acmpca {

AuthorityDescription describe(const Authority& authority, TimePoint now) {
  AuthorityDescription description{.arn = authority.arn.text(),
                                   .owner_account = std::string(authority.arn.account()),
                                   .created_at = authority.created_at,
                                   .last_state_change_at = authority.state_changed_at,
                                   .type = authority.type,
                                   .serial = std::nullopt,
                                   .status = authority.status(now),
                                   .not_before = std::nullopt,
                                   .not_after = std::nullopt,
                                   .failure_reason = std::nullopt,
                                   .certificate_authority_configuration = authority.configuration,
                                   .revocation_configuration = authority.revocation,
                                   .restorable_until = authority.restorable_until,
                                   .key_storage_security_standard = authority.security_standard,
                                   .usage_mode = authority.usage_mode};
  if (authority.installed) {
    description.serial = encoding::to_hex(authority.installed->serial);
    description.not_before = authority.installed->not_before;
    description.not_after = authority.installed->not_after;
  }
  return description;
}

}  // namespace everseal::acmpca
