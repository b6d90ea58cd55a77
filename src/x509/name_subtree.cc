#include <algorithm>
#include <optional>
#include <string_view>

#include "encoding/ascii.h"
#include "x509/name_constraints.h"

// Which names lie in which subtree: RFC 5280, 4.2.1.10.
namespace everseal::x509 {
namespace {

using encoding::equal_ignoring_case;

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
  return text.size() >= end.size() &&
         equal_ignoring_case(text.substr(text.size() - end.size()), end);
}

std::string_view without_final_dot(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

// ".corp.internal" means what is below it; that a dot may lead is everybody's extension of the RFC.
bool is_below(std::string_view host, std::string_view base_with_dot) {
  return host.size() > base_with_dot.size() && ends_with_ignoring_case(host, base_with_dot);
}

// "any DNS name that can be constructed by simply adding zero or more labels to the left-hand side"
bool dns_is_within(std::string_view host, std::string_view base) {
  host = without_final_dot(host);
  base = without_final_dot(base);
  if (host.empty()) return false;
  if (base.empty()) return true;
  if (base.starts_with('.')) return is_below(host, base);
  if (equal_ignoring_case(host, base)) return true;
  return host.size() > base.size() && host[host.size() - base.size() - 1] == '.' &&
         ends_with_ignoring_case(host, base);
}

// A URI's or a mailbox's host: itself, or with a leading dot what is below.
bool host_is_within(std::string_view host, std::string_view base) {
  host = without_final_dot(host);
  base = without_final_dot(base);
  if (base.empty()) return true;
  return base.starts_with('.') ? is_below(host, base) : equal_ignoring_case(host, base);
}

struct Mailbox {
  std::string_view local;
  std::string_view host;
};

std::optional<Mailbox> mailbox(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return std::nullopt;
  return Mailbox{text.substr(0, at), text.substr(at + 1)};
}

bool mail_is_within(std::string_view text, std::string_view base) {
  const auto name = mailbox(text);
  if (!name) return false;
  const auto exact = mailbox(base);
  if (!exact) return host_is_within(name->host, base);
  return name->local == exact->local && equal_ignoring_case(name->host, exact->host);
}

bool is_ipv4(std::string_view host) { return IpAddress::parse(host).has_value(); }

// "scheme://user@host:port/path": the host; nothing if there is none or if it is an address, which
// the RFC puts outside every subtree.
std::optional<std::string_view> uri_host(std::string_view uri) {
  const auto slashes = uri.find("://");
  if (slashes == std::string_view::npos) return std::nullopt;
  auto authority = uri.substr(slashes + 3);
  authority = authority.substr(0, authority.find_first_of("/?#\\"));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    authority.remove_prefix(at + 1);
  }
  if (authority.starts_with('[')) return std::nullopt;
  const auto host = authority.substr(0, authority.find(':'));
  if (host.empty() || is_ipv4(without_final_dot(host))) return std::nullopt;
  return host;
}

bool address_is_within(ByteView address, ByteView base) {
  if (base.size() != 2 * address.size()) return false;
  const ByteView network = base.first(address.size());
  const ByteView mask = base.last(address.size());
  for (std::size_t at = 0; at < address.size(); ++at) {
    if (((address[at] ^ network[at]) & mask[at]) != 0) return false;
  }
  return true;
}

struct Within {
  template <class Left, class Right>
  bool operator()(const Left&, const Right&) const {
    return false;
  }
  bool operator()(const Rfc822Name& name, const Rfc822Name& base) const {
    return mail_is_within(name.text, base.text);
  }
  bool operator()(const DnsName& name, const DnsName& base) const {
    return dns_is_within(name.text, base.text);
  }
  bool operator()(const DirectoryName& name, const DirectoryName& base) const {
    return name.name.is_within(base.name);
  }
  bool operator()(const UniformResourceIdentifier& name,
                  const UniformResourceIdentifier& base) const {
    const auto host = uri_host(name.text);
    return host && host_is_within(*host, base.text);
  }
  bool operator()(const IpAddress& name, const IpAddress& base) const {
    return address_is_within(name.octets, base.octets);
  }
};

// Whether "*.<parent>" covers the host that `base` names: exactly one label more.
bool wildcard_covers(std::string_view wildcard, std::string_view base) {
  if (!wildcard.starts_with("*.") || base.starts_with('.')) return false;
  base = without_final_dot(base);
  const auto dot = base.find('.');
  return dot != std::string_view::npos &&
         equal_ignoring_case(without_final_dot(wildcard.substr(2)), base.substr(dot + 1));
}

}  // namespace

bool is_within(const GeneralName& name, const GeneralName& base) {
  return std::visit(Within{}, name, base);
}

bool reaches_into(const GeneralName& name, const GeneralName& base) {
  const auto* host = std::get_if<DnsName>(&name);
  const auto* base_host = std::get_if<DnsName>(&base);
  if (host != nullptr && base_host != nullptr && wildcard_covers(host->text, base_host->text)) {
    return true;
  }
  return is_within(name, base);
}

}  // namespace everseal::x509
