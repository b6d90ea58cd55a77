#include "issuance/issuer.h"

#include <algorithm>
#include <utility>

#include "x509/extension_types.h"
#include "x509/key_identifier.h"

namespace everseal::issuance {
namespace {

using x509::BasicConstraints;
using x509::Certificate;
using x509::KeyUsage;
using PathLength = std::optional<std::uint32_t>;

Result<PathLength> own_path_length(const Certificate& certificate) {
  const auto constraints = certificate.extensions().get<BasicConstraints>();
  if (!constraints) return constraints.error();
  return *constraints ? (*constraints)->path_length : PathLength{};
}

// A CA whose keyUsage, if it has one, allows this use.
Result<bool> is_ca_for(const Certificate& certificate, x509::KeyUsageBit use) {
  const auto constraints = certificate.extensions().get<BasicConstraints>();
  if (!constraints) return constraints.error();
  const auto usage = certificate.extensions().get<KeyUsage>();
  if (!usage) return usage.error();
  return *constraints && (*constraints)->ca && (!*usage || (*usage)->has(use));
}

Outcome add_constraints(x509::ConstraintsOfPath& state, const Certificate& certificate) {
  auto constraints = certificate.extensions().get<x509::NameConstraints>();
  if (!constraints) return constraints.error();
  if (*constraints) state.add(**std::move(constraints));
  return {};
}

PathLength smaller(PathLength left, PathLength right) {
  if (!left || !right) return left ? left : right;
  return std::min(*left, *right);
}

}  // namespace

Result<Issuer> Issuer::make(const Certificate& certificate, std::span<const Certificate> chain,
                            Key key, RevocationPointers pointers) {
  if (!std::ranges::equal(certificate.public_key_info(), key->public_key_info())) {
    return Fault::broken("the CA's certificate is of another key than the CA's");
  }
  Issuer issuer;
  issuer.key_ = std::move(key);
  issuer.pointers_ = std::move(pointers);
  if (const auto done = issuer.read(certificate, chain); !done) {
    return Fault::broken("the CA's certificate: " + done.error().cause);
  }
  return issuer;
}

Issuer Issuer::without_certificate(Key key) {
  Issuer issuer;
  issuer.key_ = std::move(key);
  return issuer;
}

Issuer& Issuer::limit_validity(std::chrono::seconds longest) {
  longest_validity_ = longest;
  return *this;
}

Issuer Issuer::without_pointers() const {
  Issuer silent = *this;
  silent.pointers_ = {};
  return silent;
}

Outcome Issuer::read(const Certificate& certificate, std::span<const Certificate> chain) {
  const auto certifies = is_ca_for(certificate, x509::KeyUsageBit::KeyCertSign);
  if (!certifies) return certifies.error();
  may_sign_ = *certifies;
  may_sign_crls_ = is_ca_for(certificate, x509::KeyUsageBit::CrlSign).value();
  auto key_id = x509::issuer_key_identifier(certificate);
  if (!key_id) return key_id.error();
  key_id_ = *std::move(key_id);
  name_ = to_bytes(certificate.subject().der());
  validity_ = certificate.validity();
  if (const auto limited = limit_by(certificate, 0); !limited) return limited.error();
  std::uint32_t below = 0;
  for (const Certificate& above : chain) {
    if (const auto limited = limit_by(above, ++below); !limited) return limited.error();
  }
  return {};
}

// `below` is how many CAs stand from the given one down to this one, itself not counted.
Outcome Issuer::limit_by(const Certificate& certificate, std::uint32_t below) {
  const auto allowed = own_path_length(certificate);
  if (!allowed) return allowed.error();
  if (*allowed && **allowed < below) may_sign_ = false;
  if (*allowed) path_length_ = smaller(path_length_, **allowed - std::min(**allowed, below));
  return add_constraints(name_constraints_, certificate);
}

}  // namespace everseal::issuance
