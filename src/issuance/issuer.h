#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "encoding/bytes.h"
#include "keys/signing_key.h"
#include "result/result.h"
#include "x509/certificate.h"
#include "x509/name_constraints.h"

namespace everseal::issuance {

// Where certificates of a CA say that revocations are found.
struct RevocationPointers {
  std::optional<std::string> crl_uri = {};    // the CA publishes CRLs and names the place
  bool omit_crl_distribution_points = false;  // OmitExtension: it does, but does not say where
  std::optional<std::string> ocsp_uri = {};   // the CA answers OCSP
};

// A CA that can sign: its key and, once installed, its certificate with the chain above. Everything
// that issuing asks of them is read once, here; keep it as a shared_ptr<const Issuer> beside the
// CA. Immutable, so any number of threads may issue with it.
class Issuer {
 public:
  using Key = std::shared_ptr<const keys::SigningKey>;

  // `chain` is what stands above the certificate: its issuer first. Broken: the certificate is of
  // another key, or one of its extensions is malformed.
  static Result<Issuer> make(const x509::Certificate& certificate,
                             std::span<const x509::Certificate> chain, Key key,
                             RevocationPointers pointers = {});

  // A CA without a certificate: it can sign its own root certificate, and nothing else.
  static Issuer without_certificate(Key key);

  // No certificate of this CA may last longer, counted from its issuance: short-lived mode.
  Issuer& limit_validity(std::chrono::seconds longest);

  // The same CA, whose certificates then say nothing of where revocations are found.
  Issuer without_pointers() const;

  // What follows is for issue() and sign_crl() alone.
  const keys::SigningKey& key() const { return *key_; }
  bool has_certificate() const { return !name_.empty(); }
  bool may_sign_certificates() const { return may_sign_; }
  bool may_sign_crls() const { return may_sign_crls_; }
  ByteView name() const { return name_; }      // DER of the certificate's subject
  ByteView key_id() const { return key_id_; }  // for authorityKeyIdentifier
  const x509::Validity& validity() const { return validity_; }
  // How many CAs may stand below this one, as the whole chain has it; nothing: any number.
  std::optional<std::uint32_t> path_length() const { return path_length_; }
  const x509::ConstraintsOfPath& name_constraints() const { return name_constraints_; }
  const RevocationPointers& pointers() const { return pointers_; }
  std::optional<std::chrono::seconds> longest_validity() const { return longest_validity_; }

 private:
  Issuer() = default;
  Outcome read(const x509::Certificate& certificate, std::span<const x509::Certificate> chain);
  Outcome limit_by(const x509::Certificate& certificate, std::uint32_t below);

  Key key_;
  Bytes name_;
  Bytes key_id_;
  x509::Validity validity_{};
  bool may_sign_ = false;
  bool may_sign_crls_ = false;
  std::optional<std::uint32_t> path_length_;
  x509::ConstraintsOfPath name_constraints_;
  RevocationPointers pointers_;
  std::optional<std::chrono::seconds> longest_validity_;
};

}  // namespace everseal::issuance
