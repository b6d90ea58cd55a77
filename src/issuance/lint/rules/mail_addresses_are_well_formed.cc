#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {
namespace {

// Mailbox of RFC 2821: one @ with something on both sides, no phrase and no brackets.
bool is_mailbox(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
  return text.find_first_of(" <>\t\r\n") == std::string_view::npos;
}

}  // namespace

Violation mail_addresses_are_well_formed(const Subject& subject) {
  if (!subject.alternative_name) return {};
  for (const auto& name : subject.alternative_name->names) {
    const auto* mail = std::get_if<x509::Rfc822Name>(&name);
    if (mail != nullptr && !is_mailbox(mail->text)) return mail->text + " is not a mail address";
  }
  return {};
}

}  // namespace everseal::issuance::lint
