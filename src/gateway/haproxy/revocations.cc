#include "gateway/haproxy/revocations.h"

#include <algorithm>
#include <optional>

#include "crypto/name_text.h"
#include "encoding/hex.h"

namespace everseal::gateway::haproxy {
namespace {

std::string upper_hex(ByteView octets) {
  std::string text = encoding::to_hex(octets);
  std::ranges::transform(text, text.begin(), [](char digit) {
    return digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit;
  });
  return text;
}

// As the script of HAProxy makes it of a certificate.
Bytes common_form(const x509::Name& name) {
  Bytes form;
  std::optional<std::size_t> rdn;
  for (const auto& attribute : name.attributes()) {
    if (attribute.rdn != rdn) form.push_back('/');
    rdn = attribute.rdn;
    const auto kind = attribute.type.content();
    form.push_back(static_cast<std::uint8_t>(asn1::Tag::ObjectIdentifier));
    form.push_back(static_cast<std::uint8_t>(kind.size()));
    form.insert(form.end(), kind.begin(), kind.end());
    const auto text = attribute.text().value_or(to_text(attribute.value));
    for (const int shift : {24, 16, 8, 0}) {
      form.push_back(static_cast<std::uint8_t>(text.size() >> shift));
    }
    form.insert(form.end(), text.begin(), text.end());
  }
  return form;
}

}  // namespace

Result<std::string> issuer_key(const x509::Name& issuer) {
  const auto text = crypto::name_as_openssl_prints_it(issuer.der());
  if (!text) return text.error();
  const auto digest = crypto::sha1(as_bytes(*text));
  return upper_hex(ByteView(digest).first(8));
}

std::string revocation_key(const x509::SerialNumber& serial, std::string_view issuer_key) {
  return upper_hex(serial.octets()).append(":").append(issuer_key);
}

std::string outdated_key(std::string_view issuer_key) { return "*:" + std::string(issuer_key); }

Result<std::vector<std::string>> revocation_keys(const std::vector<Revoked>& entries) {
  std::vector<std::string> keys;
  for (const auto& [issuer, serials, outdated] : entries) {
    const auto issuers = issuer_key(issuer);
    if (!issuers) return issuers.error();
    if (outdated) keys.push_back(outdated_key(*issuers));
    for (const auto& serial : serials) keys.push_back(revocation_key(serial, *issuers));
  }
  return keys;
}

Outcome add_issuer_name(const x509::Name& issuer, IssuerNames& names) {
  auto key = issuer_key(issuer);
  if (!key) return key.error();
  names[upper_hex(crypto::sha1(common_form(issuer)))] = *std::move(key);
  return {};
}

Result<IssuerNames> issuer_names(const std::vector<Revoked>& entries) {
  IssuerNames names;
  for (const auto& entry : entries) {
    if (const auto done = add_issuer_name(entry.issuer, names); !done) return done.error();
  }
  return names;
}

std::string lines_of(const IssuerNames& names) {
  std::string lines;
  for (const auto& [name, key] : names) lines.append(name).append(" ").append(key).append("\n");
  return lines;
}

bool Revocations::add(const std::string& key) {
  if (!keys_.insert(key).second) return false;
  toggle(key);
  return true;
}

bool Revocations::remove(const std::string& key) {
  if (keys_.erase(key) == 0) return false;
  toggle(key);
  return true;
}

void Revocations::toggle(const std::string& key) {
  const auto one = crypto::sha256(key);
  for (std::size_t at = 0; at < one.size(); ++at) digest_[at] ^= one[at];
}

}  // namespace everseal::gateway::haproxy
