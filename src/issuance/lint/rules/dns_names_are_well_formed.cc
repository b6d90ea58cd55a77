#include <algorithm>

#include "issuance/lint/rules.h"

namespace everseal::issuance::lint {
namespace {

constexpr std::size_t longest_name = 253;
constexpr std::size_t longest_label = 63;

bool is_letter_or_digit(char octet) {
  return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') ||
         (octet >= '0' && octet <= '9');
}

// Letters, digits and hyphens, and the underscore that private names often have.
bool is_label(std::string_view label) {
  if (label.empty() || label.size() > longest_label) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(
      label, [](char octet) { return is_letter_or_digit(octet) || octet == '-' || octet == '_'; });
}

// A wildcard is the whole leftmost label, and something follows it.
bool is_well_formed(std::string_view name) {
  if (name.size() > longest_name) return false;
  if (name.starts_with("*.")) name.remove_prefix(2);
  for (;;) {
    const auto dot = name.find('.');
    if (!is_label(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

}  // namespace

Violation dns_names_are_well_formed(const Subject& subject) {
  if (!subject.alternative_name) return {};
  for (const auto& name : subject.alternative_name->names) {
    const auto* dns = std::get_if<x509::DnsName>(&name);
    if (dns != nullptr && !is_well_formed(dns->text)) return dns->text + " is not a DNS name";
  }
  return {};
}

}  // namespace everseal::issuance::lint
