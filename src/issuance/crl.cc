#include "issuance/crl.h"

#include <array>
#include <cstring>

#include "asn1/time.h"
#include "crypto/public_key.h"
#include "issuance/lint/linted_crl.h"
#include "x509/crl_builder.h"

namespace everseal::issuance {
namespace {

Outcome check_order(const Issuer& issuer, const CrlOrder& order) {
  if (!issuer.has_certificate() || !issuer.may_sign_crls()) {
    return Fault::broken("the CA has no certificate that lets it sign CRLs");
  }
  if (family_of(order.signature_algorithm) != family_of(issuer.key().algorithm())) {
    return Fault::broken("the signing algorithm does not suit the key of the CA");
  }
  if (!asn1::is_encodable(order.this_update) || !asn1::is_encodable(order.next_update)) {
    return Fault::broken("a CRL beyond the year 9999");
  }
  return {};
}

x509::CrlFields fields_of(const Issuer& issuer, const CrlOrder& order) {
  return {.signature_algorithm = order.signature_algorithm,
          .issuer = issuer.name(),
          .this_update = order.this_update,
          .next_update = order.next_update,
          .number = order.number,
          .authority_key_id = issuer.key_id(),
          .distribution_point = order.distribution_point,
          .base_number = order.base_number,
          .freshest = order.freshest};
}

// Tells whether the runs were the same the second time: a signature over other entries would make
// relying parties refuse everybody. It guards against accidents, so it need not be a cryptographic
// hash; it costs a tenth of one.
class Fingerprint {
 public:
  void add(ByteView run) {
    Lanes lanes = lanes_;
    Lanes words;
    for (; run.size() >= sizeof words; run = run.subspan(sizeof words)) {
      std::memcpy(words.data(), run.data(), sizeof words);
      for (std::size_t lane = 0; lane < lanes.size(); ++lane) mix(lanes[lane], words[lane]);
    }
    for (const std::uint8_t octet : run) mix(lanes[0], octet);
    lanes_ = lanes;
  }
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;

 private:
  using Lanes = std::array<std::uint64_t, 4>;  // so that the processor works on four at once
  static void mix(std::uint64_t& lane, std::uint64_t word) {
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15;
    lane = (lane ^ word) * odd;
  }
  Lanes lanes_{};
};

struct Judged {
  lint::LintedCrl proof;
  Fingerprint fingerprint;
};

Fault would_break(const std::vector<lint::Finding>& findings) {
  std::string cause = "the CRL would break a rule: ";
  for (const auto& [rule, source, what] : findings) {
    if (&rule != &findings.front().rule) cause += "; ";
    cause.append(what).append(" (").append(source).append(")");
  }
  return Fault::broken(std::move(cause));
}

Result<Judged> judge(const x509::CrlParts& tbs, const CrlRuns& runs,
                     const lint::IssuerFacts& issuer) {
  lint::CrlInspection inspection(tbs, runs.octets, issuer);
  Fingerprint fingerprint;
  const auto read = runs.replay([&](ByteView run) {
    fingerprint.add(run);
    return inspection.add(run);
  });
  if (!read) return read.error();
  auto proof = std::move(inspection).finish();
  if (!proof) return would_break(proof.error());
  return Judged{*std::move(proof), fingerprint};
}

// The only place that signs CRLs. Whoever comes here leaves the proof behind.
Result<Bytes> sign(lint::LintedCrl proof, const keys::SigningKey& key) {
  const auto algorithm = proof.signature_algorithm();
  auto signature = key.sign_digest(algorithm, proof.digest());
  if (!signature) return signature;
  const auto verifier = crypto::PublicKey::from_spki(key.public_key_info());
  if (!verifier) return verifier.error();
  if (!verifier->verify_digest(algorithm, proof.digest(), *signature)) {
    return Fault::broken("the key of the CA made a signature that is not its own");
  }
  return signature;
}

// Hands octets on, and knows what they were.
class Output {
 public:
  explicit Output(const OctetSink& sink) : sink_(sink) {}

  Outcome write(ByteView octets) {
    digest_.update(octets);
    octets_ += octets.size();
    return sink_(octets);
  }
  Outcome write(const Bytes& head, const Bytes& next) {
    if (const auto done = write(head); !done) return done;
    return write(next);
  }
  SignedCrl finish(std::uint64_t entries) { return {digest_.finish(), octets_, entries}; }

 private:
  const OctetSink& sink_;
  crypto::Sha256 digest_;
  std::uint64_t octets_ = 0;
};

// The second time through the runs. The CRL begins with its own length, which no one knows before
// there is a signature: those of ECDSA differ.
Result<SignedCrl> write(const x509::CrlParts& crl, const x509::CrlParts& tbs, const CrlRuns& runs,
                        const Fingerprint& judged, const OctetSink& sink, std::uint64_t entries) {
  Output out(sink);
  Fingerprint written;
  if (const auto done = out.write(crl.head, tbs.head); !done) return done.error();
  const auto copied = runs.replay([&](ByteView run) {
    written.add(run);
    return out.write(run);
  });
  if (!copied) return copied.error();
  if (written != judged) return Fault::broken("the entries of a CRL changed while it was signed");
  if (const auto done = out.write(tbs.tail, crl.tail); !done) return done.error();
  return out.finish(entries);
}

}  // namespace

Result<SignedCrl> sign_crl(const Issuer& issuer, const CrlOrder& order, const CrlRuns& runs,
                           const OctetSink& sink) {
  if (const auto fit = check_order(issuer, order); !fit) return fit.error();
  const auto tbs = x509::build_crl_tbs(fields_of(issuer, order), runs.octets);
  auto judged = judge(tbs, runs,
                      {.name = issuer.name(),
                       .key_id = issuer.key_id(),
                       .signature_algorithm = order.signature_algorithm});
  if (!judged) return std::move(judged).error();
  const std::uint64_t entries = judged->proof.entries();
  const auto signature = sign(std::move(judged->proof), issuer.key());
  if (!signature) return signature.error();
  const auto crl = x509::assemble_crl(tbs.head.size() + runs.octets + tbs.tail.size(),
                                      order.signature_algorithm, *signature);
  return write(crl, tbs, runs, judged->fingerprint, sink, entries);
}

}  // namespace everseal::issuance
